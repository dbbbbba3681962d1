package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.Check;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code /etc/default/o2cb} (Debian) or {@code /etc/sysconfig/o2cb}: assignments of a shell. o2cb(7).
 *
 * @param text the whole file
 */
public record O2cbDefaults(String text) implements Serializable {
    /** "true": the cluster is brought up at boot. */
    public static final String ENABLED = "O2CB_ENABLED";

    /** The name of the cluster that is brought up. */
    public static final String BOOTCLUSTER = "O2CB_BOOTCLUSTER";

    /** Heartbeats, two seconds apart, that a node may miss, plus one. */
    public static final String HEARTBEAT_THRESHOLD = "O2CB_HEARTBEAT_THRESHOLD";

    /** Milliseconds without a packet after which a connection is given up. */
    public static final String IDLE_TIMEOUT_MS = "O2CB_IDLE_TIMEOUT_MS";

    /** Milliseconds without a packet after which a keepalive packet is sent. */
    public static final String KEEPALIVE_DELAY_MS = "O2CB_KEEPALIVE_DELAY_MS";

    /** Milliseconds between attempts to connect. */
    public static final String RECONNECT_DELAY_MS = "O2CB_RECONNECT_DELAY_MS";

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.-]*");

    private static final Pattern ASSIGNMENT =
            Pattern.compile("[ \\t]*(?:export[ \\t]+)?(\\w+)=(\"[^\"]*\"|'[^']*'|[^\\s#;]*)[ \\t]*(?:#.*)?");

    /** The values, without quotes. Where one is assigned twice, the last counts, as it does for the shell. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            Matcher assignment = ASSIGNMENT.matcher(line);
            if (assignment.matches()) {
                values.put(assignment.group(1), unquoted(assignment.group(2)));
            }
        });
        return values;
    }

    /**
     * Sets values. Lines that assign something else, comments and lines that already say the same stay to the letter;
     * what is not assigned yet is added at the end.
     *
     * @param wanted values of letters, digits and {@code _ . -}
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if a value has other characters
     */
    public O2cbDefaults withValues(Map<String, String> wanted) {
        wanted.forEach(
                (name, value) -> Check.matches(name, value, VALUE, "have letters, digits, '_', '.' and '-' only"));
        Map<String, String> missing = new LinkedHashMap<>(wanted);
        List<String> lines = new ArrayList<>();
        for (String line : text.split("(?<=\n)")) {
            Matcher assignment = ASSIGNMENT.matcher(line.stripTrailing());
            String name = assignment.matches() ? assignment.group(1) : "";
            String value = wanted.get(name);
            missing.remove(name);
            boolean stays = value == null || value.equals(unquoted(assignment.group(2)));
            lines.add(stays ? line : name + "=" + value + (line.endsWith("\n") ? "\n" : ""));
        }
        StringBuilder changed = new StringBuilder(String.join("", lines));
        missing.forEach((name, value) -> {
            boolean lineEnds = changed.isEmpty() || changed.charAt(changed.length() - 1) == '\n';
            changed.append(lineEnds ? "" : "\n")
                    .append(name)
                    .append('=')
                    .append(value)
                    .append('\n');
        });
        return new O2cbDefaults(changed.toString());
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && (value.charAt(0) == '"' || value.charAt(0) == '\'');
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
