package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.ocfs2.HeartbeatRegion;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DeviceRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.Ocfs2Refusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceRecheck;
import io.jenkins.plugins.drbdocfs2.storage.DeviceUses;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.UnfinishedFilesystem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a device is usable, for all steps that wipe, format, mount or create something on a device. It refuses a
 * device that is in use on the node, itself or above or below it; a disk of a DRBD resource, up or down; and a device that
 * any node has mounted according to OCFS2's slot map.
 */
public final class UsableDeviceCheck {
    private static final String OCFS2 = "ocfs2";
    private static final String LOSS_BELOW_DRBD = "Using it below DRBD destroys the resource's metadata and data";

    private final NodeFacts node;
    private final String path;
    private final BlockDevice device;
    private final Set<String> except = new LinkedHashSet<>();
    private String own;
    private Integer slot;
    private boolean shared;
    private boolean heartbeat;
    private boolean filesRead;

    private UsableDeviceCheck(NodeFacts node, String path) {
        this.node = node;
        this.path = path;
        this.device = node.get(BlockDevice.probe(path));
    }

    /** The probes for devices. */
    public static ProbeSet probes(Collection<String> paths) {
        List<Probe<?>> probes = new ArrayList<>(List.of(
                StorageProbes.MOUNTS,
                DeviceUses.PROBE,
                HeartbeatRegion.PROBE,
                DrbdProbes.STATE,
                DrbdDevices.PROBE,
                Ocfs2Probes.STATE));
        paths.forEach(path -> probes.add(BlockDevice.probe(path)));
        return ProbeSet.of(probes);
    }

    /** The additional probes when their content is known. */
    public static ProbeSet probes(Collection<String> paths, NodeFacts known) {
        List<Probe<?>> probes = new ArrayList<>();
        for (String path : paths) {
            if (known.get(BlockDevice.probe(path)).content().contains(OCFS2)) {
                probes.add(Ocfs2Probes.volume(path));
                probes.add(UnfinishedFilesystem.probe(path));
            }
        }
        probes.removeIf(known::has);
        return ProbeSet.of(probes);
    }

    /** The checks of a device on a node, by the facts of {@link #probes}. */
    public static UsableDeviceCheck of(NodeFacts node, String path) {
        return new UsableDeviceCheck(node, path);
    }

    /** The same for a device that may belong to this resource. */
    public UsableDeviceCheck ofResource(String resource) {
        own = resource;
        node.get(DrbdProbes.STATE).orElse(DrbdState.NONE).resources().values().stream()
                .filter(running -> running.name().equals(resource))
                .flatMap(running -> running.volumes().values().stream())
                .forEach(volume -> except.add("drbd" + volume.minor()));
        return this;
    }

    /** The same for one slot of the device; others may use the other slots. */
    public UsableDeviceCheck slot(Integer index) {
        slot = index;
        if (index != null) {
            configured().stream().filter(this::hasAnotherSlot).forEach(other -> except.add("drbd" + other.minor()));
        }
        return this;
    }

    /** The same for a filesystem that other nodes may have mounted. */
    public UsableDeviceCheck sharedFilesystem() {
        shared = true;
        return this;
    }

    /** The same for a device with an allowed OCFS2 heartbeat. */
    public UsableDeviceCheck heartbeat() {
        heartbeat = true;
        return this;
    }

    /** The same if drbdadm has read the files of the node together with the new one. */
    public UsableDeviceCheck filesRead(boolean read) {
        filesRead = read;
        return this;
    }

    private List<DrbdDevices.Device> configured() {
        return node.get(DrbdDevices.PROBE).on(path, device.realPath());
    }

    private boolean hasAnotherSlot(DrbdDevices.Device other) {
        List<DrbdDevices.Slot> slots = slots(other);
        return slot != null && !slots.isEmpty() && slots.stream().noneMatch(taken -> slot.equals(taken.index()));
    }

