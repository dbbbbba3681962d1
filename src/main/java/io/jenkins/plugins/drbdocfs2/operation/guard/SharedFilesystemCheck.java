package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FilesystemRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks that a device for two writing nodes holds no single-node filesystem. */
public final class SharedFilesystemCheck {
    // Partition tables and LVM are allowed: migrating virtual machines and LVM with lvmlockd use them this way.
    private static final Set<String> FOR_ONE_NODE = Set.of(
            "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "reiserfs", "nilfs2", "vfat", "exfat", "ntfs");

    private SharedFilesystemCheck() {}

    /** Probes the content of the devices of a resource on a Primary only. */
    public static ProbeSet probes(NodeFacts node, String resource) {
        return DrbdFacts.isPrimary(node, resource)
                ? ProbeSet.of(DrbdFacts.configured(node, resource).volumes().stream()
                                .map(volume -> BlockDevice.probe(volume.device()))
                                .toList())
                        .and(StorageProbes.MOUNTS)
                        .missingIn(node)
                : ProbeSet.of();
    }

    /** Refuses a second Primary, if two are allowed, beside one whose device holds a single-node filesystem. */
    public static void checkSecond(String node, NodeFacts primary, String resource, Refusals refusals) {
        ConfiguredResource configured = DrbdFacts.configured(primary, resource);
        for (Resource.Volume volume : configured.dualPrimary() ? configured.volumes() : List.<Resource.Volume>of()) {
            filesystem(primary, volume.device())
                    .ifPresent(filesystem -> refusals.add(Refusal.of(FilesystemRefusal.ONE_NODE)
                            .on(node)
                            .found(primary.name() + " is Primary, and " + volume.device() + " there holds " + filesystem
                                    + ", a single-node filesystem")
                            .wouldLose("Mounted on both nodes it would be destroyed")
                            .remedy("Change the roles with drbdSwitchover, or make OCFS2 on it first (ocfs2Format)")));
        }
    }

    /** The single-node filesystem on a DRBD device of a node, in words; empty if there is none. */
    public static Optional<String> filesystem(NodeFacts node, String device, String... disksBelow) {
        Set<String> found = new LinkedHashSet<>();
        String number = "";
        for (String path : concat(device, disksBelow)) {
            if (node.has(BlockDevice.probe(path))) {
                BlockDevice block = node.get(BlockDevice.probe(path));
                number = path.equals(device) ? block.number() : number;
                types(block).stream().filter(FOR_ONE_NODE::contains).forEach(found::add);
            }
        }
        String of = number;
        List<Mount> mounts = node.has(StorageProbes.MOUNTS)
                ? node.get(StorageProbes.MOUNTS).mounts().stream()
                        .filter(mount -> mount.source().equals(device)
                                || !of.isEmpty() && mount.device().equals(of))
                        .filter(mount -> FOR_ONE_NODE.contains(mount.type()))
                        .toList()
                : List.of();
        mounts.forEach(mount -> found.add(mount.type()));
        return found.stream()
                .findFirst()
                .map(type -> type
                        + (mounts.isEmpty()
                                ? ""
                                : ", mounted at " + mounts.get(0).mountPoint()));
    }

    private static List<String> concat(String device, String... disksBelow) {
        List<String> paths = new ArrayList<>(List.of(device));
        paths.addAll(List.of(disksBelow));
        return paths;
    }

    private static Set<String> types(BlockDevice block) {
        Set<String> types = new LinkedHashSet<>();
        if (block.blkid().type() != null) {
            types.add(block.blkid().type());
        }
        block.signatures().forEach(signature -> types.add(signature.split(" ", 2)[0]));
        return types;
    }
}
