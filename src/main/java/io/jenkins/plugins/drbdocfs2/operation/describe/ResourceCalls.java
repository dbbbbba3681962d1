package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.NodeDiskSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.SharedSecret;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The calls of drbdCreateResource that describe a resource.
 *
 * @param resource the resource as it is in the files
 * @param common the options of the section common
 * @param nodes its nodes among those of the step, in their order
 * @param facts the facts of the nodes of the step
 */
record ResourceCalls(Resource resource, List<Section> common, List<String> nodes, ClusterFacts facts) {
    private static final Set<String> PEER_LOSS = Set.of("fencing", "fence-peer");

    /** The call with parameters; empty if the nodes have different ports, or a volume has no disk at all. */
    Optional<DescribedStep> withParameters() {
        Set<Integer> ports = resource.hosts().stream().map(Resource.Host::port).collect(Collectors.toSet());
        boolean disks =
                resource.volumes().stream().noneMatch(volume -> volume.disks().isEmpty());
        if (ports.size() != 1 || !disks) {
            return Optional.empty();
        }
        int port = ports.iterator().next();
        Optional<Statement> secret = secret(resource.options());
        PeerLossPolicy policy = policy();
        boolean own = policy == PeerLossPolicy.FREEZE || policy == PeerLossPolicy.FENCE;
        String options = options(own);
        List<VolumeSpec> volumes = new ArrayList<>();
        List<NodeDiskSpec> others = new ArrayList<>();
        resource.volumes().forEach(volume -> addVolume(volume, volumes, others));
        ResourceSpec spec = new ResourceSpec(
                resource.name(),
                volumes,
                others,
                null,
                port,
                resource.protocol(),
                resource.dualPrimary(),
                options,
                secret.map(statement -> new SharedSecret(statement.value())).orElse(null));
        StepCall call = volumes(StepCall.of("drbdCreateResource").with("resource", resource.name()), volumes)
                .with(
                        "nodeDisks",
                        others.isEmpty() ? null : others.stream().map(this::map).toList())
                .with("port", port)
                .with("protocol", resource.protocol().equals("C") ? null : resource.protocol())
                .with("dualPrimary", resource.dualPrimary() ? true : null)
                .with("onPeerLoss", policy == null ? null : policy.word())
                .with("options", options == null ? null : new StepCall.Lines(options))
                .with("sharedSecretCredentialsId", secret.isPresent() ? "drbd-" + resource.name() : null);
        DescribedStep step = step(call, new DrbdCreateResource(spec, Overwrite.NOTHING, false, policy));
        return Optional.of(
                secret.isEmpty()
                        ? step
                        : step.remark(
                                null,
                                "store the secret that the nodes share in Jenkins, as the password of credentials with"
                                        + " the ID drbd-" + resource.name()));
    }

    /** The call with the text of the file; empty if a secret is in it. */
    Optional<DescribedStep> withText(DrbdGeneration generation) {
        if (secret(resource.options()).isPresent()) {
            return Optional.empty();
        }
        String text = ResourceText.render(resource, generation).substring(ResourceText.HEADER.length());
        ResourceSpec spec = new ResourceSpec(
                resource.name(), List.of(), List.of(), text, ResourceSpec.DEFAULT_PORT, "C", false, null);
        StepCall call = StepCall.of("drbdCreateResource")
                .with("resource", resource.name())
                .with("config", new StepCall.Lines(text));
        return Optional.of(step(call, new DrbdCreateResource(spec, Overwrite.NOTHING, false, null)));
    }

    private DescribedStep step(StepCall call, DrbdCreateResource operation) {
        return DescribedStep.of(call, operation, nodes, facts);
    }

    private void addVolume(Resource.Volume volume, List<VolumeSpec> volumes, List<NodeDiskSpec> others) {
        Resource.Disk first = volume.disks().values().iterator().next();
        volumes.add(new VolumeSpec(
                volume.number(),
                volume.device(),
                first.device(),
                first.metaDisk().toString()));
        for (String node : nodes) {
            Resource.Disk disk = volume.disks().get(node);
            if (disk == null) {
                others.add(new NodeDiskSpec(node, volume.number(), NodeDiskSpec.NONE, null));
            } else if (!disk.equals(first)) {
                others.add(new NodeDiskSpec(
                        node, volume.number(), disk.device(), disk.metaDisk().toString()));
            }
        }
    }

