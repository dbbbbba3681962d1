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
    /** "true" if the cluster is brought up at boot. */
    public static final String ENABLED = "O2CB_ENABLED";

    /** The name of the cluster that is brought up. */
    public static final String BOOTCLUSTER = "O2CB_BOOTCLUSTER";

    /** The number of heartbeats, two seconds apart, that a node may miss, plus one. */
    public static final String HEARTBEAT_THRESHOLD = "O2CB_HEARTBEAT_THRESHOLD";

    /** The milliseconds without a packet after which a connection is dead. */
    public static final String IDLE_TIMEOUT_MS = "O2CB_IDLE_TIMEOUT_MS";

    /** The milliseconds without a packet after which a keepalive packet is sent. */
    public static final String KEEPALIVE_DELAY_MS = "O2CB_KEEPALIVE_DELAY_MS";

    /** The milliseconds between attempts to connect. */
    public static final String RECONNECT_DELAY_MS = "O2CB_RECONNECT_DELAY_MS";

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.-]*");

    private static final Pattern EMPTY = Pattern.compile("[ \\t]*(?:#.*)?\\r?");

    // A Windows line end is part of the value, also in sh.
    private static final Pattern ASSIGNMENT = Pattern.compile("[ \\t]*(?:export[ \\t]+)?(\\w+)="
            + "((?:[A-Za-z0-9_./:,@%+=#-]|\"[^\"$`\\\\]*\"|'[^']*')*\\r?)(?:[ \\t]*;)?(?:[ \\t]+(?:#.*)?)?");

    private static final Pattern UNSURE =
            Pattern.compile(".*\\bO2CB_.*|.*<<.*|(?:.*[^\\w-])?(?:exit|return|exec|readonly)\\b.*");

    private static final Pattern READS_ON = Pattern.compile("(?:.*[^\\w./-])?(?:\\.|source|eval)[ \\t].*");

    /**
     * A line.
     *
     * @param number counted from 1
     * @param text with its line end
     * @param name the assigned variable; empty if it is not just an assignment
     * @param value without quotes
     * @param plain whether it assigns a value, is empty, or is a comment
     * @param sure whether sh certainly executes it: there is no complex line before it, or none after it
     */
    private record Line(int number, String text, String name, String value, boolean plain, boolean sure) {}

    private List<Line> read() {
        List<String> texts = text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)"));
        List<Line> lines = new ArrayList<>();
        for (String line : texts) {
            String content = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
            Matcher assignment = ASSIGNMENT.matcher(content);
            Line before = lines.isEmpty() ? null : lines.get(lines.size() - 1);
            boolean continued = before != null && !before.plain && before.text.endsWith("\\\n");
            boolean assigns = assignment.matches() && !continued;
            boolean plain = assigns || EMPTY.matcher(content).matches() && !continued;
            lines.add(new Line(
                    lines.size() + 1,
                    line,
                    assigns ? assignment.group(1) : "",
                    assigns ? unquoted(assignment.group(2)) : "",
                    plain,
                    false));
        }
        return lines;
    }

    private List<Line> lines() {
        List<Line> lines = read();
        int first = 0;
        while (first < lines.size() && lines.get(first).plain) {
            first++;
        }
        int last = lines.size() - 1;
        while (last >= 0 && lines.get(last).plain) {
            last--;
        }
        boolean readsOn = lines.stream()
                .anyMatch(line ->
                        !line.plain && READS_ON.matcher(line.text.strip()).matches());
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            boolean sure = line.plain && (i > last || i < first && !readsOn);
            lines.set(i, new Line(line.number, line.text, line.name, line.value, line.plain, sure));
        }
        return lines;
    }

    /**
     * Lines with an unknown effect on O2CB's values: they use one in another way than by an assignment, or may end the file
     * early.
     */
    public List<Integer> unsureLines() {
        return lines().stream()
                .filter(line -> !line.plain && UNSURE.matcher(line.text.strip()).matches())
                .map(Line::number)
                .toList();
    }

    /** The values without quotes. The last assignment counts, as in the shell. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        lines().stream().filter(line -> !line.name.isEmpty()).forEach(line -> values.put(line.name, line.value));
        return values;
    }

    /**
     * Sets values. Other assignments, comments and equivalent lines are kept exactly; missing assignments are added at the
     * end.
     *
     * @param wanted values of letters, digits and {@code _ . -}
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if a value has other characters
     */
    public O2cbDefaults withValues(Map<String, String> wanted) {
        wanted.forEach(
                (name, value) -> Check.matches(name, value, VALUE, "have letters, digits, '_', '.' and '-' only"));
        Map<String, String> missing = new LinkedHashMap<>(wanted);
        StringBuilder changed = new StringBuilder();
        for (Line line : lines()) {
            String value = wanted.get(line.name);
            if (value != null && line.sure) {
                missing.remove(line.name);
            } else if (value != null) {
                // lines that sh may not reach are decided below
                missing.put(line.name, value);
            }
            boolean stays = value == null || !line.sure || value.equals(line.value);
            changed.append(stays ? line.text : line.name + "=" + value + (line.text.endsWith("\n") ? "\n" : ""));
        }
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
        return value.replaceAll("\"([^\"]*)\"|'([^']*)'", "$1$2");
    }
}
