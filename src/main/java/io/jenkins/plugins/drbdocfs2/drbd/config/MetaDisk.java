package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataSize;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a volume's metadata: {@code internal} at the end of its disk, on a device of its own, or in one of the 128
 * MiB slots of a device that several volumes share. drbd.conf(5).
 *
 * @param device null for internal
 * @param index the slot; null for internal and for a device of its own
 */
public record MetaDisk(String device, Integer index) implements Serializable {
    /** At the end of the disk itself. */
    public static final MetaDisk INTERNAL = new MetaDisk(null, null);

    private static final Pattern INDEXED = Pattern.compile("([^\\[\\]]+?) ?\\[ ?(\\d{1,4}) ?\\]");

    /** On a device of its own ("flexible"). */
    public static MetaDisk on(String device) {
        return new MetaDisk(device, null);
    }

    /**
     * Parses {@code internal}, {@code /dev/x} or {@code /dev/x[0]}.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if it is none of them
     */
    public static MetaDisk parse(String text) {
        Check.given("metaDisk", text);
        if (text.strip().equals("internal")) {
            return INTERNAL;
        }
        Matcher indexed = INDEXED.matcher(text.strip());
        if (indexed.matches()) {
            return new MetaDisk(device(indexed.group(1)), Integer.valueOf(indexed.group(2)));
        }
        return on(device(text.strip()));
    }

    /** The offset where they begin on an external device. */
    public long begin() {
        return index == null ? 0 : index * MetadataSize.INDEXED_SLOT_BYTES;
    }

    /** Whether they are at the end of the disk itself. */
    public boolean isInternal() {
        return device == null;
    }

    private static String device(String path) {
        Check.that(
                path.startsWith("/") && path.indexOf('[') < 0 && path.indexOf(']') < 0,
                "metaDisk",
                path,
                "be internal, an absolute path, or an absolute path with an index such as /dev/vg/meta[0]");
        return path;
    }

    @Override
    public String toString() {
        return isInternal() ? "internal" : index == null ? device : device + "[" + index + "]";
    }
}
