package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.ConfigText;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdLimits;
import io.jenkins.plugins.drbdocfs2.drbd.MetaDisk;
import io.jenkins.plugins.drbdocfs2.drbd.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.ResourceText;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A resource as drbdCreateResource is given it: by parameters, or as the text of a .res file.
 *
 * @param name its name
 * @param volumes its volumes; none where {@code config} is given
 * @param nodeDisks disks that are others on some nodes
 * @param config the text of a .res file with this resource; null where volumes are given
 * @param port the TCP port of its replication, on all nodes
 * @param protocol A, B or C
 * @param dualPrimary whether both nodes may be Primary
 * @param options further sections in the syntax of drbd.conf(5); null for none
 */
public record ResourceSpec(
        String name,
        List<VolumeSpec> volumes,
        List<NodeDiskSpec> nodeDisks,
        String config,
        int port,
        String protocol,
        boolean dualPrimary,
        String options)
        implements Serializable {
    private static final Pattern NUMBERED = Pattern.compile("/dev/drbd([0-9]{1,7})");

    public ResourceSpec {
        volumes = List.copyOf(volumes);
        nodeDisks = List.copyOf(nodeDisks);
    }

    /** The path of the resource's file on every node. */
    public String path() {
        return "/etc/drbd.d/" + name + ".res";
    }

    /**
     * The resource on these nodes.
     *
     * @throws InvalidParameterException if a parameter does not fit what DRBD allows, or the others
     */
    public Resource on(List<Node> nodes) {
        DrbdLimits.resourceName("resource", name);
        Resource resource = config == null ? fromParameters(nodes) : fromConfig(nodes);
        DrbdLimits.check(resource);
        return resource;
    }

    private Resource fromParameters(List<Node> nodes) {
        Check.that(!volumes.isEmpty(), "device and disk", null, "be given, or volumes, or config");
        DrbdLimits.port("port", port);
        for (NodeDiskSpec disk : nodeDisks) {
            Parameters.node("nodeDisks", disk.node(), nodes);
            Check.that(
                    volumes.stream().anyMatch(volume -> volume.number() == disk.volume()),
                    "nodeDisks",
                    disk.volume(),
                    "name a volume of the resource");
        }
        List<Resource.Host> hosts = new ArrayList<>();
        for (Node node : nodes) {
            hosts.add(new Resource.Host(node.name(), node.address(), port, hosts.size()));
        }
        return new Resource(
                name,
                hosts,
                volumes.stream().map(volume -> volume(volume, nodes)).toList(),
                DrbdLimits.protocol("protocol", protocol),
                dualPrimary,
                sections());
    }

    private Resource.Volume volume(VolumeSpec volume, List<Node> nodes) {
        DrbdLimits.device("device", volume.device());
        Matcher numbered = NUMBERED.matcher(volume.device());
        Check.that(numbered.matches(), "device", volume.device(), "be /dev/drbd and a number, such as /dev/drbd0");
        Map<String, Resource.Disk> disks = new LinkedHashMap<>();
        for (Node node : nodes) {
            String disk = volume.disk();
            String metaDisk = volume.metaDisk();
            for (NodeDiskSpec other : nodeDisks) {
                if (other.node().equals(node.name()) && other.volume() == volume.number()) {
                    disk = other.disk() == null ? disk : other.disk();
                    metaDisk = other.metaDisk() == null ? metaDisk : other.metaDisk();
                }
            }
            Check.given("disk", disk);
            disks.put(node.name(), new Resource.Disk(disk, MetaDisk.parse(metaDisk == null ? "internal" : metaDisk)));
        }
        return new Resource.Volume(volume.number(), volume.device(), Integer.parseInt(numbered.group(1)), disks);
    }

    private List<ConfigText.Section> sections() {
        if (options == null) {
            return List.of();
        }
        List<ConfigText.Section> sections = new ArrayList<>();
        for (ConfigText.Item item : parsed("options", options).items()) {
            if (item instanceof ConfigText.Section section) {
                sections.add(section);
            } else {
                throw new InvalidParameterException(
                        "options",
                        "options must hold sections such as `net { ... }` only, but there is the statement "
                                + Check.quoted(item.name()) + " outside of one");
            }
        }
        return sections;
    }

    private static ConfigText parsed(String parameter, String text) {
        try {
            return ConfigText.parse(text);
        } catch (TextFormatException e) {
            throw new InvalidParameterException(parameter, parameter + " cannot be read: " + e.getMessage());
        }
    }

    private Resource fromConfig(List<Node> nodes) {
        Check.that(volumes.isEmpty(), "config", "config and device, disk or volumes", "be given alone");
        Resource resource;
        try {
            resource = ResourceText.parse(config);
        } catch (TextFormatException e) {
            throw new InvalidParameterException("config", "config cannot be read: " + e.getMessage());
        }
        Check.that(resource.name().equals(name), "config", resource.name(), "hold the resource '" + name + "'");
        for (Resource.Host host : resource.hosts()) {
            Parameters.node("config's on", host.node(), nodes);
        }
        return resource;
    }
}
