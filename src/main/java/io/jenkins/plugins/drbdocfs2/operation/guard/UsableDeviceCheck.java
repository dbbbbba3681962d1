package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.ocfs2.HeartbeatRegion;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DeviceRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceRecheck;
import io.jenkins.plugins.drbdocfs2.storage.DeviceUses;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.UnfinishedFilesystem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a device is usable, for all steps that wipe, format, mount or create something on a device. It refuses a
 * device that is in use on the node, itself or above or below it; a disk of a DRBD resource, up or down; and a device that
 * any node has mounted according to OCFS2's slot map.
 */
public final class UsableDeviceCheck {
    private final NodeFacts node;
    private final String path;
    private final BlockDevice device;
    private final DrbdDiskCheck disks;
    private boolean shared;
    private boolean heartbeat;
    private boolean filesRead;

    private UsableDeviceCheck(NodeFacts node, String path) {
        this.node = node;
        this.path = path;
        this.device = node.get(BlockDevice.probe(path));
        this.disks = new DrbdDiskCheck(node, device);
    }

    /** The probes for devices. */
    public static ProbeSet probes(Collection<String> paths) {
        List<Probe<?>> probes = new ArrayList<>(List.of(
                StorageProbes.MOUNTS,
                DeviceUses.PROBE,
                HeartbeatRegion.PROBE,
                DrbdProbes.STATE,
                DrbdDevices.PROBE,
                Ocfs2Probes.STATE,
                ResourceManagers.PROBE));
        paths.forEach(path -> probes.add(BlockDevice.probe(path)));
        return ProbeSet.of(probes);
    }

    /** The further probes, once the content of the devices is known. */
    public static ProbeSet probes(Collection<String> paths, NodeFacts known) {
        List<Probe<?>> probes = new ArrayList<>();
        for (String path : paths) {
            if (known.get(BlockDevice.probe(path)).content().contains("ocfs2")) {
                probes.add(Ocfs2Probes.volume(path));
                probes.add(UnfinishedFilesystem.probe(path));
            }
        }
        return ProbeSet.of(probes).missingIn(known);
    }

    /** The checks of a device on a node, by the facts of {@link #probes}. */
    public static UsableDeviceCheck of(NodeFacts node, String path) {
        return new UsableDeviceCheck(node, path);
    }

    /** The same for a device that may belong to this resource. */
    public UsableDeviceCheck ofResource(String resource) {
        disks.ofResource(resource);
        return this;
    }

    /** The same for one slot of the device; others may use the other slots. */
    public UsableDeviceCheck slot(Integer index) {
        disks.slot(index);
        return this;
    }

    /** The same for a filesystem that other nodes may have mounted. */
    public UsableDeviceCheck sharedFilesystem() {
        shared = true;
        return this;
    }

    /** The same for a device that may have a heartbeat of OCFS2. */
    public UsableDeviceCheck heartbeat() {
        heartbeat = true;
        return this;
    }

    /** The same if drbdadm has read the files of the node together with the new one. */
    public UsableDeviceCheck filesRead(boolean read) {
        filesRead = read;
        return this;
    }

    /** Whether other resources have slots of the device. */
    public boolean isShared() {
        return disks.isShared();
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
            disks.checkKnown(found);
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
        disks.checkNoDisk(found);
        if (!shared) {
            SlotMapCheck.check(node, device, loss, found);
        }
        refusals.addAll(found);
        return !found.any();
    }

    /** The users of the device, in words after "in use: ". */
    List<String> uses() {
        List<String> uses =
                node.get(DeviceUses.PROBE).of(device, node.get(StorageProbes.MOUNTS), Set.copyOf(disks.allowedUsers()));
        return uses.isEmpty() && !heartbeat ? heartbeats() : uses;
    }

    // The heartbeat also writes to unmounted devices: a global one, and one that a second mount has left behind.
    private List<String> heartbeats() {
        return !node.has(HeartbeatRegion.PROBE)
                ? List.of()
                : node.get(HeartbeatRegion.PROBE).stream()
                        .filter(region -> device.realPath().equals("/dev/" + region.device()))
                        .map(region -> "by a " + region.mode() + " heartbeat of OCFS2 (region " + region.uuid() + ")")
                        .toList();
    }

    /** Shell lines that check use and content again before an action in the same script. */
    public String guard() {
        return DeviceRecheck.all(device, disks.allowedUsers());
    }

    /** The same for the use only, if an earlier command of the plan has changed the content. */
    public String guardUse() {
        return DeviceRecheck.use(device, disks.allowedUsers());
    }
}
