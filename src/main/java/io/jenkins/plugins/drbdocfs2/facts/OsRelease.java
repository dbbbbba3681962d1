package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A node's distribution: os-release(5).
 *
 * @param id such as "debian", "ubuntu", "fedora", "almalinux", "opensuse-leap"; empty if it is unknown
 * @param idLike the distributions that it derives from, nearest first
 * @param name for display, such as "Debian GNU/Linux 12 (bookworm)"; "an unknown distribution" if it is unknown
 */
public record OsRelease(String id, List<String> idLike, String name) implements Serializable {
    /** Probes the distribution. */
    public static final Probe<OsRelease> PROBE = Probe.tame(
                    "os release", "cat /etc/os-release || cat /usr/lib/os-release", OsRelease::parse)
            .lasting(release -> !release.id.isEmpty());

    public OsRelease {
        idLike = List.copyOf(idLike);
    }

    /** Whether it is or derives from one of these distributions. */
    public boolean isLike(String... ids) {
        return Arrays.stream(ids).anyMatch(wanted -> id.equals(wanted) || idLike.contains(wanted));
    }

    private static OsRelease parse(Reading reading) {
        return parse(reading.text());
    }

    static OsRelease parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                values.put(
                        line.substring(0, equals).strip(),
                        unquoted(line.substring(equals + 1).strip()));
            }
        }
        List<String> like = Arrays.stream(values.getOrDefault("ID_LIKE", "").split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        String id = values.getOrDefault("ID", "");
        return new OsRelease(
                id, like, values.getOrDefault("PRETTY_NAME", id.isEmpty() ? "an unknown distribution" : id));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
