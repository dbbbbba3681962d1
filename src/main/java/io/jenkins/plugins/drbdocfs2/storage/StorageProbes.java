package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Probes of a node's storage: mounts, ports, LVM. */
public final class StorageProbes {
    private StorageProbes() {}

    /** Probes the mounts. */
    public static final Probe<MountInfo> MOUNTS =
            new Probe<>("mounts", "cat /proc/self/mountinfo", StorageProbes::mounts);

    /** Probes the listening TCP ports. */
    public static final Probe<ListeningPorts> PORTS = Probe.tame(
            "ports", "cat /proc/net/tcp /proc/net/tcp6; true", reading -> ListeningPorts.parse(reading.text()));

    /**
     * Probes the groups, volumes and physical volumes of LVM. A physical volume has its real path, as in {@link
     * BlockDevice#realPath}, whichever name LVM prefers. LVM reads all block devices of the node, so the probe does not run
     * while a DRBD device has suspended I/O.
     */
    public static final Probe<LvmFacts> LVM = new Probe<>(
            "lvm",
            SuspendedDrbdDevices.SHELL + ShellFile.read(StorageProbes.class, "lvm.sh"),
            reading -> LvmFacts.parse(reading.ok(), reading.text()));

    private static MountInfo mounts(Reading reading) {
        if (!reading.ok() || reading.text().isBlank()) {
            throw new TextFormatException("/proc/self/mountinfo cannot be read, or is empty");
        }
        return MountInfo.parse(reading.text());
    }

    /**
     * The groups and volumes of LVM.
     *
     * @param known whether LVM could be read; otherwise the lists mean nothing
     * @param groups the volume groups
     * @param volumes the logical volumes
     * @param physicalVolumes the physical volumes
     */
    public record LvmFacts(
            boolean known, List<VolumeGroup> groups, List<LogicalVolume> volumes, List<PhysicalVolume> physicalVolumes)
            implements Serializable {
        static LvmFacts parse(boolean known, String text) {
            String[] parts = text.split("(?m)^=$", -1);
            if (parts.length < 3) {
                return new LvmFacts(false, List.of(), List.of(), List.of());
            }
            Map<String, String> real = new HashMap<>();
            for (String line : parts.length > 3 ? parts[3].split("\n") : new String[0]) {
                String[] names = line.split("\\|", 2);
                real.put(names[0], names[names.length - 1]);
            }
            List<PhysicalVolume> physical = LvmReports.physicalVolumes(parts[2]).stream()
                    .map(volume -> new PhysicalVolume(
                            real.getOrDefault(volume.device(), volume.device()),
                            volume.group(),
                            volume.sizeBytes(),
                            volume.attributes()))
                    .toList();
            List<VolumeGroup> groups = LvmReports.volumeGroups(parts[0]);
            List<LogicalVolume> volumes = LvmReports.logicalVolumes(parts[1]);
            Set<String> names = groups.stream().map(VolumeGroup::name).collect(Collectors.toSet());
            boolean whole = volumes.stream().map(LogicalVolume::group).allMatch(names::contains)
                    && physical.stream()
                            .map(PhysicalVolume::group)
                            .allMatch(group -> group == null || names.contains(group));
            if (known && !whole) {
                throw new TextFormatException("LVM's report lists volumes of a group that it does not list");
            }
            return new LvmFacts(known, groups, volumes, physical);
        }

        /** The group with this name. */
        public Optional<VolumeGroup> group(String name) {
            return groups.stream().filter(group -> group.name().equals(name)).findFirst();
        }

        /** The logical volume with a name in a group. */
        public Optional<LogicalVolume> volume(String group, String name) {
            return volumes.stream()
                    .filter(volume ->
                            volume.group().equals(group) && volume.name().equals(name))
                    .findFirst();
        }
    }
}
