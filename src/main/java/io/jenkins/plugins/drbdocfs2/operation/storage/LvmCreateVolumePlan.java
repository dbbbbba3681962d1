package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.refusal.LvmRefusal;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceContent;
import io.jenkins.plugins.drbdocfs2.storage.LogicalVolume;
import io.jenkins.plugins.drbdocfs2.storage.Size;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes.LvmFacts;
import io.jenkins.plugins.drbdocfs2.storage.VolumeGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The plan of {@link LvmCreateVolume} on one node. */
final class LvmCreateVolumePlan {
    /** The extent size of new groups: LVM's default, set explicitly so that sizes are known in advance. */
    static final Size EXTENT = Size.parse("4M");

    // A volume gets its final name only when it holds no old data: after an interruption the next run finds this name,
    // which nothing else uses, and starts again.
    static final String UNFINISHED = ".drbd-ocfs2-steps";

    static final Duration LVM_TIMEOUT = Duration.ofMinutes(10);

    private final LvmCreateVolume operation;
    private final String node;
    private final LvmFacts lvm;
    private final NodeFacts facts;
    private final Refusals refusals;
    private final List<Change> wiped = new ArrayList<>();
    private final List<Change> grouped = new ArrayList<>();
    private final List<Change> created = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    LvmCreateVolumePlan(LvmCreateVolume operation, NodeFacts facts, Refusals refusals) {
        this.operation = operation;
        this.facts = facts;
        this.node = facts.name();
        this.lvm = facts.get(StorageProbes.LVM);
        this.refusals = refusals;
    }

    List<Change> wiped() {
        return wiped;
    }

    List<Change> grouped() {
        return grouped;
    }

    List<Change> created() {
        return created;
    }

    List<String> notes() {
        return notes;
    }

    void decide() {
        if (!lvm.known()) {
            refusals.add(Refusal.of(LvmRefusal.STATE_UNKNOWN)
                    .on(node)
                    .found("`vgs`, `lvs` and `pvs` do not report there what LVM has"
                            + facts.diagnostics(StorageProbes.LVM))
                    .remedy("Install the package lvm2 where it is missing, else see on the node why they fail"));
            return;
        }
        PhysicalVolumeCheck devices = new PhysicalVolumeCheck(operation, facts, refusals);
        VolumeGroup group = lvm.group(operation.group()).orElse(null);
        if (group == null) {
            makeGroup(devices);
        } else {
            useGroup(group, devices);
        }
    }

    private void makeGroup(PhysicalVolumeCheck devices) {
        BlockDevice place = facts.get(operation.place());
        if (operation.devices().isEmpty()) {
            refusals.add(Refusal.of(LvmRefusal.NO_GROUP)
                    .on(node)
                    .found("there is no volume group '" + operation.group() + "'")
                    .remedy("Name the disks that it is to be made of with devices, or correct the name"));
        } else if (place.kind() != BlockDevice.Kind.ABSENT) {
            refusals.add(Refusal.of(LvmRefusal.NAME_TAKEN)
                    .on(node)
                    .found("there is no volume group '" + operation.group() + "', but /dev/" + operation.group()
                            + " is something else, and LVM does not take a name that is in use there")
                    .remedy("Choose another group name"));
        } else if (devices.judge(operation.devices())) {
            wiped.addAll(devices.wipes());
            List<String> words =
                    new ArrayList<>(List.of("vgcreate", "--physicalextentsize", EXTENT.toString(), operation.group()));
            words.addAll(operation.devices());
            grouped.add(withHint(words).guard(devices.guard(operation.devices())));
            makeVolume(EXTENT, devices.usableBytes(EXTENT));
        }
    }

    private void useGroup(VolumeGroup group, PhysicalVolumeCheck devices) {
        List<String> outside = operation.devices().stream()
                .filter(device -> !devices.isIn(device, group.name()))
                .toList();
        boolean extend = operation.extendGroup() && !outside.isEmpty();
        if (extend && !devices.judge(outside)) {
            return;
        }
        if (extend) {
            wiped.addAll(devices.wipes());
            List<String> words = new ArrayList<>(List.of("vgextend", group.name()));
            words.addAll(outside);
            grouped.add(withHint(words).guard(devices.guard(outside)));
        } else if (!outside.isEmpty()) {
            notes.add(node + ": volume group '" + group.name() + "' exists without " + String.join(", ", outside)
                    + "; extendGroup: true would add to it");
        }
        long free = group.freeBytes() + (extend ? devices.usableBytes(group.extent()) : 0);
        LogicalVolume volume = lvm.volume(group.name(), operation.name()).orElse(null);
        if (volume == null) {
            makeVolume(group.extent(), free);
        } else {
            keepVolume(volume, operation.wanted().roundedUpTo(group.extent()), free);
        }
        boolean partial = group.attributes().contains("p") || group.attributes().contains("x");
        if (partial && !(grouped.isEmpty() && created.isEmpty())) {
            refusals.add(Refusal.of(LvmRefusal.GROUP_INCOMPLETE)
                    .on(node)
                    .found("volume group '" + group.name() + "' is exported or lacks some of its disks (attributes "
                            + group.attributes() + ", vgs(8))")
                    .remedy("Repair it first; `vgs` and `pvs` there show what is missing"));
        }
    }