    private StepCall volumes(StepCall call, List<VolumeSpec> volumes) {
        if (isSingle()) {
            VolumeSpec volume = volumes.get(0);
            return call.with("device", volume.device())
                    .with("disk", volume.disk())
                    .with("metaDisk", volume.metaDisk());
        }
        List<Map<String, Object>> maps = new ArrayList<>();
        for (VolumeSpec volume : volumes) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("number", volume.number());
            map.put("device", volume.device());
            map.put("disk", volume.disk());
            map.put("metaDisk", volume.metaDisk());
            maps.add(map);
        }
        return call.with("volumes", maps);
    }

    private boolean isSingle() {
        return resource.volumeNumbers().equals(Set.of(0));
    }

    private Map<String, Object> map(NodeDiskSpec disk) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("node", disk.node());
        if (!isSingle()) {
            map.put("volume", disk.volume());
        }
        map.put("disk", disk.disk());
        if (disk.metaDisk() != null) {
            map.put("metaDisk", disk.metaDisk());
        }
        return map;
    }

    // A handler of this plugin without fencing devices freezes, with all of them it fences; between that, the options
    // tell.
    private PeerLossPolicy policy() {
        EffectiveOptions own = new EffectiveOptions(resource.options(), List.of());
        if (own.isFenced() && own.fencePeer().filter(PeerLossPolicy::isOwn).isPresent()) {
            Set<Boolean> devices = nodes.stream()
                    .flatMap(node -> resource.hosts().stream()
                            .filter(peer -> !peer.node().equals(node))
                            .map(peer -> facts.node(node)
                                    .get(FencingDevices.PROBE)
                                    .nodes()
                                    .contains(peer.node())))
                    .collect(Collectors.toSet());
            return devices.size() > 1 ? null : devices.contains(true) ? PeerLossPolicy.FENCE : PeerLossPolicy.FREEZE;
        }
        boolean elsewhere =
                new EffectiveOptions(resource.options(), common).fencePeer().isPresent();
        boolean said = PeerLossPolicy.isSetIn(resource.options()) || elsewhere || own.hasQuorum();
        return resource.dualPrimary() && !said ? PeerLossPolicy.CONTINUE : null;
    }

    private String options(boolean withoutPeerLoss) {
        List<Section> sections = without(resource.options(), withoutPeerLoss);
        return sections.isEmpty() ? null : new ConfigText(List.copyOf(sections)).render();
    }

    private static List<Section> without(List<Section> sections, boolean withoutPeerLoss) {
        List<Section> rest = new ArrayList<>();
        for (Section section : sections) {
            List<Item> items = new ArrayList<>();
            for (Item item : section.items()) {
                if (item instanceof Section inner) {
                    items.addAll(without(List.of(inner), withoutPeerLoss));
                } else if (!item.name().startsWith("_")
                        && !item.name().equals(ConfigText.SECRET)
                        && !(withoutPeerLoss && PEER_LOSS.contains(item.name()))) {
                    items.add(item);
                }
            }
            if (!items.isEmpty()) {
                rest.add(new Section(section.name(), section.arguments(), items));
            }
        }
        return rest;
    }

    /** The first secret in the sections, or in sections in them. */
    static Optional<Statement> secret(List<Section> sections) {
        for (Section section : sections) {
            for (Item item : section.items()) {
                if (item instanceof Statement statement && item.name().equals(ConfigText.SECRET)) {
                    return Optional.of(statement);
                }
                Optional<Statement> inner = item instanceof Section below ? secret(List.of(below)) : Optional.empty();
                if (inner.isPresent()) {
                    return inner;
                }
            }
        }
        return Optional.empty();
    }
}
