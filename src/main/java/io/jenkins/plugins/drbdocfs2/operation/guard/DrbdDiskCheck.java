package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DeviceRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceUses;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that a device is not a disk or metadata device of a DRBD resource. A resource that is down also uses its disks:
 * they hold its data, and it opens them when it comes up.
 */
final class DrbdDiskCheck {
    private static final String LOSS = "Using it below DRBD destroys the resource's metadata and data";

    private final NodeFacts node;
    private final BlockDevice device;
    private String own;
    private Integer slot;

    DrbdDiskCheck(NodeFacts node, BlockDevice device) {
        this.node = node;
        this.device = device;
    }

    /** Allows disks of this resource. */
    void ofResource(String resource) {
        own = resource;
    }

    /** Checks one slot of the device only; null for the whole device. */
    void slot(Integer index) {
        slot = index;
    }

    /** Refuses if it is not known which devices belong to DRBD. */
    void checkKnown(Refusals refusals) {
        DrbdDevices devices = node.get(DrbdDevices.PROBE);
        String loss = "The data of a resource could be lost";
        if (!devices.known()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.CONFIGURATION_UNKNOWN)
                    .on(node.name())
                    .found("DRBD's configuration there cannot be read, so whether " + device.path()
                            + " belongs to a resource is not known: `drbdadm dump` fails: " + devices.error())
                    .wouldLose(loss)
                    .remedy(ResourceCheck.remedy(devices.error())));
        }
        if (node.get(DrbdProbes.STATE).isEmpty()) {
            refusals.add(Refusal.of(DrbdRefusal.STATE_UNKNOWN)
                    .on(node.name())
                    .found("DRBD's state there cannot be read, so whether " + device.path()
                            + " belongs to a resource is not known" + node.diagnostics(DrbdProbes.STATE))
                    .wouldLose(loss)
                    .remedy("See what `drbdsetup events2 --now` says on the node"));
        }
    }

    /** Refuses if the device is, or is on, a disk of another resource. */
    void checkNoDisk(Refusals refusals) {
        for (DrbdDevices.Device other : volumes()) {
            if (!other.resource().equals(own) && !hasAnotherSlot(other)) {
                boolean same = slot != null && !slots(other).isEmpty();
                String state = DrbdFacts.state(node, other.resource()) == null ? "down" : "up";
                refuse(
                        (same ? "slot " + slot + " of " + device.path() + " is that" : device.path() + " is a disk")
                                + " of the DRBD resource '" + other.resource() + "', which is " + state,
                        ", such as " + other.path() + ",",
                        refusals);
                return;
            }
        }
        for (String below : node.get(DeviceUses.PROBE).pathsBelow(device)) {
            node.get(DrbdDevices.PROBE)
                    .below(below, below)
                    .filter(resource -> !resource.equals(own) && !isDeviceOf(resource))
                    .ifPresent(resource -> refuse(
                            device.path() + " is on " + below + ", which is a disk of the DRBD resource '" + resource
                                    + "'",
                            ",",
                            refusals));
        }
    }

    private void refuse(String finding, String suchAs, Refusals refusals) {
        refusals.add(Refusal.of(DeviceRefusal.DRBD_DISK)
                .on(node.name())
                .found(finding)
                .wouldLose(LOSS)
                .remedy("Use the resource's own device" + suchAs
                        + " or remove the resource with drbdRemoveResource; no parameter allows this"));
    }

    /** The kernel names of the DRBD devices that may use the device: of its own resource, and with other slots. */
    List<String> allowedUsers() {
        List<String> allowed = new ArrayList<>();
        if (own != null && DrbdFacts.state(node, own) != null) {
            DrbdFacts.state(node, own).volumes().values().forEach(volume -> allowed.add("drbd" + volume.minor()));
        }
        if (slot != null) {
            volumes().stream().filter(this::hasAnotherSlot).forEach(other -> allowed.add("drbd" + other.minor()));
        }
        return allowed.stream().distinct().toList();
    }

    /** Whether other resources have slots of the device. */
    boolean isShared() {
        return volumes().stream()
                .anyMatch(
                        other -> !other.resource().equals(own) && !slots(other).isEmpty());
    }

    private List<DrbdDevices.Device> volumes() {
        return node.get(DrbdDevices.PROBE).on(device.path(), device.realPath());
    }

    private boolean hasAnotherSlot(DrbdDevices.Device other) {
        List<DrbdDevices.Slot> slots = slots(other);
        return slot != null && !slots.isEmpty() && slots.stream().noneMatch(taken -> slot.equals(taken.index()));
    }

    private List<DrbdDevices.Slot> slots(DrbdDevices.Device other) {
        return other.slots().stream()
                .filter(taken ->
                        taken.device().equals(device.path()) || taken.device().equals(device.realPath()))
                .toList();
    }

    private boolean isDeviceOf(String resource) {
        return DrbdDeviceFacts.of(node, device)
                .filter(volume -> volume.resource().equals(resource))
                .isPresent();
    }
}
