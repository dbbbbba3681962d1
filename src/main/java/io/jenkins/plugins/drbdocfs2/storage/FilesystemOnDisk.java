package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.io.Serializable;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A filesystem on a device, in its own words: also one that has internal metadata of DRBD behind it, which hide it from
 * blkid(8).
 *
 * @param blkid the findings of blkid(8) besides metadata of DRBD
 * @param size its size
 * @param whole whether all of it is on this device; otherwise its journal, or more, is on another one
 * @param clean whether its journal need not be replayed: else its superblock may be older than the filesystem, or another host
 *     has it mounted; for OCFS2 only the slot map tells
 * @param checksum a checksum of what its superblock says
 */
public record FilesystemOnDisk(Blkid blkid, FilesystemSize size, boolean whole, boolean clean, String checksum)
        implements Serializable {
    private static final FilesystemOnDisk UNKNOWN =
            new FilesystemOnDisk(new Blkid(Map.of()), new FilesystemSize("", 0, 0, 0), false, false, "");
    private static final String FUNCTIONS = ShellFile.read(FilesystemOnDisk.class, "filesystem-on-disk.sh");
    private static final String SCRIPT = ShellFile.read(FilesystemOnDisk.class, "filesystem-on-disk-probe.sh");
    private static final Pattern EXT_ELSEWHERE = Pattern.compile("(?m)^Journal (UUID|device): ");
    private static final Pattern EXT_UNCLEAN = Pattern.compile("(?m)^Filesystem features: .*\\bneeds_recovery\\b"
            + "|^Filesystem state: +not clean|^Journal start: +0*[1-9]");
    private static final Pattern XFS_LOG = Pattern.compile("(?m)^log +=internal");
    private static final Pattern XFS_CLEAN = Pattern.compile("(?m)^ +log tail: .* state: <CLEAN>$");
    private static final Pattern XFS_NOT_REALTIME = Pattern.compile("(?m)^realtime +=none");

    /** Probes the filesystem on a device; its size is unknown if its tool fails. */
    public static Probe<FilesystemOnDisk> probe(String path) {
        return new Probe<>(
                "filesystem on disk " + path,
                SuspendedDrbdDevices.SHELL + FUNCTIONS + ShellFile.with(SCRIPT, path),
                FilesystemOnDisk::parse);
    }

    /** Its type, as blkid(8) reports it; empty if there is none. */
    public String type() {
        return blkid.type() == null ? "" : blkid.type();
    }

    /** Its name in messages, such as {@code ext4 'www' 6c1d…}. */
    public String words() {
        return type()
                + (blkid.label() == null ? "" : " '" + blkid.label() + "'")
                + (blkid.uuid() == null ? "" : " " + blkid.uuid());
    }

    /** Shell lines that exit with an error unless it is still as it was, unmounted since and on a device of the same size. */
    public String guard(String path) {
        return FUNCTIONS + "same_filesystem " + Sh.quote(path) + " " + Sh.quote(checksum) + "\n";
    }

    static FilesystemOnDisk parse(Reading reading) {
        String[] parts = reading.text().split("(?m)^=\n", 2);
        String[] head = parts[0].split("\n", 2);
        if (parts.length < 2 || head.length < 2 || !head[0].matches("\\d{1,10} \\d{1,7}")) {
            return UNKNOWN;
        }
        Blkid blkid = Blkid.parse(head[1]);
        String type = blkid.type() == null ? "" : blkid.type();
        String told = reading.ok() ? parts[1] : "";
        return new FilesystemOnDisk(
                blkid,
                FilesystemSize.of(type, told),
                told.isEmpty() || isWhole(type, told),
                told.isEmpty() || isClean(type, told),
                head[0]);
    }

    private static boolean isWhole(String type, String text) {
        return type.equals("xfs")
                ? XFS_LOG.matcher(text).find() && XFS_NOT_REALTIME.matcher(text).find()
                : !type.startsWith("ext") || !EXT_ELSEWHERE.matcher(text).find();
    }

    private static boolean isClean(String type, String text) {
        return type.equals("xfs")
                ? XFS_CLEAN.matcher(text).find()
                : !type.startsWith("ext") || !EXT_UNCLEAN.matcher(text).find();
    }
}
