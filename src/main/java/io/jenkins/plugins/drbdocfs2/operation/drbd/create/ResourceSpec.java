package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.drbd.config.MetaDisk;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resource in the parameters of drbdCreateResource, or in the text of a .res file.
 *
 * @param name its name
 * @param volumes its volumes; empty if {@code config} is given
 * @param nodeDisks disks that differ on single nodes
 * @param config the text of a .res file with this resource; null if volumes are given
 * @param port the TCP port for replication, on all nodes
 * @param protocol A, B or C
 * @param dualPrimary whether both nodes may be Primary
 * @param options additional sections in the syntax of drbd.conf(5); null for none
 * @param secret the shared-secret; null for none, or if it is part of the options or of config
 */
public record ResourceSpec(
        String name,
        List<VolumeSpec> volumes,
        List<NodeDiskSpec> nodeDisks,
        String config,
        int port,
        String protocol,
        boolean dualPrimary,
        String options,
        SharedSecret secret)
        implements Serializable {
    /** The default port. */
    public static final int DEFAULT_PORT = 7789;

    private static final Pattern NUMBERED = Pattern.compile("/dev/drbd([0-9]{1,7})");

    public ResourceSpec {
        volumes = List.copyOf(volumes);
        nodeDisks = List.copyOf(nodeDisks);
    }

    /** A resource without a separate secret. */
    public ResourceSpec(
            String name,
            List<VolumeSpec> volumes,
            List<NodeDiskSpec> nodeDisks,
            String config,
            int port,
            String protocol,
            boolean dualPrimary,
            String options) {
        this(name, volumes, nodeDisks, config, port, protocol, dualPrimary, options, null);
    }

    /** The path of the resource's file on every node. */
    public String path() {
        return path(name);
    }

    /** The path of the file of a resource on every node. */
    public static String path(String resource) {
        return "/etc/drbd.d/" + resource + ".res";
    }

    /**
     * The resource on these nodes.
     *
     * @throws InvalidParameterException if a parameter violates the rules of DRBD, or conflicts with others
     */
    public Resource on(List<Node> nodes) {
        DrbdRules.resourceName("resource", name);
        Resource resource = config == null ? fromParameters(nodes) : fromConfig(nodes);
        DrbdRules.check(resource);
        return resource;
    }

    private Resource fromParameters(List<Node> nodes) {
        Check.that(!volumes.isEmpty(), "device and disk", null, "be given, or volumes, or config");
        DrbdRules.port("port", port);
        String sections = secret == null ? options : secret.into(options);
        if (sections != null) {
            ParameterText.text("options", sections);
        }
        ResourceOptions parsed = ResourceOptions.parse(sections);
        for (NodeDiskSpec disk : nodeDisks) {
            ParameterRules.node("nodeDisks", disk.node(), nodes);
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
                effectiveProtocol(parsed),
                effectiveDualPrimary(parsed),
                parsed.sections());
    }

    // Protocol and two Primaries in the options are checked like the parameters.
    private String effectiveProtocol(ResourceOptions parsed) {
        String capital = DrbdRules.protocol("protocol", protocol);
        Check.that(
                parsed.protocol() == null || parsed.protocol().equals(capital),
                "options",
                "protocol " + parsed.protocol(),
                "leave the protocol to the parameter protocol, which says " + capital);
        return capital;
    }

    private boolean effectiveDualPrimary(ResourceOptions parsed) {
        boolean allowed = Boolean.TRUE.equals(parsed.dualPrimary());
        Check.that(
                parsed.dualPrimary() == null || allowed || !dualPrimary,
                "options",
                "allow-two-primaries no",
                "not contradict dualPrimary: true");
        return dualPrimary || allowed;
    }

    private Resource.Volume volume(VolumeSpec volume, List<Node> nodes) {
        DrbdRules.device("device", volume.device());
        Matcher numbered = NUMBERED.matcher(volume.device());
        Check.that(numbered.matches(), "device", volume.device(), "be /dev/drbd and a number, such as /dev/drbd0");
        Map<String, Resource.Disk> disks = new LinkedHashMap<>();
        for (Node node : nodes) {
            String disk = volume.disk();
            String metaDisk = volume.metaDisk();
            boolean none = false;
            for (NodeDiskSpec other : nodeDisks) {
                if (other.node().equals(node.name()) && other.volume() == volume.number()) {
                    none = other.isNone();
                    Check.that(
                            !none || other.metaDisk() == null,
                            "metaDisk",
                            other.metaDisk(),
                            "be left out with disk: 'none'");
                    disk = other.disk() == null ? disk : other.disk();
                    metaDisk = other.metaDisk() == null ? metaDisk : other.metaDisk();
                }
            }
            if (!none) {
                DevicePathRules.check("disk", disk);
                disks.put(
                        node.name(), new Resource.Disk(disk, MetaDisk.parse(metaDisk == null ? "internal" : metaDisk)));
            }
        }
        return new Resource.Volume(volume.number(), volume.device(), Integer.parseInt(numbered.group(1)), disks);
    }

    private Resource fromConfig(List<Node> nodes) {
        alone("device, disk or volumes", volumes.isEmpty());
        alone("nodeDisks", nodeDisks.isEmpty());
        alone("port", port == DEFAULT_PORT);
        alone("protocol", "C".equalsIgnoreCase(protocol));
        alone("dualPrimary", !dualPrimary);
        alone("options", options == null);
        Check.that(secret == null, "config", "besides sharedSecretCredentialsId", "be given alone");
        ParameterText.text("config", config);
        Resource resource;
        try {
            resource = ResourceText.parse(config);
        } catch (TextFormatException e) {
            throw new InvalidParameterException("config", "config cannot be read: " + e.getMessage());
        }
        Check.that(resource.name().equals(name), "config", resource.name(), "hold the resource '" + name + "'");
        for (Resource.Host host : resource.hosts()) {
            ParameterRules.node("config's on", host.node(), nodes);
        }
        return resource;
    }

    // Parameters that are part of the .res text would be ignored, or contradict it.
    private static void alone(String parameter, boolean absent) {
        Check.that(
                absent,
                "config",
                "config and " + parameter,
                "be given without " + parameter + ", which is to stand in its text");
    }

    /** Whether the ids of the nodes are given, as in the text of a .res file for DRBD 9. */
    boolean hasNodeIds() {
        return config != null
                && ConfigText.parse(config).items().stream()
                        .filter(ConfigText.Section.class::isInstance)
                        .flatMap(resource -> ((ConfigText.Section) resource).items().stream())
                        .filter(ConfigText.Section.class::isInstance)
                        .flatMap(on -> ((ConfigText.Section) on).items().stream())
                        .anyMatch(item -> item.name().equals("node-id"));
    }

    /** The secrets in the parameters: the shared-secret, and those in the options and in config. */
    public Set<String> secrets() {
        Set<String> secrets = new HashSet<>();
        if (secret != null) {
            secrets.add(secret.value());
        }
        for (String text : new String[] {options, config}) {
            try {
                collect(text == null ? List.of() : ConfigText.parse(text).items(), secrets);
            } catch (TextFormatException e) {
                // unreadable options are refused by the check of the parameters, which does not show them
            }
        }
        return secrets;
    }

    private static void collect(List<ConfigText.Item> items, Set<String> secrets) {
        for (ConfigText.Item item : items) {
            if (item instanceof ConfigText.Section section) {
                collect(section.items(), secrets);
            } else if (item instanceof ConfigText.Statement statement
                    && statement.name().equals(ConfigText.SECRET)) {
                secrets.add(statement.value());
            }
        }
    }
}
