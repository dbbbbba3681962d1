package io.jenkins.plugins.drbdocfs2.drbd.metadata;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a volume's metadata on a device, to the byte, according to their superblock. The superblock has the layout
 * of drbdmeta.c, the same for 8.3, 8.4 and 9: the size of the data in sectors at byte 0, the magic number at 60, the size
 * of all metadata in sectors at 64, the offset of the bitmap in sectors from the superblock at 76, and (9 only) the number
 * of peers with a bitmap at 88. DRBD 9 writes the size of the data when a node is first promoted; until then it is 0.
 *
 * @param device the path of the device with the metadata
 * @param kind {@code internal}, {@code flex-external}, or the index of a slot
 * @param superblock the offset of the superblock, bytes
 * @param begin the offset of their first byte
 * @param end the offset after their last byte
 */
public record MetadataArea(String device, String kind, long superblock, long begin, long end) implements Serializable {
    private static final int SUPERBLOCK_BYTES = 4096;
    private static final int SECTOR = 512;
    private static final long SECTORS_IN_BITMAP_WORD = 64 * 8;
    private static final String SCRIPT = ShellFile.read(MetadataArea.class, "metadata-areas.sh");
    private static final String RECHECK = ShellFile.read(MetadataArea.class, "metadata-recheck.sh");
    private static final String MAGIC = "8374026[bcd]";
    private static final Pattern LINE =
            Pattern.compile("(\\d{1,5}) (\\S+) (internal|flex-external|\\d{1,4}) (\\d{1,18}) (\\d{1,18}) (.*)");

    /** Probes where the metadata of a resource's volumes are on the node; volumes without metadata are missing. */
    public static Probe<Map<Integer, MetadataArea>> probe(String resource) {
        return new Probe<>("drbd metadata areas " + resource, ShellFile.with(SCRIPT, resource), MetadataArea::parse);
    }

    /** Whether they are in a slot of a shared device. */
    public boolean isIndexed() {
        return !kind.equals("internal") && !kind.equals("flex-external");
    }

    /** The offset of the first byte after the superblock: activity log and bitmap. */
    public long restBegin() {
        return superblock == begin ? begin + SUPERBLOCK_BYTES : begin;
    }

    /** The number of bytes besides the superblock. */
    public long restBytes() {
        return end - begin - SUPERBLOCK_BYTES;
    }

    /** Lines of shell that end the script with exit code 76 if the superblock is no longer there. */
    public String guard() {
        return ShellFile.with(RECHECK, device, String.valueOf(superblock));
    }

    static Map<Integer, MetadataArea> parse(Reading reading) {
        Map<Integer, MetadataArea> areas = new LinkedHashMap<>();
        for (String line : reading.text().split("\n")) {
            Matcher matcher = LINE.matcher(line.strip());
            if (matcher.matches()) {
                MetadataArea area = area(
                        matcher.group(2),
                        matcher.group(3),
                        Long.parseLong(matcher.group(4)),
                        Long.parseLong(matcher.group(5)),
                        matcher.group(6).split(" "));
                if (area != null) {
                    areas.put(Integer.valueOf(matcher.group(1)), area);
                }
            }
        }
        return areas;
    }

    private static MetadataArea area(String device, String kind, long size, long superblock, String[] words) {
        if (words.length < 23 || !words[15].matches(MAGIC)) {
            return null;
        }
        long sectors = word(words[0]) << 32 | word(words[1]);
        long bitmapOffset = (int) word(words[19]) * (long) SECTOR;
        boolean v9 = words[15].endsWith("d");
        long peers = v9 ? Math.max(1, word(words[22])) : 1;
        boolean internal = kind.equals("internal");
        long begin = internal ? superblock + bitmapOffset : superblock;
        long bitmapBytes = up(peers * up(sectors, SECTORS_IN_BITMAP_WORD) * 8, SUPERBLOCK_BYTES) * SUPERBLOCK_BYTES;
        long external = sectors == 0 ? word(words[16]) * SECTOR : bitmapOffset + bitmapBytes;
        long end = superblock + (internal ? SUPERBLOCK_BYTES : external);
        boolean sound = begin >= 0
                && end <= size
                && end - begin > SUPERBLOCK_BYTES
                && (internal ? bitmapOffset < 0 : bitmapOffset > 0)
                && bitmapOffset % SUPERBLOCK_BYTES == 0;
        return sound ? new MetadataArea(device, kind, superblock, begin, end) : null;
    }

    private static long word(String hex) {
        return hex.matches("[0-9a-f]{8}") ? Long.parseLong(hex, 16) : 0;
    }

    private static long up(long value, long unit) {
        return (value + unit - 1) / unit;
    }
}
