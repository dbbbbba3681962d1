package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The result of a step, as read by the report.
 *
 * @param head its summary
 * @param result all of it
 * @param nodes the results of the nodes
 */
record ReportStep(StepHead head, Map<String, Object> result, Map<String, Map<String, Object>> nodes) {
    // parameters that distinguish steps with the same name, in reading order
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
            StepResult.LOOKS,
            "notes",
            "error",
            StepResult.REFUSED,
            StepResult.REFUSALS,
            "nodes",
            StepResult.WARNING,
            StepResult.STARTED,
            StepResult.CLUSTER,
            "healthy",
            "problems",
            StepResult.RUNNING,
            StepResult.ABORTED,
            StepResult.CUT_OFF);
    private static final int SHORT = 60;

    /** @param number the number of the step, from 1 */
    static ReportStep of(int number, Object value) {
        Map<String, Object> result = LenientJson.map(value);
        Map<String, Map<String, Object>> nodes = new LinkedHashMap<>();
        LenientJson.map(result.get("nodes")).forEach((name, found) -> nodes.put(name, LenientJson.map(found)));
        return new ReportStep(StepHead.of(number, result), result, nodes);
    }

    StepState state() {
        return head.state();
    }

    /** The complete error, or an empty text. */
    String error() {
        return LenientJson.text(result.get("error")).strip();
    }

    /** The refusals, if recorded: reports of version 1.0 have them only in the error. */
    List<Map<String, Object>> refusals() {
        return LenientJson.list(result.get(StepResult.REFUSALS)).stream()
                .map(LenientJson::map)
                .filter(refusal -> !LenientJson.text(refusal.get("finding")).isEmpty())
                .toList();
    }

    /** The problems that it found. */
    List<Map<String, Object>> problems() {
        return LenientJson.list(result.get("problems")).stream()
                .map(LenientJson::map)
                .toList();
    }

    /**
     * Its state on a node: a node failed if one of its commands failed, and was interrupted if an action was running there.
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

    /** Its subject: parameter names and values. */
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

    /** The other values that do not belong to one node, and the part of the subject that is too long for a line. */
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
