package io.jenkins.plugins.drbdocfs2.storage;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code /etc/os-release}. os-release(5).
 *
 * @param values by variable, without quotes
 */
public record OsRelease(Map<String, String> values) implements Serializable {
    private static final Pattern ASSIGNMENT =
            Pattern.compile("([A-Z0-9_]+)=(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|\\S*)\\s*");

    public OsRelease {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Reads the file; lines that are no assignments do not count. */
    public static OsRelease parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            Matcher assignment = ASSIGNMENT.matcher(line);
            if (assignment.matches()) {
                values.put(assignment.group(1), unquoted(assignment.group(2)));
            }
        });
        return new OsRelease(values);
    }

    /** Such as "debian", "ubuntu", "rocky", "opensuse-leap"; "linux" where it is not said. */
    public String id() {
        return values.getOrDefault("ID", "linux");
    }

    /** Such as "12"; empty for a rolling release. */
    public String versionId() {
        return values.getOrDefault("VERSION_ID", "");
    }

    /** For people: "Debian GNU/Linux 12 (bookworm)". */
    public String prettyName() {
        return values.getOrDefault("PRETTY_NAME", id());
    }

    /** Whether it is this distribution or says that it is like it. */
    public boolean isLike(String distribution) {
        return id().equals(distribution)
                || List.of(values.getOrDefault("ID_LIKE", "").split(" +")).contains(distribution);
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || value.charAt(0) != '"' && value.charAt(0) != '\'') {
            return value;
        }
        String inner = value.substring(1, value.length() - 1);
        return value.charAt(0) == '"' ? inner.replaceAll("\\\\(.)", "$1") : inner;
    }
}
