package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceSize;
import io.jenkins.plugins.drbdocfs2.storage.LogicalVolume;
import io.jenkins.plugins.drbdocfs2.storage.PhysicalVolume;
import io.jenkins.plugins.drbdocfs2.storage.Size;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes.LvmFacts;
import io.jenkins.plugins.drbdocfs2.storage.VolumeGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simulated storage of a node after {@link LvmCreateVolume}, for dry runs. */
final class SimulatedLvm {
    private static final String GROUP_ATTRIBUTES = "wz--n-";
    private static final String VOLUME_ATTRIBUTES = "-wi-a-----";
    private static final String PHYSICAL_ATTRIBUTES = "a--";

    /** The free space of a group that a dry run would create on devices of unknown size: unlimited. */
    static final long FREE_UNKNOWN = 1L << 60;

    private SimulatedLvm() {}

    static NodeFacts created(LvmCreateVolume operation, NodeFacts facts) {
        Size extent = facts.has(StorageProbes.LVM)
                ? facts.get(StorageProbes.LVM)
                        .group(operation.group())
                        .map(VolumeGroup::extent)
                        .orElse(LvmCreateVolumePlan.EXTENT)
                : LvmCreateVolumePlan.EXTENT;
        long bytes = operation.wanted().roundedUpTo(extent).toBytes();
        NodeFacts simulated = facts.change(
                        BlockDevice.probe(operation.path()),
                        device -> !device.isBlock()
                                ? BlockDevice.blank(operation.path(), bytes)
                                : operation.grow() ? device.grownTo(bytes) : device)
                .change(
                        DeviceSize.probe(operation.path()),
                        size -> operation.grow() || size.bytes() < 0
                                ? new DeviceSize(Math.max(size.bytes(), bytes))
                                : size)
                .change(StorageProbes.LVM, lvm -> created(operation, lvm, bytes, facts));
        for (String device : taken(operation, facts)) {
            simulated = simulated.change(BlockDevice.probe(device), SimulatedLvm::physical);
        }
        return simulated;
    }

    private static List<String> taken(LvmCreateVolume operation, NodeFacts facts) {
        boolean left = facts.has(StorageProbes.LVM)
                && facts.get(StorageProbes.LVM).group(operation.group()).isPresent()
                && !operation.extendGroup();
        return left ? List.of() : operation.devices();
    }

    private static BlockDevice physical(BlockDevice device) {
        return device.isBlock() && !device.content().startsWith("LVM2_member")
                ? device.holding(Map.of("TYPE", "LVM2_member", "USAGE", "raid"))
                : device;
    }

    private static LvmFacts created(LvmCreateVolume operation, LvmFacts lvm, long bytes, NodeFacts facts) {
        List<PhysicalVolume> physical = new ArrayList<>(lvm.physicalVolumes());
        long added = 0;
        for (String path : taken(operation, facts)) {
            boolean probed = facts.has(BlockDevice.probe(path));
            String real = probed ? facts.get(BlockDevice.probe(path)).realPath() : path;
            boolean in = physical.removeIf(volume -> volume.device().equals(real) && volume.group() == null)
                    || physical.stream().noneMatch(volume -> volume.device().equals(real));
            if (in) {
                long size = probed ? facts.get(BlockDevice.probe(path)).bytes() : FREE_UNKNOWN;
                added += Math.max(
                        0, size - size % LvmCreateVolumePlan.EXTENT.toBytes() - LvmCreateVolumePlan.EXTENT.toBytes());
                physical.add(new PhysicalVolume(real, operation.group(), size, PHYSICAL_ATTRIBUTES));
            }
        }
        Optional<LogicalVolume> before = lvm.volume(operation.group(), operation.name());
        long had = before.map(LogicalVolume::sizeBytes).orElse(0L);
        long taken = before.isEmpty() || operation.grow() ? Math.max(0, bytes - had) : 0;
        List<LogicalVolume> volumes = new ArrayList<>(lvm.volumes());
        if (taken > 0) {
            before.ifPresent(volumes::remove);
            volumes.add(new LogicalVolume(
                    operation.group(),
                    operation.name(),
                    bytes,
                    before.map(LogicalVolume::attributes).orElse(VOLUME_ATTRIBUTES)));
        }
        Optional<VolumeGroup> old = lvm.group(operation.group());
        List<VolumeGroup> groups = new ArrayList<>(lvm.groups());
        old.ifPresent(groups::remove);
        long size = old.map(VolumeGroup::sizeBytes).orElse(0L) + added;
        long free = old.map(VolumeGroup::freeBytes).orElse(0L) + added - taken;
        groups.add(new VolumeGroup(
                operation.group(),
                Math.max(size, bytes),
                Math.max(0, free),
                old.map(VolumeGroup::extentBytes).orElse(LvmCreateVolumePlan.EXTENT.toBytes()),
                old.map(VolumeGroup::attributes).orElse(GROUP_ATTRIBUTES)));
        return new LvmFacts(true, groups, volumes, physical);
    }
}
