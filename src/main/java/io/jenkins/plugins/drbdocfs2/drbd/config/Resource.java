package io.jenkins.plugins.drbdocfs2.drbd.config;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A resource as it is to be configured, the same on all its nodes and for all generations of DRBD.
 *
 * @param name its name
 * @param hosts its nodes, in the order of the file
 * @param volumes its volumes
 * @param protocol "A", "B" or "C"
 * @param dualPrimary whether both nodes may be Primary
 * @param options further sections of drbd.conf(5) at the resource's level, with the words of any generation
 */
public record Resource(
        String name,
        List<Host> hosts,
        List<Volume> volumes,
        String protocol,
        boolean dualPrimary,
        List<ConfigText.Section> options)
        implements Serializable {
    public Resource {
        hosts = List.copyOf(hosts);
        volumes = List.copyOf(volumes);
        options = List.copyOf(options);
    }

    /**
     * A node of the resource.
     *
     * @param node what {@code uname -n} prints on it
     * @param address the IP address that it replicates on, IPv6 without brackets
     * @param port the TCP port, its own among the node's resources
     * @param nodeId the node's number in the metadata of DRBD 9, 0 to 31; never to be changed once metadata exist
     */
    public record Host(String node, String address, int port, int nodeId) implements Serializable {}

    /**
     * A volume.
     *
     * @param number in the resource; 0 for the only one
     * @param device the path of the DRBD device, such as {@code /dev/drbd0}
     * @param minor the device's number on the node
     * @param disks by node name; a node that is missing has no disk (DRBD 9)
     */
    public record Volume(int number, String device, int minor, Map<String, Disk> disks) implements Serializable {
        public Volume {
            disks = ImmutableCopies.of(disks);
        }
    }

    /**
     * A volume's disk on one node.
     *
     * @param device the path of the block device below DRBD
     * @param metaDisk where the metadata are
     */
    public record Disk(String device, MetaDisk metaDisk) implements Serializable {}

    /** The host with this name, or null. */
    public Host host(String node) {
        return hosts.stream()
                .filter(host -> host.node().equals(node))
                .findFirst()
                .orElse(null);
    }

    /** The numbers of its volumes. */
    public Set<Integer> volumeNumbers() {
        return volumes.stream().map(Volume::number).collect(Collectors.toSet());
    }

    /** For how many peers each node keeps metadata: DRBD 9 does for all others, 8 has one. */
    public int peers() {
        return Math.max(1, hosts.size() - 1);
    }

    /** How many nodes have a disk for at least one volume. */
    public long diskfulHosts() {
        return hosts.stream()
                .filter(host ->
                        volumes.stream().anyMatch(volume -> volume.disks().containsKey(host.node())))
                .count();
    }
}
