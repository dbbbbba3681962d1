package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The DRBD devices according to a node's configuration files. Other parts use this to find the DRBD device of a path.
 *
 * @param known true if drbdadm printed them in a known form, or is not installed, so that there are none
 * @param devices the volumes of all resources that this node takes part in
 * @param error why they are unknown, with drbdadm's message; empty if they are known
 */
public record DrbdDevices(boolean known, List<Device> devices, String error) implements Serializable {
    /** No resource is configured. */
    public static final DrbdDevices NONE = new DrbdDevices(true, List.of());

    /** The probe for this on DRBD 8.3, 8.4 and 9. */
    public static final Probe<DrbdDevices> PROBE =
            Probe.tame("drbd devices", DrbdDumpParser.SCRIPT, DrbdDumpParser::parse);

    public DrbdDevices {
        devices = List.copyOf(devices);
    }

    /** The devices, or unknown ones without a reason. */
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
     * @param resource the name of the resource
     * @param path the path of the DRBD device
     * @param minor its minor number, or -1
     * @param dualPrimary whether the resource allows two Primaries
     * @param primaryAtBoot whether the resource has {@code become-primary-on}, which DRBD 8 needs to become Primary at boot
     * @param lossMillis the most milliseconds until DRBD gives up a silent peer, by ping-int, ping-timeout and timeout;
     *     writes wait until then. drbd.conf(5)
     * @param disks the disks and metadata devices of the resource on this node: their paths, the paths these resolve to,
     *     and their device-mapper names
     * @param slots the metadata devices among them that other resources may share, with the slots of this resource
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
     * A metadata slot on a device that several volumes share.
     *
     * @param device one of the names of the device
     * @param index the index of the slot
     */
    public record Slot(String device, int index) implements Serializable {}

    /** The volume with this device, by path or minor number. */
    public Optional<Device> of(String path, int minor) {
        return devices.stream()
                .filter(device -> device.path().equals(path) || minor >= 0 && device.minor() == minor)
                .findFirst();
    }

    /** The resource that uses the device as a disk, or for its metadata. */
    public Optional<String> below(String path, String realPath) {
        return on(path, realPath).stream().map(Device::resource).findFirst();
    }

    /** The volumes of the resources that use the device as a disk, or for their metadata. */
    public List<Device> on(String path, String realPath) {
        return devices.stream()
                .filter(device -> device.disks().contains(path)
                        || !realPath.isEmpty() && device.disks().contains(realPath))
                .toList();
    }

    /** A copy where the volumes of a resource on a node are replaced by those of a new configuration. */
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

    /** A copy without the volumes of a resource. */
    public DrbdDevices without(String resource) {
        return new DrbdDevices(
                known,
                devices.stream()
                        .filter(device -> !device.resource().equals(resource))
                        .toList(),
                error);
    }
}
