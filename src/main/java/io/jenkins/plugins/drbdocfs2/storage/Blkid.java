package io.jenkins.plugins.drbdocfs2.storage;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The output of {@code blkid -c /dev/null -p -o export DEVICE}. Exit code 2 without output means that nothing was found; 8
 * means contradicting signatures, which are not printed. DRBD's internal metadata hide the filesystem, and its external
 * metadata are not found at all: see {@code wipefs -n} and {@code drbdadm get-gi}.
 *
 * @param values by tag: TYPE, USAGE, UUID, LABEL, PTTYPE and so on; characters outside of ASCII are in blkid's notation
 *     ({@code M-CM-)})
 */
public record Blkid(Map<String, String> values) implements Serializable {
    public Blkid {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** In a dry run, the identification of the filesystem instead of its UUID, which does not exist yet. */
    public static final String TO_COME = "TO_COME";

    /** Parses the output for one device; an empty output means that nothing was found. */
    public static Blkid parse(String output) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : output.split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), unescaped(line.substring(equals + 1)));
            }
        }
        return new Blkid(values);
    }

    /** Whether there is neither a filesystem, nor metadata, nor a partition table. */
    public boolean isEmpty() {
        return type() == null && values.get("PTTYPE") == null && values.get("USAGE") == null;
    }

    /** The type, such as "ocfs2", "xfs", "drbd" or "LVM2_member"; null if there is none. */
    public String type() {
        return values.get("TYPE");
    }

    /** The label, or null. */
    public String label() {
        return values.get("LABEL");
    }

    /** The UUID in the notation of this type, or null. */
    public String uuid() {
        return values.get("UUID");
    }

    /** The identification of the filesystem: its UUID, or its replacement in a dry run; null if neither is known. */
    public String identity() {
        return values.getOrDefault(TO_COME, uuid());
    }

    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '\\' && i + 1 < value.length()) {
                i++;
            }
            text.append(value.charAt(i));
        }
        return text.toString();
    }
}
