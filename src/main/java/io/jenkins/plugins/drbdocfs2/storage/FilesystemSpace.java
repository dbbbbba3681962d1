package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The space of the mounted filesystems of a node's block devices, as statvfs(3) reports it. Filesystems on DRBD devices with
 * suspended I/O are not read.
 *
 * @param filesystems one for each device
 */
public record FilesystemSpace(List<Usage> filesystems) implements Serializable {
    /** No filesystem. */
    public static final FilesystemSpace NONE = new FilesystemSpace(List.of());

    /** The probe for this. */
    public static final Probe<FilesystemSpace> PROBE = new Probe<>(
            "filesystem space",
            SuspendedDrbdDevices.SHELL + ShellFile.read(FilesystemSpace.class, "filesystem-space.sh"),
            reading -> parse(reading.text()));

    public FilesystemSpace {
        filesystems = List.copyOf(filesystems);
    }

    /**
     * A filesystem.
     *
     * @param device the number of its device, such as "147:0"
     * @param known whether its space could be read; otherwise the other values mean nothing
     * @param bytes its size
     * @param freeBytes the free space
     * @param availableBytes the part of it that is not reserved for root
     * @param inodes the number of inodes; 0 if the filesystem does not count them
     * @param freeInodes the number of free inodes
     */
    public record Usage(
            String device, boolean known, long bytes, long freeBytes, long availableBytes, long inodes, long freeInodes)
            implements Serializable {
        /** The used part of the space in percent, as df(1) counts it. */
        public int usedPercent() {
            long used = bytes - freeBytes;
            return percent(used, used + availableBytes);
        }

        /** The used part of the inodes in percent. */
        public int usedInodesPercent() {
            return percent(inodes - freeInodes, inodes);
        }

        private static int percent(long part, long whole) {
            return whole <= 0 ? 0 : (int) Math.ceil(100.0 * part / whole);
        }
    }

    static FilesystemSpace parse(String text) {
        List<Usage> all = new ArrayList<>();
        for (String line : text.lines().filter(one -> !one.isBlank()).toList()) {
            String[] words = line.strip().split(" +");
            boolean known = line.strip().matches("\\d+:\\d+( \\d{1,18}){6}");
            long fragment = known ? Long.parseLong(words[1]) : 0;
            all.add(new Usage(
                    words[0],
                    known,
                    fragment * number(words, 2),
                    fragment * number(words, 3),
                    fragment * number(words, 4),
                    number(words, 5),
                    number(words, 6)));
        }
        return new FilesystemSpace(all);
    }

    private static long number(String[] words, int index) {
        return words.length == 7 && words[index].matches("\\d{1,18}") ? Long.parseLong(words[index]) : 0;
    }
}