    private void keepVolume(LogicalVolume volume, Size wanted, long free) {
        String name = volume.group() + "/" + volume.name();
        Size size = new Size(volume.sizeBytes());
        if ("tsSd".indexOf(volume.attributes().charAt(0)) >= 0) {
            refusals.add(Refusal.of(LvmRefusal.NOT_A_VOLUME)
                    .on(node)
                    .found(name + " is a snapshot or a pool, not an ordinary volume")
                    .remedy("Choose another name"));
        } else if (size.compareTo(wanted) < 0 && operation.grow()) {
            new VolumeGrowth(operation, facts, refusals).grow(volume, wanted, free, created, notes);
        } else if (size.compareTo(wanted) < 0) {
            refusals.add(Refusal.of(LvmRefusal.VOLUME_SMALLER)
                    .on(node)
                    .found(name + " exists with " + size + ", smaller than the requested " + wanted)
                    .remedy("Grow it on every node with grow: true, then run drbdResize if it is below DRBD; or ask"
                            + " for " + size));
        } else if (size.compareTo(wanted) > 0) {
            notes.add(node + ": " + name + " has " + size + ", more than the requested " + wanted + "; not changed");
        }
        if (!volume.isActive()) {
            created.add(0, Command.of(node, "lvchange", "--activate", "y", name));
        }
    }

    private void makeVolume(Size extent, long freeBytes) {
        String unfinished = operation.name() + UNFINISHED;
        LogicalVolume leftOver = lvm.volume(operation.group(), unfinished).orElse(null);
        long free = freeBytes;
        if (leftOver != null) {
            notes.add(node + ": " + leftOver.path() + " is left over from an interrupted build; it is created again");
            created.add(Command.of(node, "lvremove", "--yes", operation.group() + "/" + unfinished));
            free += leftOver.sizeBytes();
        }
        Size bytes = operation.wanted().roundedUpTo(extent);
        if (bytes.toBytes() > free) {
            refusals.add(full(operation, node, free, bytes));
            return;
        }
        // --yes applies to the new volume only: signatures in its extents are wiped, nothing else
        created.add(Command.of(
                        node,
                        List.of(
                                "lvcreate",
                                "--yes",
                                "--wipesignatures",
                                "y",
                                "--zero",
                                "y",
                                "-L",
                                bytes.toString(),
                                "-n",
                                unfinished,
                                operation.group()))
                .timeout(LVM_TIMEOUT));
        created.add(wipe("/dev/" + operation.group() + "/" + unfinished, bytes.toBytes()));
        created.add(Command.of(node, "lvrename", operation.group(), unfinished, operation.name())
                .harmless());
    }

    // Extents keep their old data. The metadata of a removed DRBD volume would look like that of this volume, and its
    // data like data in use; lvcreate wipes only what blkid detects. Everything that a later check would find is wiped.
    private Change wipe(String device, long bytes) {
        return Command.shell(node, "wipe old data in " + device)
                .shown("wipe old data in " + device, DeviceContent.wipe(device, bytes))
                .timeout(LVM_TIMEOUT);
    }

    // Without --yes, LVM does not wipe data that were written to a device after the check, and fails.
    private Command withHint(List<String> words) {
        return Command.of(node, words)
                .timeout(LVM_TIMEOUT)
                .hint("Only what overwrite names was wiped. Is a device opened by something, filtered out by"
                        + " lvm.conf, or written to just now?");
    }

    /** The refusal of a volume that needs more than the group has free. */
    static Refusal full(LvmCreateVolume operation, String node, long free, Size needed) {
        return Refusal.of(LvmRefusal.GROUP_FULL)
                .on(node)
                .found("volume group '" + operation.group() + "' has " + text(free) + " free, and " + operation.name()
                        + " needs " + needed)
                .remedy("Ask for less, or give the group more disks with devices and extendGroup: true");
    }

    private static String text(long bytes) {
        return bytes <= 0 ? "nothing" : new Size(bytes).toString();
    }
}
