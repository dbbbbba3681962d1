package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabDevices;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The lines of a node's fstab, with their devices resolved by the tools of the node. */
public final class FstabLines {
    private final Fstab fstab;
    private final FstabDevices devices;
    private final NodeFacts node;

    /** @param node the facts of the node */
    public FstabLines(NodeFacts node) {
        this.node = node;
        this.fstab = new Fstab(node.get(SystemProbes.file(Fstab.PATH)).text());
        this.devices = node.has(FstabDevices.PROBE) ? node.get(FstabDevices.PROBE) : FstabDevices.NONE;
    }

    /** The lines for a mount point, by its path or the resolved path. */
    public List<Fstab.Line> at(String mountPoint) {
        Set<String> places = new HashSet<>(Set.of(mountPoint));
        if (node.has(MountDirectory.probe(mountPoint))) {
            places.add(node.get(MountDirectory.probe(mountPoint)).realPath());
        }
        return fstab.linesAt(places);
    }

    /** Whether an entry is for a device: by one of its paths, a link to it, its UUID or its label. */
    public boolean isOf(FstabEntry entry, BlockDevice block) {
        return isPathOf(entry, block)
                || entry.hasTag("UUID", block.blkid().uuid())
                || entry.hasTag("LABEL", block.blkid().label());
    }

    private boolean isPathOf(FstabEntry entry, BlockDevice block) {
        return entry.device().equals(block.path())
                || entry.device().equals(block.realPath())
                || !block.realPath().isEmpty() && devices.realPath(entry).equals(block.realPath());
    }

    /**
     * Whether an entry always leads to a device. A UUID or label could lead to the backing disk of a DRBD device, which has
     * the same.
     */
    public boolean isSurelyOf(FstabEntry entry, BlockDevice block, boolean drbd) {
        return drbd
                ? isPathOf(entry, block)
                        && entry.device().startsWith("/")
                        && !entry.device().startsWith("/dev/disk/")
                : isOf(entry, block);
    }

    /** The entries of volumes of a resource. */
    public List<FstabEntry> of(List<Resource.Volume> volumes) {
        return fstab.entries().stream()
                .filter(entry -> volumes.stream().anyMatch(volume -> isOf(entry, volume)))
                .toList();
    }

    /** Whether an entry is of a volume, by a path. */
    public boolean isOf(FstabEntry entry, Resource.Volume volume) {
        String device = "/dev/drbd" + volume.minor();
        return entry.device().equals(volume.device())
                || entry.device().equals(device)
                || devices.realPath(entry).equals(device);
    }
}
