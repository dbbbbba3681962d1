package io.jenkins.plugins.drbdocfs2.result;

import java.util.Locale;
import java.util.Map;

/** The state of a step. */
public enum StepState {
    CHANGED("changed"),
    UNCHANGED("unchanged"),
    WOULD_CHANGE("would change"),
    NOTHING_TO_DO("nothing to do"),
    UNSTABLE("unstable"),
    UNREACHABLE("not reachable"),
    REFUSED("refused"),
    FAILED("failed"),
    ABORTED("aborted"),
    CUT_OFF("cut off"),
    RUNNING("running"),
    UNKNOWN("unknown");

    private final String word;

    StepState(String word) {
        this.word = word;
    }

    /** The state by the result of a step, or of a step on one node. */
    public static StepState of(Map<String, Object> result, boolean dryRun) {
        if (LenientJson.isTrue(result.get(StepResult.RUNNING))) {
            return RUNNING;
        }
        if (LenientJson.isTrue(result.get(StepResult.CUT_OFF))) {
            return CUT_OFF;
        }
        if (LenientJson.isTrue(result.get(StepResult.ABORTED))) {
            return ABORTED;
        }
        if (!LenientJson.text(result.get("error")).isBlank()) {
            return LenientJson.isTrue(result.get(StepResult.REFUSED)) ? REFUSED : FAILED;
        }
        if (LenientJson.isFalse(result.get("reachable"))) {
            return UNREACHABLE;
        }
        if (LenientJson.isTrue(result.get("changed"))) {
            return dryRun ? WOULD_CHANGE : CHANGED;
        }
        if (!LenientJson.text(result.get(StepResult.WARNING)).isBlank()) {
            return UNSTABLE;
        }
        if (LenientJson.isFalse(result.get("changed"))) {
            return dryRun ? NOTHING_TO_DO : UNCHANGED;
        }
        return UNKNOWN;
    }

    /** In words. */
    public String word() {
        return word;
    }

    /** The part of a CSS class name. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether there was nothing to change. */
    public boolean isQuiet() {
        return this == UNCHANGED || this == NOTHING_TO_DO;
    }

    /** Whether the step did not reach its goal. */
    public boolean isFailure() {
        return this == FAILED || this == REFUSED || this == UNREACHABLE || isCutShort();
    }

    /** Whether it did not end by itself. */
    public boolean isCutShort() {
        return this == ABORTED || this == CUT_OFF;
    }
}
