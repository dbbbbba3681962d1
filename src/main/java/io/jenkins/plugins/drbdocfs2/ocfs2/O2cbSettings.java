package io.jenkins.plugins.drbdocfs2.ocfs2;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file with the settings of o2cb, {@code /etc/default/o2cb} or {@code /etc/sysconfig/o2cb}: shell assignments.
 * Changes give a new one, in which every other line is as it was. Debian's packages read their six keys back out of it
 * before they write it anew, so changes to these stay. o2cb.sysconfig(5).
 *
 * @param text the whole file
 */
public record O2cbSettings(String text) implements Serializable {
    /** "true" to start o2cb at boot. */
    public static final String ENABLED = "O2CB_ENABLED";

    /** The cluster that is brought online at boot. */
    public static final String BOOT_CLUSTER = "O2CB_BOOTCLUSTER";

    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:export\\s+)?([A-Z0-9_]+)=(.*)");

    /** What a key is set to: the last time that it is, without quotes; empty where it is not. */
    public Optional<String> get(String key) {
        return text.lines()
                .map(ASSIGNMENT::matcher)
                .filter(line -> line.matches() && line.group(1).equals(key))
                .map(line -> unquoted(line.group(2)))
                .reduce((earlier, later) -> later);
    }

    /** The timeouts that are set, by their names; what is no number is left out. */
    public Map<String, Integer> timeouts() {
        Map<String, Integer> timeouts = new LinkedHashMap<>();
        for (String name : O2cbTimeouts.NAMES) {
            get(name).filter(value -> value.matches("\\d{1,9}"))
                    .ifPresent(value -> timeouts.put(name, Integer.valueOf(value)));
        }
        return timeouts;
    }

    /** With a key set; as it was where it is set so already. The value needs no quotes in a shell. */
    public O2cbSettings with(String key, String value) {
        if (get(key).equals(Optional.of(value))) {
            return this;
        }
        List<String> lines = new ArrayList<>(text.lines().toList());
        int last = -1;
        for (int i = 0; i < lines.size(); i++) {
            Matcher line = ASSIGNMENT.matcher(lines.get(i));
            last = line.matches() && line.group(1).equals(key) ? i : last;
        }
        String assignment = key + "=" + value;
        if (last < 0) {
            lines.add(assignment);
        } else {
            lines.set(last, assignment);
        }
        return new O2cbSettings(String.join("\n", lines) + "\n");
    }

    private static String unquoted(String value) {
        String word = value.strip();
        char quote = word.isEmpty() ? ' ' : word.charAt(0);
        int end = quote == '"' || quote == '\'' ? word.indexOf(quote, 1) : -1;
        return end > 0 ? word.substring(1, end) : word.split("[\\s#;]", 2)[0];
    }
}
