package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a filesystem, in the units in which it grows: blocks, or clusters of OCFS2.
 *
 * @param type its type, as blkid(8) reports it; empty if there is no filesystem
 * @param unit the bytes of a unit; 0 if the size is not known
 * @param units their number
 * @param rest the number of units at the end of a larger device, up to which its tool does not grow it
 */
public record FilesystemSize(String type, long unit, long units, long rest) implements Serializable {
    /** The types that this reads. */
    public static final Set<String> TYPES = Set.of("ocfs2", "xfs", "ext2", "ext3", "ext4");

    // XFS_MIN_AG_BLOCKS: a smaller last allocation group is left out
    private static final long XFS_REST = 63;
    private static final Pattern XFS = Pattern.compile("(?m)^data +=.* bsize=(\\d{1,9}) +blocks=(\\d{1,18}),");

    /** Probes the filesystem on a device. */
    public static Probe<FilesystemSize> probe(String path) {
        return new Probe<>(
                "filesystem size " + path,
                SuspendedDrbdDevices.SHELL
                        + ShellFile.with(ShellFile.read(FilesystemSize.class, "filesystem-size.sh"), path),
                FilesystemSize::parse);
    }

    /** Whether the size is known. */
    public boolean known() {
        return unit > 0;
    }

    /** The size in bytes. */
    public long bytes() {
        return unit * units;
    }

    /** Whether it is as large as its tool makes it on a device of this size. */
    public boolean fills(long deviceBytes) {
        return deviceBytes / unit - units <= rest;
    }

    /** For a dry run: the same filesystem on all of a device. */
    public FilesystemSize grownTo(long deviceBytes) {
        return known() ? new FilesystemSize(type, unit, Math.max(units, deviceBytes / unit), rest) : this;
    }

    static FilesystemSize parse(Reading reading) {
        String[] parts = reading.text().split("\n=\n", 2);
        String type = parts[0].strip();
        return !reading.ok() || parts.length < 2 ? new FilesystemSize(type, 0, 0, 0) : of(type, parts[1]);
    }

    /** The size in the output of the tool of a type. */
    static FilesystemSize of(String type, String text) {
        FilesystemSize unknown = new FilesystemSize(type, 0, 0, 0);
        if (!TYPES.contains(type)) {
            return unknown;
        }
        if (type.equals("ocfs2")) {
            long bits = number(text, "Cluster Size Bits");
            long clusters = number(text, "Clusters");
            return bits < 9 || bits > 24 || clusters < 1 ? unknown : new FilesystemSize(type, 1L << bits, clusters, 0);
        }
        if (type.equals("xfs")) {
            Matcher data = XFS.matcher(text);
            return data.find()
                    ? new FilesystemSize(type, Long.parseLong(data.group(1)), Long.parseLong(data.group(2)), XFS_REST)
                    : unknown;
        }
        long block = number(text, "Block size");
        long blocks = number(text, "Block count");
        return block < 1 || blocks < 1 ? unknown : new FilesystemSize(type, block, blocks, extRest(text, block));
    }

    /**
     * resize2fs(8) leaves out a last block group that has hardly room for its own tables, and less than a page
     * (adjust_fs_info of resize2fs).
     */
    private static long extRest(String text, long block) {
        long tables = 3 + number(text, "Inode blocks per group") + Math.max(0, number(text, "Reserved GDT blocks"));
        long descriptors = number(text, "Block count") / Math.max(1, number(text, "Blocks per group")) * 64 / block + 1;
        long inGroup = (number(text, "Block count") - Math.max(0, number(text, "First block")))
                % Math.max(1, number(text, "Blocks per group"));
        return inGroup == 0 ? tables + descriptors + 50 : Math.max(0, 4096 / block - 1);
    }

    // The label, and for ext4 the last mount point, may have any text, also more lines: a second value makes it
    // unknown.
    private static long number(String text, String key) {
        Matcher value = Pattern.compile("(?m)^(?!\\s*Label:)(?:.*\\s)?" + Pattern.quote(key) + ": +(\\d{1,18})\\b")
                .matcher(text.replaceAll("(?m)^(Filesystem volume name|Last mounted on):.*", ""));
        List<String> values = value.results().map(found -> found.group(1)).toList();
        return values.size() == 1 ? Long.parseLong(values.get(0)) : -1;
    }
}
