package io.jenkins.plugins.drbdocfs2.report.trend;

import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.Locale;

/** How well a cluster was after a build. */
public enum BuildHealth {
    /** It was seen, and no problem with it. */
    HEALTHY(StepState.UNCHANGED),
    /** It works, with problems. */
    DEGRADED(StepState.UNSTABLE),
    /** A critical problem, or a failed step that failed the build. */
    FAILED(StepState.FAILED),
    /** No step has seen its state. */
    UNKNOWN(StepState.UNKNOWN);

    private final StepState icon;

    BuildHealth(StepState icon) {
        this.icon = icon;
    }

    /** In a word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with the icon and the colour for it. */
    StepState icon() {
        return icon;
    }

    /** The worse of two; unknown counts least. */
    BuildHealth worse(BuildHealth other) {
        return this == UNKNOWN ? other : other == UNKNOWN || compareTo(other) > 0 ? this : other;
    }
}
