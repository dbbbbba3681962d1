package io.jenkins.plugins.drbdocfs2.check;

import java.time.Duration;
import java.util.Locale;

/** Durations in words. */
public final class Durations {
    private Durations() {}

    /** A duration in words: {@code 250 ms}, {@code 1.5 s}, {@code 5 min}, {@code 2 min 05 s}, {@code 1 h 02 min}. */
    public static String text(Duration duration) {
        return text(duration.toMillis());
    }

    /** The same of whole seconds. */
    public static String seconds(long seconds) {
        return seconds == 0 ? "0 s" : text(1000 * seconds);
    }

    /** The same of milliseconds. */
    public static String text(long millis) {
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 59_950) {
            return millis % 1000 == 0 ? millis / 1000 + " s" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = (millis + 500) / 1000;
        if (seconds < 3600) {
            return seconds / 60 + " min"
                    + (seconds % 60 == 0 ? "" : String.format(Locale.ROOT, " %02d s", seconds % 60));
        }
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }
}
