package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.drbd.BackingDisks;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.MetadataSuperblock;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.MetaDisk;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText.Rendered;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.fencing.PeerLossFiles;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.guard.UsableDeviceCheck;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * drbdCreateResource: writes the file of the resource on all its nodes, creates missing metadata, and brings the resource
 * up, adjusted and connected.
 *
 * @param spec the resource
 * @param overwrite the contents of disks that may be overwritten, in the words of the refusal
 * @param keepMetadata whether to reuse DRBD metadata that no configuration names, with their data
 * @param onPeerLoss what a Primary does when it loses its peer; null for the default
 * @param keepDataOf the node whose disk has a filesystem that is to be kept; or null
 */
public record DrbdCreateResource(
        ResourceSpec spec, Overwrite overwrite, boolean keepMetadata, PeerLossPolicy onPeerLoss, String keepDataOf)
        implements Operation, ChangesResources, Operation.TakesEarlierAnswers {
    /** A resource on empty disks, or on those it has. */
    public DrbdCreateResource(ResourceSpec spec, Overwrite overwrite, boolean keepMetadata, PeerLossPolicy onPeerLoss) {
        this(spec, overwrite, keepMetadata, onPeerLoss, null);
    }

    @Override
    public Map<String, Object> subject() {
        return Map.of("resource", String.valueOf(spec.name()));
    }

    @Override
    public void check(List<Node> nodes) {
        Resource resource = spec.on(nodes);
        Check.that(
                onPeerLoss == null || !PeerLossPolicy.isSetIn(resource.options()),
                "onPeerLoss",
                "besides fencing or fence-peer in options or config",
                "be given alone");
        if (keepDataOf != null) {
            ParameterRules.node("keepDataOf", keepDataOf, nodes);
            Check.that(!keepMetadata, "keepDataOf", "besides keepMetadata", "be given alone");
            Check.that(
                    resource.volumes().size() == 1
                            && resource.volumes().get(0).disks().containsKey(keepDataOf),
                    "keepDataOf",
                    keepDataOf,
                    "name a node with a disk of the resource, which must have one volume");
        }
    }

    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        Resource resource = spec.on(nodes);
        if (resource.host(node.name()) == null) {
            return ProbeSet.of();
        }
        if (known.isEmpty()) {
            List<Probe<?>> probes =
                    new ArrayList<>(List.of(DrbdProbes.VERSION, DrbdProbes.STATE, DrbdProbes.adjusted(spec.name())));
            probes.add(SystemProbes.file(spec.path()));
            probes.add(StorageProbes.PORTS);
            probes.add(RunningOptions.probe(spec.name()));
            probes.add(BackingDisks.PROBE);
            probes.addAll(DataToKeep.probes(keepDataOf, node.name(), resource));
            if (onPeerLoss == null ? resource.dualPrimary() : onPeerLoss != PeerLossPolicy.CONTINUE) {
                probes.add(FencingDevices.PROBE);
                probes.addAll(PeerLossFiles.probes());
            }
            if (resource.dualPrimary()) {
                resource.volumes().forEach(volume -> probes.add(BlockDevice.probe(volume.device())));
            }
            for (Resource.Volume volume : resource.volumes()) {
                Resource.Disk disk = volume.disks().get(node.name());
                if (disk != null && disk.metaDisk().index() != null) {
                    probes.add(MetadataPlan.slot(disk));
                }
            }
            return ProbeSet.of(probes)
                    .and(UsableDeviceCheck.probes(devices(resource, node.name()))
                            .probes());
        }
        NodeFacts facts = known.node(node.name());
        // all nodes are probed at once, before everything that depends on their ids
        List<Probe<Optional<MetadataSuperblock>>> superblocks = SuperblockCheck.probes(resource, facts);
        if (!superblocks.isEmpty()) {
            return ProbeSet.of(superblocks);
        }
        Resource kept = nodeIds(known).resource();
        ProbeSet further = UsableDeviceCheck.probes(devices(kept, node.name()), facts);
        ResourceFilePlan file = file(kept, rendered(kept, known), facts);
        if (facts.get(DrbdProbes.VERSION).isPresent()) {
            if (file.differs() && !facts.has(file.candidate())) {
                return further.and(file.candidate());
            }
            boolean lacking = kept.hosts().stream()
                    .map(host -> known.node(host.node()))
                    .anyMatch(other -> other.get(DrbdProbes.VERSION).isPresent()
                            && file(kept, rendered(kept, known), other).needsAddresses());
            if (lacking && !facts.has(NetworkProbes.ADDRESSES)) {
                return further.and(NetworkProbes.ADDRESSES);
            }
        }
        return further;
    }

    @Override
    public Optional<ProbeSet> probesAfter(Node node, List<Node> nodes) {
        boolean isHost = spec.on(nodes).host(node.name()) != null;
        return Optional.of(isHost ? DrbdFacts.probes(spec.name()) : ProbeSet.of());
    }

    /** The resource's file on a node. */
    ResourceFilePlan file(Resource resource, Rendered rendered, NodeFacts node) {
        return new ResourceFilePlan(resource, spec.path(), rendered.text(), node);
    }

    /**
     * Whether the file of the resource is as requested on all its nodes, by the facts of {@link DrbdProbes#VERSION}, {@link
     * DrbdProbes#adjusted}, {@link RunningOptions#probe} and the file.
     */
    public boolean isInPlace(ClusterFacts facts) {
        Resource resource = nodeIds(facts).resource();
        Rendered rendered = rendered(resource, facts);
        return resource.hosts().stream()
                .map(host -> facts.node(host.node()))
                .noneMatch(node -> file(resource, rendered, node).differs());
    }

    /** The resource with the current ids of its nodes. */
    NodeIdAssignment nodeIds(ClusterFacts facts) {
        Resource asked = spec.on(facts.all().stream().map(NodeFacts::node).toList());
        return NodeIdAssignment.of(peerLoss(asked, facts).resource(), spec.hasNodeIds(), facts);
    }

    /** What a Primary is to do when it loses its peer. */
    PeerLossChoice peerLoss(Resource asked, ClusterFacts facts) {
        return PeerLossChoice.of(asked, onPeerLoss, spec.config() != null, facts);
    }

    private static List<String> devices(Resource resource, String node) {
        List<String> paths = new ArrayList<>();
        for (Resource.Volume volume : resource.volumes()) {
            Resource.Disk disk = volume.disks().get(node);
            if (disk != null) {
                paths.add(disk.device());
                MetaDisk metaDisk = disk.metaDisk();
                if (!metaDisk.isInternal()) {
                    paths.add(metaDisk.device());
                }
            }
        }
        return paths;
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        return Set.of(spec.name());
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Resource resource = nodeIds(facts).resource();
        Rendered rendered = rendered(resource, facts);
        return new DrbdCreateResourcePlan(this, resource, rendered, facts).make();
    }

    // Where no node has DRBD yet, as in a dry run before the installation, the words of Linux' own DRBD 8.4 are shown.
    private Rendered rendered(Resource resource, ClusterFacts facts) {
        DrbdGeneration generation = facts.all().stream()
                .filter(node -> resource.host(node.name()) != null && node.has(DrbdProbes.VERSION))
                .map(node -> node.get(DrbdProbes.VERSION))
                .flatMap(Optional::stream)
                .map(DrbdVersion::generation)
                .findFirst()
                .orElse(needs9(resource) ? DrbdGeneration.V9 : DrbdGeneration.V84);
        Rendered rendered = ResourceText.write(resource, generation);
        return onPeerLoss == PeerLossPolicy.CONTINUE && resource.dualPrimary() ? rendered.continuing() : rendered;
    }

    private static boolean needs9(Resource resource) {
        return resource.hosts().size() > 2
                || resource.volumes().stream()
                        .anyMatch(volume ->
                                volume.disks().size() < resource.hosts().size());
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        for (NodeFacts node : after.all()) {
            if (!node.has(DrbdProbes.STATE)) {
                continue;
            }
            ResourceState state = DrbdFacts.state(node, spec.name());
            if (state == null || !state.isConnected()) {
                throw new StepFailure("on " + node.name() + ", '" + spec.name() + "' is "
                        + (state == null ? "not up" : "not connected") + " although all commands succeeded. See `dmesg`"
                        + " there, then run the build again.");
            }
        }
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        if (facts.has(DrbdProbes.STATE)) {
            report.put("file", spec.path());
            report.putAll(ResourceReport.of(facts, spec.name()));
        }
        return report;
    }

    @Override
    public Set<String> secrets() {
        return spec.secrets();
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        Resource resource = spec.on(nodes);
        Resource.Host host = resource.host(facts.name());
        if (host == null) {
            return facts;
        }
        ClusterFacts alone = new ClusterFacts(List.of(facts));
        PeerLossChoice peerLoss = peerLoss(resource, alone);
        EffectiveOptions options = new EffectiveOptions(peerLoss.resource().options(), List.of());
        Resource kept = NodeIdAssignment.of(peerLoss.resource(), spec.hasNodeIds(), alone)
                .resource();
        String text = rendered(kept, alone).text();
        Resource written = ResourceText.parse(text);
        boolean isNew = facts.has(DrbdProbes.configured(spec.name()))
                && !DrbdFacts.configured(facts, spec.name()).isConfigured();
        NodeFacts before = peerLoss.needsHandler() ? PeerLossFiles.simulate(facts) : facts;
        NodeFacts simulated = (isNew ? before.with(SimulatedDrbd.toCome(spec.name()), true) : before)
                .change(DrbdProbes.STATE, state -> SimulatedDrbd.created(state, resource, facts.name()))
                .change(DrbdProbes.configured(spec.name()), old -> SimulatedDrbd.configured(old, written))
                .change(RunningOptions.probe(spec.name()), old -> SimulatedDrbd.running(old, options))
                .change(
                        SystemProbes.file(spec.path()),
                        old -> new FileFact(true, ResourceFilePlan.wantedText(old, spec.name(), text), "600"))
                .change(DrbdDevices.PROBE, devices -> devices.with(resource, facts.name(), options));
        for (Resource.Volume volume : resource.volumes()) {
            Resource.Disk disk = volume.disks().get(facts.name());
            if (disk != null) {
                long bytes = facts.has(BlockDevice.probe(disk.device()))
                        ? facts.get(BlockDevice.probe(disk.device())).bytes()
                        : 0;
                simulated = simulated.change(
                        BlockDevice.probe(volume.device()),
                        device -> device.isBlock() ? device : BlockDevice.blank(volume.device(), bytes));
            }
        }
        return keepDataOf == null ? simulated : new DataToKeep(keepDataOf, resource, seen).simulate(simulated);
    }
}
