package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The four timeouts of o2cb, by the names that they have in {@code /etc/default/o2cb}. o2cb.sysconfig(5); the least
 * values are those that {@code /etc/init.d/o2cb} holds, which neither it nor the kernel enforces.
 */
public final class O2cbTimeouts {
    /** After how many turns of two seconds a node that writes no heartbeat is dead; the first does not count. */
    public static final String THRESHOLD = "O2CB_HEARTBEAT_THRESHOLD";

    /** After how many milliseconds without a word a network connection is dead. */
    public static final String IDLE = "O2CB_IDLE_TIMEOUT_MS";

    /** After how many milliseconds without a word a keepalive packet is sent. */
    public static final String KEEPALIVE = "O2CB_KEEPALIVE_DELAY_MS";

    /** How many milliseconds lie at least between two attempts to connect. */
    public static final String RECONNECT = "O2CB_RECONNECT_DELAY_MS";

    /** All four. */
    public static final List<String> NAMES = List.of(THRESHOLD, IDLE, KEEPALIVE, RECONNECT);

    /** What the tools and the kernel take where nothing is set. */
    public static final Map<String, Integer> DEFAULTS =
            Map.of(THRESHOLD, 31, IDLE, 30_000, KEEPALIVE, 2_000, RECONNECT, 2_000);

    /** Our names by the names of the kernel's files. */
    static final Map<String, String> KERNEL_NAMES = Map.of(
            "dead_threshold",
            THRESHOLD,
            "idle_timeout_ms",
            IDLE,
            "keepalive_delay_ms",
            KEEPALIVE,
            "reconnect_delay_ms",
            RECONNECT);

    private static final int LEAST_THRESHOLD = 7;
    private static final int LEAST_IDLE = 5_000;
    private static final int LEAST_KEEPALIVE = 1_000;
    private static final int LEAST_RECONNECT = 2_000;
    private static final int MOST_THRESHOLD = 1_800;
    private static final int MOST_MILLIS = 3_600_000;

    private O2cbTimeouts() {}

    /** Checks a heartbeat threshold, 7 (12 seconds) to 1800 (an hour). */
    public static void threshold(String parameter, Integer value) {
        range(parameter, value, LEAST_THRESHOLD, MOST_THRESHOLD);
    }

    /** Checks an idle timeout, 5 seconds to an hour. */
    public static void idle(String parameter, Integer value) {
        range(parameter, value, LEAST_IDLE, MOST_MILLIS);
    }

    /** Checks a keepalive delay, a second to an hour. */
    public static void keepalive(String parameter, Integer value) {
        range(parameter, value, LEAST_KEEPALIVE, MOST_MILLIS);
    }

    /** Checks a reconnect delay, 2 seconds to an hour. */
    public static void reconnect(String parameter, Integer value) {
        range(parameter, value, LEAST_RECONNECT, MOST_MILLIS);
    }

    /** The seconds after which a node without heartbeat is dead: {@code (threshold - 1) * 2}. */
    public static int seconds(int threshold) {
        return (threshold - 1) * 2;
    }

    /** The timeouts with the defaults for those that are missing, in the order of {@link #NAMES}. */
    public static Map<String, Integer> complete(Map<String, Integer> some) {
        Map<String, Integer> all = new LinkedHashMap<>();
        NAMES.forEach(name -> all.put(name, some.getOrDefault(name, DEFAULTS.get(name))));
        return all;
    }

    private static void range(String parameter, Integer value, int least, int most) {
        if (value != null) {
            Check.range(parameter, value, least, most);
        }
    }
}
