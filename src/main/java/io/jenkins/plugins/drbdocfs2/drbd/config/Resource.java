package io.jenkins.plugins.drbdocfs2.drbd.config;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The wanted configuration of a resource, the same on all its nodes and for all generations of DRBD.
 *
 * @param name its name
 * @param hosts its nodes, in the order of the file
 * @param volumes its volumes
 * @param protocol "A", "B" or "C"
 * @param dualPrimary whether two nodes may be Primary at the same time
 * @param options other sections of drbd.conf(5) at the level of the resource, in the words of any generation
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
     * @param node the output of {@code uname -n} on it
     * @param address the IP address for replication, IPv6 without brackets
     * @param port the TCP port, different for each resource of the node
     * @param nodeId the node-id in the metadata of DRBD 9, 0 to 31; it must not change once metadata exist
     */
    public record Host(String node, String address, int port, int nodeId) implements Serializable {}

    /**
     * A volume.
     *
     * @param number the volume number; 0 if it is the only one
     * @param device the path of the DRBD device, such as {@code /dev/drbd0}
     * @param minor the minor number of the device on the node
     * @param disks by node name; a node that is missing here has no disk (DRBD 9)
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

    /** The volume numbers. */
    public Set<Integer> volumeNumbers() {
        return volumes.stream().map(Volume::number).collect(Collectors.toSet());
    }

    /** The number of peers that each node keeps metadata for: all other nodes with DRBD 9, one with DRBD 8. */
    public int peers() {
        return Math.max(1, hosts.size() - 1);
    }

    /** The number of nodes with a disk for at least one volume. */
    public long diskfulHosts() {
        return hosts.stream()
                .filter(host ->
                        volumes.stream().anyMatch(volume -> volume.disks().containsKey(host.node())))
                .count();
    }
}
