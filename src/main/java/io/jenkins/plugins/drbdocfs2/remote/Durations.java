package io.jenkins.plugins.drbdocfs2.remote;

import java.time.Duration;
import java.util.Locale;

/** Durations for readers. */
public final class Durations {
    private Durations() {}

    /** Such as {@code 250 ms}, {@code 1.5 s}, {@code 5 min}. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + " min";
        }
        return millis % 1000 == 0 ? millis / 1000 + " s" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
