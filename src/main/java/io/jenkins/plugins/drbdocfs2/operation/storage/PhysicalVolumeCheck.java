package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.guard.UsableDeviceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DeviceRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.LvmRefusal;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.LogicalVolume;
import io.jenkins.plugins.drbdocfs2.storage.PhysicalVolume;
import io.jenkins.plugins.drbdocfs2.storage.Size;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that devices of a node can become physical volumes: refuses devices that are in use or not empty. */
final class PhysicalVolumeCheck {
    private static final String PHYSICAL_VOLUME = "LVM2_member";
    // the default position of the first extent
    private static final long FIRST_EXTENT = 1024 * 1024;

    private final LvmCreateVolume operation;
    private final NodeFacts facts;
    private final Refusals refusals;
    private final List<Change> wipes = new ArrayList<>();
    private final Set<String> wiped = new HashSet<>();
    private final List<BlockDevice> accepted = new ArrayList<>();

    PhysicalVolumeCheck(LvmCreateVolume operation, NodeFacts facts, Refusals refusals) {
        this.operation = operation;
        this.facts = facts;
        this.refusals = refusals;
    }

    /** The content to wipe before. */
    List<Change> wipes() {
        return wipes;
    }

    /** The space that the devices add to a group. */
    long usableBytes(Size extent) {
        return accepted.stream()
                .mapToLong(device -> (device.bytes() - FIRST_EXTENT) / extent.toBytes() * extent.toBytes())
                .sum();
    }

    /** Shell lines that check the devices again. */
    String guard(List<String> paths) {
        return paths.stream()
                .map(path -> wiped.contains(path)
                        ? UsableDeviceCheck.of(facts, path).guardUse()
                        : UsableDeviceCheck.of(facts, path).guard())
                .collect(Collectors.joining());
    }

    /** Whether a device is a physical volume of a group. */
    boolean isIn(String path, String group) {
        return physicalVolume(facts.get(BlockDevice.probe(path)))
                .map(PhysicalVolume::group)
                .filter(group::equals)
                .isPresent();
    }

    /** Whether all of these devices are usable; otherwise the refusals were added. */
    boolean judge(List<String> paths) {
        Map<String, String> real = new HashMap<>();
        for (String path : paths) {
            BlockDevice device = facts.get(BlockDevice.probe(path));
            String same = device.isBlock() ? real.putIfAbsent(device.realPath(), path) : null;
            if (same != null) {
                refuse(Refusal.of(DeviceRefusal.SAME)
                        .on(facts.name())
                        .found(path + " and " + same + " are the same device")
                        .remedy("Name it once"));
            } else if (judge(path, device)) {
                accepted.add(device);
            }
        }
        return accepted.size() == paths.size();
    }

    private boolean judge(String path, BlockDevice device) {
        UsableDeviceCheck checks = UsableDeviceCheck.of(facts, path);
        Optional<PhysicalVolume> physical = physicalVolume(device);
        String lost = "Its content would be lost";
        if (!checks.checkThere("Correct devices; `lsblk` there shows what there is", refusals)) {
            return false;
        }
        if (physical.isPresent() && physical.get().group() != null) {
            return refuse(Refusal.of(LvmRefusal.OTHER_GROUP)
                    .on(facts.name())
                    .found(path + " is a physical volume of volume group '"
                            + physical.get().group() + "'")
                    .wouldLose(lost)
                    .remedy("Name another device"));
        }
        if (facts.get(StorageProbes.LVM).volumes().stream().anyMatch(volume -> isNameOf(path, volume))) {
            return refuse(Refusal.of(LvmRefusal.LOGICAL_VOLUME)
                    .on(facts.name())
                    .found(path + " is itself a logical volume, which LVM does not take")
                    .wouldLose(lost)
                    .remedy("Name another device"));
        }
        if (!checks.checkUnused(lost, "Name another device, or stop what uses it first", refusals)) {
            return false;
        }
        // LVM itself accepts a physical volume without group, unless it belongs to a missing one
        if (physical.isPresent() && !physical.get().attributes().startsWith("u")) {
            return roomy(path, device);
        }
        return judgeContent(path, device, device.content(), lost) && roomy(path, device);
    }

    private static boolean isNameOf(String path, LogicalVolume volume) {
        String mapped = volume.group().replace("-", "--") + "-" + volume.name().replace("-", "--");
        return path.equals(volume.path()) || path.equals("/dev/mapper/" + mapped);
    }

    private boolean judgeContent(String path, BlockDevice device, String content, String lost) {
        if (content.isEmpty()) {
            return true;
        }
        String finding = path + " holds " + device.shownContent();
        if (!device.readable()) {
            return refuse(Refusal.of(DeviceRefusal.UNREADABLE)
                    .on(facts.name())
                    .found(path + " cannot be read")
                    .wouldLose(lost)
                    .remedy("Name another device; `dmesg` there may say why"));
        }
        if (content.startsWith(PHYSICAL_VOLUME) || device.signatures().contains(PHYSICAL_VOLUME)) {
            return refuse(Refusal.of(LvmRefusal.LOST_GROUP)
                    .on(facts.name())
                    .found(finding + ": it is a physical volume of a group that LVM does not show")
                    .wouldLose(lost)
                    .remedy("`pvs -a` there shows what it belongs to; `pvremove` removes it from LVM"));
        }
        if (!operation.overwrite().allows(content)) {
            return refuse(Refusal.of(DeviceRefusal.NOT_EMPTY)
                    .on(facts.name())
                    .found(finding)
                    .wouldLose("It would be lost")
                    .allowedBy(Overwrite.parameter(content))
                    .remedy("To wipe it, set overwrite to exactly: " + content));
        }
        if (!device.signatures().isEmpty()) {
            wipes.add(Command.of(facts.name(), "wipefs", "-a", path)
                    .guard(UsableDeviceCheck.of(facts, path).guard()));
            wiped.add(path);
        }
        return true;
    }

    private boolean roomy(String path, BlockDevice device) {
        return device.bytes() >= FIRST_EXTENT + LvmCreateVolumePlan.EXTENT.toBytes()
                || refuse(Refusal.of(DeviceRefusal.TOO_SMALL)
                        .on(facts.name())
                        .found(path + " has only " + device.bytes() + " bytes")
                        .remedy("Name a device of 5 MiB or more"));
    }

    private Optional<PhysicalVolume> physicalVolume(BlockDevice device) {
        return facts.get(StorageProbes.LVM).physicalVolumes().stream()
                .filter(volume ->
                        volume.device().equals(device.path()) || volume.device().equals(device.realPath()))
                .findFirst();
    }

    private boolean refuse(Refusal reason) {
        refusals.add(reason);
        return false;
    }
}
