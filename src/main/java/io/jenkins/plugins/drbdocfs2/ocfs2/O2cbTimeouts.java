package io.jenkins.plugins.drbdocfs2.ocfs2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The four timeouts of o2cb by their names in {@code /etc/default/o2cb}. o2cb.sysconfig(5). */
public final class O2cbTimeouts {
    /** All four. */
    public static final List<String> NAMES = List.of(
            O2cbDefaults.HEARTBEAT_THRESHOLD,
            O2cbDefaults.IDLE_TIMEOUT_MS,
            O2cbDefaults.KEEPALIVE_DELAY_MS,
            O2cbDefaults.RECONNECT_DELAY_MS);

    /** The defaults of the tools and the kernel. */
    public static final Map<String, Integer> DEFAULTS = Map.of(
            O2cbDefaults.HEARTBEAT_THRESHOLD,
            31,
            O2cbDefaults.IDLE_TIMEOUT_MS,
            30_000,
            O2cbDefaults.KEEPALIVE_DELAY_MS,
            2_000,
            O2cbDefaults.RECONNECT_DELAY_MS,
            2_000);

    /** The names of the kernel's files, with the names used here. */
    static final Map<String, String> KERNEL_NAMES = Map.of(
            "dead_threshold",
            O2cbDefaults.HEARTBEAT_THRESHOLD,
            "idle_timeout_ms",
            O2cbDefaults.IDLE_TIMEOUT_MS,
            "keepalive_delay_ms",
            O2cbDefaults.KEEPALIVE_DELAY_MS,
            "reconnect_delay_ms",
            O2cbDefaults.RECONNECT_DELAY_MS);

    private O2cbTimeouts() {}

    /** The timeouts of a file, with the defaults for those that it does not set, in the order of {@link #NAMES}. */
    public static Map<String, Integer> of(O2cbDefaults file) {
        Map<String, Integer> timeouts = new LinkedHashMap<>();
        file.values().forEach((name, value) -> {
            if (NAMES.contains(name) && value.matches("\\d{1,9}")) {
                timeouts.put(name, Integer.valueOf(value));
            }
        });
        return complete(timeouts);
    }

    /** The timeouts with the defaults for those that are missing, in the order of {@link #NAMES}. */
    public static Map<String, Integer> complete(Map<String, Integer> some) {
        Map<String, Integer> all = new LinkedHashMap<>();
        NAMES.forEach(name -> all.put(name, some.getOrDefault(name, DEFAULTS.get(name))));
        return all;
    }
}
