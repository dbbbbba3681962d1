package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.Map;

/**
 * A step in a line: what the page says of it at other places than its own.
 *
 * @param number its place among the steps, from 1
 * @param name the step's name
 * @param state how it ended, or that it runs
 * @param dryRun whether it only said what it would do
 * @param millis how long it took, or null
 * @param error the beginning of what went wrong, or an empty text
 */
record StepHead(int number, String name, StepState state, boolean dryRun, Long millis, String error) {
    private static final int ERROR = 400;

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
                ClippedText.line(LenientJson.text(result.get("error")), ERROR));
    }

    /** The id of its place on the page. */
    String id() {
        return "drbd-step-" + number;
    }
}
