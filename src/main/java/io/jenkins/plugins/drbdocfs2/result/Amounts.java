package io.jenkins.plugins.drbdocfs2.result;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import java.util.Locale;

/** Sizes and counts in words. */
public final class Amounts {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Amounts() {}

    /** A size, such as "512 B" or "1.5 GiB". */
    public static String bytes(double bytes) {
        double amount = bytes;
        int unit = 0;
        while (Math.abs(amount) >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return unit == 0
                ? String.format(Locale.ROOT, "%.0f B", amount)
                : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /** A count, such as "1 line" or "12 lines". */
    public static String count(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    /** The meaning of a number by the end of its name, such as "1.0 GiB" for bytes = 1073741824; null if there is none. */
    public static String meaning(String name, long number) {
        if (number < 0) {
            return null;
        }
        if (name.endsWith("Millis")) {
            return number < 1000 ? null : Durations.text(number);
        }
        if (name.endsWith("Kib")) {
            return number < 1024 ? null : bytes(number * 1024.0);
        }
        boolean isBytes = name.equals("bytes") || name.endsWith("Bytes") || name.endsWith("Size");
        return isBytes && number >= 1024 ? bytes(number) : null;
    }
}
