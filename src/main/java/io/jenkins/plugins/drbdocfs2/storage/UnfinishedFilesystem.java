package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.util.Set;

/**
 * A filesystem whose creation was interrupted after blkid(8) already detects it. It cannot be mounted and never was, so it
 * has no files.
 *
 * <p>mkfs.xfs marks its superblock as in progress until all is written, and the kernel does not mount it until then
 * (sb_inprogress, xfs(5) and xfs_db(8)). mkfs.ocfs2 writes the superblock, then the journals, then the slot map; until then
 * the slot map is an empty file, and the kernel does not mount the filesystem. mkfs.ext4 writes the superblock last.
 */
public final class UnfinishedFilesystem {
    private static final Set<String> TYPES = Set.of("xfs", "ocfs2");

    private static final String SCRIPT = ShellFile.read(UnfinishedFilesystem.class, "unfinished-filesystem.sh");

    private UnfinishedFilesystem() {}

    /** Probes whether a device has an unfinished filesystem; false if it cannot be read. */
    public static Probe<Boolean> probe(String device) {
        String script = SuspendedDrbdDevices.SHELL + ShellFile.with(SCRIPT, device);
        return Probe.tame("unfinished filesystem " + device, script, reading -> reading.text()
                .startsWith("unfinished"));
    }

    /**
     * Whether a device has one, and nothing else: an unfinished filesystem can also lie below another one, which may have
     * files.
     */
    public static boolean isOn(NodeFacts node, String device) {
        BlockDevice block = node.get(BlockDevice.probe(device));
        String type = block.blkid().type();
        return node.get(probe(device))
                && type != null
                && TYPES.contains(type)
                && block.signatures().stream().allMatch(signature -> signature.split(" ", 2)[0].equals(type));
    }
}
