package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.ocfs2.HeartbeatRegion;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The simulated mounts and their heartbeats after the changes of a dry run. */
public final class SimulatedMounts {
    private SimulatedMounts() {}

    /** With one more mount, unless something is mounted at its mount point. */
    public static NodeFacts mounted(NodeFacts facts, Mount mount) {
        return facts.change(
                StorageProbes.MOUNTS,
                mounts -> mounts.at(mount.mountPoint()).isPresent()
                        ? mounts
                        : new MountInfo(Stream.concat(mounts.mounts().stream(), Stream.of(mount))
                                .toList()));
    }

    /** Without these mounts; after the last mount of a device also without its OCFS2 heartbeat. */
    public static NodeFacts unmounted(NodeFacts facts, Predicate<Mount> gone) {
        if (!facts.has(StorageProbes.MOUNTS)) {
            return facts;
        }
        List<Mount> all = facts.get(StorageProbes.MOUNTS).mounts();
        List<Mount> left = all.stream().filter(gone.negate()).toList();
        return facts.with(StorageProbes.MOUNTS, new MountInfo(left))
                .change(HeartbeatRegion.PROBE, regions -> regions.stream()
                        .filter(region -> region.isGlobal() || !isOnOne(region, all) || isOnOne(region, left))
                        .toList());
    }

    private static boolean isOnOne(HeartbeatRegion region, List<Mount> mounts) {
        return mounts.stream().anyMatch(mount -> region.isOn(mount.device(), mount.source()));
    }
}