    private List<DrbdDevices.Slot> slots(DrbdDevices.Device other) {
        return other.slots().stream()
                .filter(taken -> taken.device().equals(path) || taken.device().equals(device.realPath()))
                .toList();
    }

    /** Whether other resources have slots of the device. */
    public boolean isShared() {
        return configured().stream()
                .anyMatch(
                        other -> !other.resource().equals(own) && !slots(other).isEmpty());
    }

    /** The reason why there is no usable block device, without remedy; empty if there is one. */
    Optional<Refusal> absence() {
        Refusal reason =
                switch (device.kind()) {
                    case ABSENT -> Refusal.of(DeviceRefusal.ABSENT).found("there is no device " + path);
                    case OTHER -> Refusal.of(DeviceRefusal.NOT_BLOCK).found(path + " is not a block device");
                    case SUSPENDED -> Refusal.of(DrbdRefusal.SUSPENDED).found(SuspendedIoCheck.finding(device));
                    case BLOCK, UNSEEN -> null;
                };
        return Optional.ofNullable(reason).map(refusal -> refusal.on(node.name()));
    }

    /** Refuses if there is no usable block device; returns whether there is one. */
    public boolean checkThere(String remedy, Refusals refusals) {
        absence().ifPresent(reason -> refusals.add(reason.remedy(remedy)));
        return absence().isEmpty();
    }

    /**
     * Refuses if something uses the device; returns whether it is unused.
     *
     * @param loss the possible loss or damage
     * @param remedy what to do
     */
    public boolean checkUnused(String loss, String remedy, Refusals refusals) {
        Refusals found = new Refusals();
        if (!filesRead) {
            DrbdDeviceFacts.checkKnown(node, path, found);
        }
        if (!node.get(DeviceUses.PROBE).known()) {
            found.add(Refusal.of(DeviceRefusal.USES_UNKNOWN)
                    .on(node.name())
                    .found("what uses " + path + " cannot be read from /sys and /proc there")
                    .wouldLose(loss)
                    .remedy("Check that these are mounted, and that `find`, `stat` and `readlink` work there"));
        }
        List<String> uses = uses();
        if (!uses.isEmpty()) {
            found.add(Refusal.of(
                            uses.stream().anyMatch(DeviceUses::isMount) ? DeviceRefusal.MOUNTED : DeviceRefusal.IN_USE)
                    .on(node.name())
                    .found(path + " is in use: " + String.join(", ", uses))
                    .wouldLose(loss)
                    .remedy(remedy));
        }
        checkNoDisk(found);
        if (!shared) {
            checkMountedByNobody(loss, found);
        }
        refusals.addAll(found);
        return !found.any();
    }

    /** The users of the device, in words after "in use: ". */
    List<String> uses() {
        List<String> uses = node.get(DeviceUses.PROBE).of(device, node.get(StorageProbes.MOUNTS), except);
        return uses.isEmpty() && !heartbeat ? heartbeats() : uses;
    }

    // The heartbeat writes to unmounted devices: with global heartbeat, and after a second mount left a reference
    // behind.
    private List<String> heartbeats() {
        return !node.has(HeartbeatRegion.PROBE)
                ? List.of()
                : node.get(HeartbeatRegion.PROBE).stream()
                        .filter(region -> device.realPath().equals("/dev/" + region.device()))
                        .map(region -> "by a " + region.mode() + " heartbeat of OCFS2 (region " + region.uuid() + ")")
                        .toList();
    }

