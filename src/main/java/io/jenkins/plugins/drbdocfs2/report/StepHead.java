package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import io.jenkins.plugins.drbdocfs2.result.StepState;
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

    /** The ID of its element on the page. */
    String id() {
        return "drbd-step-" + number;
    }
}
