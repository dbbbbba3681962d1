package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Questions about a node's storage: what is mounted, what LVM has. */
public final class StorageProbes {
    private StorageProbes() {}

    /** Asks what is mounted. */
    public static final Probe<MountInfo> MOUNTS =
            new Probe<>("mounts", "cat /proc/self/mountinfo", reading -> MountInfo.parse(reading.text()));

    /** Asks which TCP ports are listened on. */
    public static final Probe<ListeningPorts> PORTS = new Probe<>(
            "ports", "cat /proc/net/tcp; cat /proc/net/tcp6; true", reading -> ListeningPorts.parse(reading.text()));

    /** Asks for LVM's groups, volumes and physical volumes. */
    public static final Probe<LvmFacts> LVM = new Probe<>(
            "lvm",
            "vgs " + Lvm.OPTIONS + " -o " + Lvm.VGS + "; echo =; lvs " + Lvm.OPTIONS + " -o " + Lvm.LVS
                    + "; echo =; pvs " + Lvm.OPTIONS + " -o " + Lvm.PVS,
            reading -> LvmFacts.parse(reading.ok(), reading.text()));

    /**
     * What LVM has.
     *
     * @param known whether LVM could be asked; without it nothing is known
     * @param groups the volume groups
     * @param volumes the logical volumes
     * @param physicalVolumes the physical volumes
     */
    public record LvmFacts(
            boolean known, List<VolumeGroup> groups, List<LogicalVolume> volumes, List<PhysicalVolume> physicalVolumes)
            implements Serializable {
        static LvmFacts parse(boolean known, String text) {
            String[] parts = text.split("(?m)^=$", -1);
            return parts.length == 3
                    ? new LvmFacts(
                            known,
                            Lvm.volumeGroups(parts[0]),
                            Lvm.logicalVolumes(parts[1]),
                            Lvm.physicalVolumes(parts[2]))
                    : new LvmFacts(false, List.of(), List.of(), List.of());
        }

        /** The group of that name. */
        public Optional<VolumeGroup> group(String name) {
            return groups.stream().filter(group -> group.name().equals(name)).findFirst();
        }

        /** The logical volume of that name in that group. */
        public Optional<LogicalVolume> volume(String group, String name) {
            return volumes.stream()
                    .filter(volume ->
                            volume.group().equals(group) && volume.name().equals(name))
                    .findFirst();
        }
    }
}
