package io.jenkins.plugins.drbdocfs2.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The result of a step, as the report reads it.
 *
 * @param number its place among the steps, from 1
 * @param name the step's name
 * @param state how it ended
 * @param dryRun whether it only said what it would do
 * @param millis how long it took, or null
 * @param error what went wrong, or an empty text
 * @param result all of it
 * @param nodes what it says of each node
 */
record ReportStep(
        int number,
        String name,
        StepState state,
        boolean dryRun,
        Long millis,
        String error,
        Map<String, Object> result,
        Map<String, Map<String, Object>> nodes) {
    // parameters that tell steps of one name apart, in the order in which they are read best
    private static final List<String> SUBJECT = List.of(
            "resource",
            "group",
            "name",
            "device",
            "mountPoint",
            "node",
            "to",
            "victim",
            "size",
            "label",
            "type",
            "script");
    private static final Set<String> FRAME =
            Set.of("step", "changed", "dryRun", "durationMillis", "notes", "error", "refused", "nodes");

    static List<ReportStep> all(List<Map<String, Object>> results) {
        List<ReportStep> steps = new ArrayList<>();
        for (Object result : Tree.list(results)) {
            steps.add(of(steps.size() + 1, Tree.map(result)));
        }
        return steps;
    }

    private static ReportStep of(int number, Map<String, Object> result) {
        Map<String, Map<String, Object>> nodes = new LinkedHashMap<>();
        Tree.map(result.get("nodes")).forEach((name, found) -> nodes.put(name, Tree.map(found)));
        String name = Tree.word(result.get("step"));
        boolean dryRun = Tree.isTrue(result.get("dryRun"));
        Long millis = Tree.number(result.get("durationMillis"));
        return new ReportStep(
                number,
                name == null ? "step without a name" : name,
                StepState.of(result, dryRun),
                dryRun,
                millis == null || millis < 0 ? null : millis,
                Tree.text(result.get("error")).strip(),
                result,
                nodes);
    }

    private static final int SHORT = 60;

    /** The id of its place on the page. */
    String id() {
        return "drbd-step-" + number;
    }

    /** How it ended on a node: where the step failed after a command had failed there, that is so of the node too. */
    StepState stateOn(String node) {
        List<Object> commands = Tree.list(nodes.get(node).get("commands"));
        if (state == StepState.FAILED && !commands.isEmpty()) {
            Object last = Tree.map(commands.get(commands.size() - 1)).get("exitCode");
            if (last != null && !"0".equals(Tree.text(last))) {
                return StepState.FAILED;
            }
        }
        return StepState.of(nodes.get(node), dryRun);
    }

    /** What it is about: parameter names and values. */
    Map<String, String> subject() {
        Map<String, String> subject = new LinkedHashMap<>();
        for (String key : SUBJECT) {
            String value = Tree.word(result.get(key));
            if (value != null) {
                subject.put(key, value);
            }
        }
        return subject;
    }

    /** Whatever else it says that is not about one node, and of the subject what is too long for a line. */
    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>(result);
        details.keySet().removeAll(FRAME);
        subject().forEach((key, value) -> {
            if (value.length() <= SHORT && value.lines().count() == 1) {
                details.remove(key);
            }
        });
        return details;
    }
}
