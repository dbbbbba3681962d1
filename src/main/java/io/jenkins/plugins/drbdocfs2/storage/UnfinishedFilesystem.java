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
        String script = SuspendedDrbd.SHELL + "d=" + Sh.quote(device) + "\n"
                + "[ -b \"$d\" ] || [ -f \"$d\" ] || exit 0\nif waits \"$d\"; then exit 0; fi\n"
                + "set -- $(od -An -v -tx1 -N127 \"$d\")\n"
                + "if [ \"$1$2$3$4\" = 58465342 ]; then [ \"${127}\" != 01 ] || echo unfinished; exit 0; fi\n"
                + "case \"$(debugfs.ocfs2 -R 'stat //slot_map' \"$d\")\n\" in *'   Size: 0\n'*) echo unfinished;; esac";
        return new Probe<>("unfinished filesystem " + device, script, reading -> reading.text()
                .startsWith("unfinished"));
    }
}
