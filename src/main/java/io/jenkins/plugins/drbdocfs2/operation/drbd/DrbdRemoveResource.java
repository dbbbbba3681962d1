package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataArea;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDevices;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceUse;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabDevices;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * drbdRemoveResource: takes a resource down on its nodes and removes its file. Parts that are already removed are skipped.
 * The data on the disks remain.
 *
 * @param resource the resource
 * @param wipeMetadata whether to wipe the DRBD metadata too, and nothing else on the disks
 */
public record DrbdRemoveResource(String resource, boolean wipeMetadata) implements ResourceOperation, ChangesResources {
    /** The path of the resource's file. */
    String path() {
        return ResourceSpec.path(resource);
    }

    @Override
    public ProbeSet besides(Node node) {
        ProbeSet probes =
                ResourceUse.probes().and(SystemProbes.file(path()), SystemProbes.file(Fstab.PATH), FstabDevices.PROBE);
        return wipeMetadata ? probes.and(MetadataArea.probe(resource)) : probes;
    }

    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        return known.isEmpty()
                ? ResourceOperation.super.probes(node, nodes, known)
                : wipeMetadata ? BackingDevices.probes(node.name(), known, resource) : ProbeSet.of();
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        return Set.of(resource);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        return new DrbdRemoveResourcePlan(this, facts).make();
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        for (NodeFacts node : after.all()) {
            if (DrbdFacts.state(node, resource) != null) {
                throw new StepFailure(
                        "on " + node.name() + ", '" + resource + "' is up again after drbdadm down. Did"
                                + " somebody else bring it up, such as a cluster manager? Run the step again when that is off.");
            }
        }
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = ResourceReport.of(facts, resource);
        report.put("file", facts.get(SystemProbes.file(path())).exists());
        return report;
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        NodeFacts simulated = facts;
        if (wipeMetadata && facts.has(DrbdProbes.configured(resource))) {
            simulated = wiped(facts, DrbdFacts.configured(facts, resource).resource());
        }
        return simulated
                .change(DrbdProbes.STATE, state -> SimulatedDrbd.removed(state, resource))
                .change(DrbdProbes.configured(resource), old -> ConfiguredResource.NONE)
                .change(SimulatedDrbd.toCome(resource), old -> false)
                .change(DrbdDevices.PROBE, devices -> devices.without(resource))
                .change(SystemProbes.file(path()), old -> FileFact.ABSENT);
    }

    private NodeFacts wiped(NodeFacts facts, Resource configured) {
        NodeFacts simulated = facts;
        for (Resource.Volume volume : configured == null ? List.<Resource.Volume>of() : configured.volumes()) {
            Resource.Disk disk = volume.disks().get(facts.name());
            if (disk != null && disk.metaDisk().isInternal()) {
                simulated = simulated.change(
                        BlockDevice.probe(disk.device()),
                        device -> device.signatures().equals(List.of("drbd"))
                                ? BlockDevice.blank(device.path(), device.bytes())
                                : device);
            } else if (disk != null && disk.metaDisk().index() == null) {
                simulated = simulated.change(
                        BlockDevice.probe(disk.metaDisk().device()),
                        device -> BlockDevice.blank(device.path(), device.bytes()));
            }
        }
        return simulated.change(DrbdProbes.candidate(resource, path(), ""), old -> old.withMetadata(Map.of()));
    }
}
