package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The result of a step, as the report reads it.
 *
 * @param head what it is in a line
 * @param result all of it
 * @param nodes what it says of each node
 */
record ReportStep(StepHead head, Map<String, Object> result, Map<String, Map<String, Object>> nodes) {
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
    private static final Set<String> FRAME = Set.of(
            "step",
            "changed",
            "dryRun",
            "durationMillis",
            "notes",
            "error",
            StepResult.REFUSED,
            StepResult.REFUSALS,
            "nodes",
            StepResult.RUNNING,
            StepResult.ABORTED,
            StepResult.CUT_OFF);
    private static final int SHORT = 60;

    /** @param number its place among the steps, from 1 */
    static ReportStep of(int number, Object value) {
        Map<String, Object> result = LenientJson.map(value);
        Map<String, Map<String, Object>> nodes = new LinkedHashMap<>();
        LenientJson.map(result.get("nodes")).forEach((name, found) -> nodes.put(name, LenientJson.map(found)));
        return new ReportStep(StepHead.of(number, result), result, nodes);
    }

    StepState state() {
        return head.state();
    }

    /** What went wrong, whole, or an empty text. */
    String error() {
        return LenientJson.text(result.get("error")).strip();
    }

    /** Why it was refused, as far as that is told in parts: reports of version 1.0 have it in the error alone. */
    List<Map<String, Object>> refusals() {
        return LenientJson.list(result.get(StepResult.REFUSALS)).stream()
                .map(LenientJson::map)
                .filter(refusal -> !LenientJson.text(refusal.get("finding")).isEmpty())
                .toList();
    }

    /**
     * How it ended on a node: where the step failed after a command had failed there, or was cut short while something
     * was being done there, that is so of the node too.
     */
    StepState stateOn(String node) {
        StepState own = StepState.of(nodes.get(node), head.dryRun());
        if (state() == StepState.RUNNING) {
            return own == StepState.CHANGED ? own : StepState.RUNNING;
        }
        if (state().isCutShort()) {
            return nodes.get(node).containsKey(StepResult.DOING) ? state() : own;
        }
        List<Object> commands = LenientJson.list(nodes.get(node).get("commands"));
        if (state() == StepState.FAILED && !commands.isEmpty()) {
            Object last = LenientJson.map(commands.get(commands.size() - 1)).get("exitCode");
            if (last != null && !"0".equals(LenientJson.text(last))) {
                return StepState.FAILED;
            }
        }
        return own;
    }

    /** What it is about: parameter names and values. */
    Map<String, String> subject() {
        Map<String, String> subject = new LinkedHashMap<>();
        for (String key : SUBJECT) {
            String value = LenientJson.word(result.get(key));
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
