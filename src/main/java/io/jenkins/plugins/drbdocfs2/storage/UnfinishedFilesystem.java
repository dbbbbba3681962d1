package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.util.Set;

/**
 * A filesystem whose making was cut off when blkid(8) already knew it. It cannot be mounted and never was, so there are no
 * files on it.
 *
 * <p>mkfs.xfs marks its superblock as in progress until all is written, and the kernel mounts none that is (sb_inprogress,
 * xfs(5) and xfs_db(8)). mkfs.ocfs2 writes the superblock, then the journals, then the slot map; without one, which is a
 * file of no size then, the kernel does not mount it. mkfs.ext4 writes the superblock last.
 */
public final class UnfinishedFilesystem {
    /** The types of filesystem of which it can be told. */
    public static final Set<String> TYPES = Set.of("xfs", "ocfs2");

    private UnfinishedFilesystem() {}

    /** Asks whether there is one on a device; no where it cannot be read. */
    public static Probe<Boolean> probe(String device) {
        String script = "d=" + Sh.quote(device) + "\n[ -b \"$d\" ] || [ -f \"$d\" ] || exit 0\n"
                + "[ \"$(head -c 4 \"$d\" | tr -d '\\000')\" = XFSB ]"
                + " && [ \"$(od -An -tu1 -j126 -N1 \"$d\" | tr -d ' ')\" = 1 ] && echo unfinished\n"
                + "debugfs.ocfs2 -R 'stat //slot_map' \"$d\" | grep -q '   Size: 0$' && echo unfinished\ntrue";
        return new Probe<>("unfinished filesystem " + device, script, reading -> reading.text()
                .startsWith("unfinished"));
    }
}
