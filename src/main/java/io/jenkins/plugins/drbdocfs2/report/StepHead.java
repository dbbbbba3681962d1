package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.List;
import java.util.Map;

/**
 * The summary of a step for other parts of the page.
 *
 * @param number the number of the step, from 1
 * @param name the step's name
 * @param state its state
 * @param dryRun whether it was a dry run
 * @param millis its duration, or null
 * @param error the beginning of the error, or an empty text
 * @param warning why it made the build unstable, or an empty text
 * @param cluster the name of the cluster, or an empty text
 * @param started when it started, as ISO 8601; empty if that is not known
 * @param warnings the warnings in its notes, each cut to its beginning
 */
public record StepHead(
        int number,
        String name,
        StepState state,
        boolean dryRun,
        Long millis,
        String error,
        String warning,
        String cluster,
        String started,
        List<String> warnings) {
    private static final int ERROR = 400;
    private static final int MAX_WARNINGS = 20;
    private static final String WARNING = "warning: ";

    static StepHead of(int number, Map<String, Object> result) {
        String name = LenientJson.word(result.get("step"));
        boolean dryRun = LenientJson.isTrue(result.get("dryRun"));
        Long millis = LenientJson.number(result.get("durationMillis"));
        return new StepHead(
                number,
                name == null ? "step without a name" : name,
                StepState.of(result, dryRun),
                dryRun,
                millis == null || millis < 0 ? null : millis,
                ClippedText.line(LenientJson.text(result.get("error")), ERROR),
                ClippedText.line(LenientJson.text(result.get(StepResult.WARNING)), ERROR),
                ClippedText.line(LenientJson.text(result.get(StepResult.CLUSTER)), ERROR),
                started(LenientJson.text(result.get(StepResult.STARTED))),
                LenientJson.list(result.get("notes")).stream()
                        .map(LenientJson::text)
                        .filter(note -> note.startsWith(WARNING))
                        .limit(MAX_WARNINGS)
                        .map(note -> ClippedText.line(note, ERROR))
                        .toList());
    }

    /** Whether it has a warning in its notes, that of a step of the same cluster. */
    boolean warns(String note, String ofCluster) {
        return cluster.equals(ofCluster) && warnings.contains(ClippedText.line(note, ERROR));
    }

    private static String started(String text) {
        return text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ") ? text : "";
    }

    /** The ID of its element on the page. */
    public String id() {
        return "drbd-step-" + number;
    }
}
