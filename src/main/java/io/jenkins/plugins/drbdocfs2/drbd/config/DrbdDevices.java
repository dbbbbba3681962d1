package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The devices of DRBD as a node's files have them, for whoever has a path and asks what DRBD makes of it.
 *
 * @param known whether drbdadm could read its files and was understood, or is not installed so that there can be none
 * @param devices the volumes of all resources that this node takes part in
 * @param error why they are not known, in drbdadm's own words; empty if they are
 */
public record DrbdDevices(boolean known, List<Device> devices, String error) implements Serializable {
    /** No resource is configured. */
    public static final DrbdDevices NONE = new DrbdDevices(true, List.of());

    /** Probes them on DRBD 8.3, 8.4 and 9. */
    public static final Probe<DrbdDevices> PROBE =
            new Probe<>("drbd devices", DrbdDumpParser.SCRIPT, DrbdDumpParser::parse);

    public DrbdDevices {
        devices = List.copyOf(devices);
    }

    /** The devices, known or not for a reason that is not told. */
    public DrbdDevices(boolean known, List<Device> devices) {
        this(known, devices, "");
    }

    /** Devices that could not be read. */
    static DrbdDevices unknown(String error) {
        return new DrbdDevices(false, List.of(), error);
    }

    /**
     * A volume.
     *
     * @param resource the resource's name
     * @param path the path of the DRBD device
     * @param minor its number, or -1
     * @param dualPrimary whether the resource allows two Primaries
     * @param primaryAtBoot whether the resource has {@code become-primary-on}, which 8.x needs to come up as Primary
     * @param lossMillis after how many milliseconds at most the resource gives up a peer that says nothing more, by its
     *     ping-int, ping-timeout and timeout; until then what is written waits. drbd.conf(5)
     * @param disks the disks and metadata devices of the resource on this node: their paths, where these lead to, and
     *     what device-mapper calls them
     * @param slots of those, the metadata devices that other resources may share, with the slots that this one has
     */
    public record Device(
            String resource,
            String path,
            int minor,
            boolean dualPrimary,
            boolean primaryAtBoot,
            long lossMillis,
            List<String> disks,
            List<Slot> slots)
            implements Serializable {}

    /**
     * A slot of a device for the metadata of several volumes.
     *
     * @param device one of the device's names
     * @param index which slot
     */
    public record Slot(String device, int index) implements Serializable {}

    /** The volume with that device, by path or minor number. */
    public Optional<Device> of(String path, int minor) {
        return devices.stream()
                .filter(device -> device.path().equals(path) || minor >= 0 && device.minor() == minor)
                .findFirst();
    }

    /** The resource that has the device as a disk, or for its metadata. */
    public Optional<String> below(String path, String realPath) {
        return on(path, realPath).stream().map(Device::resource).findFirst();
    }

    /** The volumes of the resources that have the device as a disk, or for their metadata. */
    public List<Device> on(String path, String realPath) {
        return devices.stream()
                .filter(device -> device.disks().contains(path)
                        || !realPath.isEmpty() && device.disks().contains(realPath))
                .toList();
    }

    /** With the volumes of a resource as it is to be on a node, in place of those that it had. */
    public DrbdDevices with(Resource resource, String node, EffectiveOptions options) {
        List<String> disks = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        for (Resource.Volume volume : resource.volumes()) {
            Resource.Disk disk = volume.disks().get(node);
            if (disk != null) {
                disks.add(disk.device());
                if (!disk.metaDisk().isInternal()) {
                    disks.add(disk.metaDisk().device());
                    if (disk.metaDisk().index() != null) {
                        slots.add(new Slot(
                                disk.metaDisk().device(), disk.metaDisk().index()));
                    }
                }
            }
        }
        List<Device> all = new ArrayList<>(without(resource.name()).devices());
        for (Resource.Volume volume : resource.volumes()) {
            all.add(new Device(
                    resource.name(),
                    volume.device(),
                    volume.minor(),
                    resource.dualPrimary(),
                    options.value("become-primary-on").isPresent(),
                    options.lossMillis(),
                    disks,
                    slots));
        }
        return new DrbdDevices(known, all, error);
    }

    /** Without the volumes of a resource. */
    public DrbdDevices without(String resource) {
        return new DrbdDevices(
                known,
                devices.stream()
                        .filter(device -> !device.resource().equals(resource))
                        .toList(),
                error);
    }
}