    // A resource that is down also uses its disks: they hold its data, and it opens them when it comes up.
    private void checkNoDisk(Refusals refusals) {
        DrbdDevices devices = node.get(DrbdDevices.PROBE);
        for (DrbdDevices.Device other : configured()) {
            if (!other.resource().equals(own) && !hasAnotherSlot(other)) {
                boolean same = slot != null && !slots(other).isEmpty();
                String state = DrbdFacts.state(node, other.resource()) == null ? "down" : "up";
                refusals.add(Refusal.of(DeviceRefusal.DRBD_DISK)
                        .on(node.name())
                        .found(
                                same
                                        ? "slot " + slot + " of " + path + " is that of the DRBD resource '"
                                                + other.resource() + "', which is " + state
                                        : path + " is a disk of the DRBD resource '" + other.resource() + "', which is "
                                                + state)
                        .wouldLose(LOSS_BELOW_DRBD)
                        .remedy("Use the resource's own device, such as " + other.path()
                                + ", or remove the resource with drbdRemoveResource; no parameter allows this"));
                return;
            }
        }
        for (String below : node.get(DeviceUses.PROBE).pathsBelow(device)) {
            devices.below(below, below)
                    .filter(resource -> !resource.equals(own) && !isDeviceOf(resource))
                    .ifPresent(resource -> refusals.add(Refusal.of(DeviceRefusal.DRBD_DISK)
                            .on(node.name())
                            .found(path + " is on " + below + ", which is a disk of the DRBD resource '" + resource
                                    + "'")
                            .wouldLose(LOSS_BELOW_DRBD)
                            .remedy("Use the resource's own device, or remove the resource with drbdRemoveResource; no"
                                    + " parameter allows this")));
        }
    }

    private boolean isDeviceOf(String resource) {
        return DrbdDeviceFacts.of(node, device)
                .filter(volume -> volume.resource().equals(resource))
                .isPresent();
    }

    /** Refuses if a node has the volume mounted according to OCFS2's slot map, or the slot map is unreadable. */
    void checkMountedByNobody(String loss, Refusals refusals) {
        boolean asked = node.has(Ocfs2Probes.volume(path));
        List<String> users = !asked
                ? null
                : node.get(Ocfs2Probes.volume(path))
                        .flatMap(volume -> Ocfs2Facts.mountedBy(node, volume))
                        .orElse(null);
        if (users == null && device.content().contains(OCFS2) && !(asked && isUnfinished(node, path))) {
            refusals.add(Refusal.of(Ocfs2Refusal.SLOTS_UNKNOWN)
                    .on(node.name())
                    .found("there is an OCFS2 filesystem on " + path
                            + ", and `debugfs.ocfs2 -R slotmap` does not report who has it mounted"
                            + (asked ? node.said(Ocfs2Probes.volume(path)) : ""))
                    .wouldLose(loss)
                    .remedy("See what it says on the node; it is in the package ocfs2-tools"));
        }
        if (users == null || users.isEmpty()) {
            return;
        }
        refusals.add(Refusal.of(Ocfs2Refusal.SLOT_HELD)
                .on(node.name())
                .found("the OCFS2 filesystem on " + path + " says that it is mounted by " + String.join(", ", users))
                .wouldLose(loss)
                .remedy("Unmount it there first. A node that crashed is told too, until the filesystem is mounted and "
                        + "unmounted"
                        + " once more (or checked with fsck.ocfs2)"));
    }

    /**
     * Whether it holds a filesystem whose creation was interrupted, so that nothing can be lost. What was cut off can also
     * lie below another filesystem, which may hold files: then it does not count.
     */
    static boolean isUnfinished(NodeFacts node, String path) {
        BlockDevice block = node.get(BlockDevice.probe(path));
        String type = block.blkid().type();
        return node.get(UnfinishedFilesystem.probe(path))
                && type != null
                && UnfinishedFilesystem.TYPES.contains(type)
                && block.signatures().stream().allMatch(signature -> signature.split(" ", 2)[0].equals(type));
    }

    /** Shell lines that check use and content again before an action in the same script. */
    public String guard() {
        return DeviceRecheck.all(device, List.copyOf(except));
    }

    /** The same for the use only, if an earlier command of the plan has changed the content. */
    public String guardUse() {
        return DeviceRecheck.use(device, List.copyOf(except));
    }
}
