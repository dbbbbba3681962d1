package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.BackingDisks;
import io.jenkins.plugins.drbdocfs2.drbd.BackingDisks.Held;
import io.jenkins.plugins.drbdocfs2.drbd.BackingDisks.Named;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataSize;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.List;

/** Checks that the backing disks of a running resource are still the attached ones, with their size. */
public final class BackingDiskCheck {
    private static final long KIB = 1024;
    /** A difference of less than a block of DRBD's bitmap does not count. */
    private static final long ROUNDING = 4096;

    private final NodeFacts node;
    private final String resource;
    private final BackingDisks disks;
    private final Refusals refusals;

    private BackingDiskCheck(NodeFacts node, String resource, Refusals refusals) {
        this.node = node;
        this.resource = resource;
        this.disks = node.has(BackingDisks.PROBE) ? node.get(BackingDisks.PROBE) : BackingDisks.NONE;
        this.refusals = refusals;
    }

    /** Refuses if a disk is smaller than DRBD expects, or its path leads to another device. */
    public static void check(NodeFacts node, String resource, Refusals refusals) {
        ResourceState state = DrbdFacts.state(node, resource);
        if (state != null
                && node.has(BackingDisks.PROBE)
                && !node.get(BackingDisks.PROBE).known()) {
            refusals.add(Refusal.of(DrbdDiskRefusal.DISKS_UNKNOWN)
                    .on(node.name())
                    .found("`drbdsetup show` does not report which disks '" + resource + "' has"
                            + node.diagnostics(BackingDisks.PROBE))
                    .wouldLose("A disk that has become smaller, or is another one, would not be seen")
                    .remedy("Run it on the node to see its error"));
        } else if (state != null) {
            BackingDiskCheck checks = new BackingDiskCheck(node, resource, refusals);
            state.volumes().values().forEach(checks::check);
        }
    }

    private void check(DeviceState volume) {
        List<Held> held = disks.of(volume.minor());
        List<Named> names = disks.namesOf(volume.minor());
        for (Named name : names) {
            if (!held.isEmpty() && held.stream().noneMatch(disk -> disk.number().equals(name.number()))) {
                refuseOther(volume, name, held);
            }
        }
        if (volume.sizeKib() == null) {
            return;
        }
        long bytes = volume.sizeKib() * KIB;
        boolean external = names.stream().anyMatch(Named::metadata);
        for (Held disk : held) {
            boolean metadata = external
                    && names.stream()
                            .anyMatch(name -> name.metadata() && name.number().equals(disk.number()));
            boolean data = names.stream()
                    .anyMatch(name -> !name.metadata() && name.number().equals(disk.number()));
            if (metadata && !data) {
                checkMetadata(volume, disk, bytes);
            } else if (data && room(disk, external) + ROUNDING < bytes) {
                refuseSmaller(volume, disk, bytes, external);
            }
        }
    }

    // Metadata may be for more peers than configured; for fewer peers they are never smaller.
    private static long room(Held disk, boolean external) {
        return external ? disk.bytes() : MetadataSize.dataBytes(disk.bytes(), 1);
    }

    private void refuseSmaller(DeviceState volume, Held disk, long bytes, boolean external) {
        refusals.add(Refusal.of(DrbdDiskRefusal.DISK_SHRANK)
                .on(node.name())
                .found(disk.path() + ", the disk of volume " + volume.volume() + " of '" + resource + "', has "
                        + disk.bytes()
                        + " bytes, but DRBD uses " + bytes + " bytes of it"
                        + (external ? "" : " and its metadata behind them")
                        + ": it has become smaller")
                .wouldLose("What DRBD wrote behind its new end is gone there: "
                        + (external ? "" : "the metadata, and maybe ") + "data. A write there fails, and after it, or a"
                        + " reboot, the node has no good disk")
                .remedy(
                        "If nothing else took the space, make the disk as large as it was at once (for LVM `lvextend`), then"
                                + " compare with drbdVerify; else detach it, recreate the metadata and synchronise "
                                + "from a peer that"
                                + " is UpToDate. Do not reboot or disconnect the other nodes before"));
    }

    private void checkMetadata(DeviceState volume, Held disk, long bytes) {
        long needed = MetadataSize.bytes(bytes, 1);
        if (disk.bytes() < Math.min(needed, MetadataSize.INDEXED_SLOT_BYTES)) {
            refusals.add(Refusal.of(DrbdDiskRefusal.DISK_SHRANK)
                    .on(node.name())
                    .found(disk.path() + ", which has the metadata of volume " + volume.volume() + " of '" + resource
                            + "', has " + disk.bytes() + " bytes, and they need " + needed
                            + ": it has become smaller")
                    .wouldLose("Without complete metadata the node could not use its disk after a reboot")
                    .remedy("Make it as large as it was, for LVM with `lvextend`"));
        }
    }

    private void refuseOther(DeviceState volume, Named name, List<Held> held) {
        String paths = String.join(" and ", held.stream().map(Held::path).toList());
        refusals.add(Refusal.of(DrbdDiskRefusal.DISK_RENAMED)
                .on(node.name())
                .found("DRBD was given " + name.path() + " as " + (name.metadata() ? "metadata disk" : "disk")
                        + " of volume "
                        + volume.volume() + " of '" + resource + "', which now "
                        + (name.number().isEmpty() ? "does not exist" : "is another device (" + name.number() + ")")
                        + "; it still uses " + paths)
                .wouldLose("After a reboot it would have no disk there, or another one without the newest data")
                .remedy("Give " + paths + " its old name again (for LVM `lvrename`), or make the name lead to it"));
    }
}
