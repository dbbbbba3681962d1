package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.BackingDisks;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDevices;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.DeviceSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * drbdResize: grows a resource to the new size of its backing disks on all nodes, without its filesystem.
 *
 * @param resource the resource
 */
public record DrbdResize(String resource) implements ResourceOperation, ChangesResources {
    private static final long KIB = 1024;

    @Override
    public ProbeSet besides(Node node) {
        return ProbeSet.of(RunningOptions.probe(resource), BackingDisks.PROBE);
    }

    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        if (known.isEmpty()) {
            return ResourceOperation.super.probes(node, nodes, known);
        }
        NodeFacts facts = known.node(node.name());
        return ProbeSet.of(BackingDevices.of(facts, resource).paths().stream()
                        .map(DeviceSize::probe)
                        .toList())
                .and(BackingDevices.probes(node.name(), known, resource).probes())
                .missingIn(facts);
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        return Set.of(resource);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        return new DrbdResizePlan(resource, facts).make();
    }

    /** The size of each volume in bytes by number; the smallest that a node reports. */
    private Map<Integer, Long> bytes(ClusterFacts facts) {
        Map<Integer, Long> bytes = new LinkedHashMap<>();
        for (NodeFacts node : facts.all()) {
            ResourceState state = DrbdFacts.state(node, resource);
            if (state != null) {
                for (DeviceState volume : state.volumes().values()) {
                    if (volume.sizeKib() != null) {
                        bytes.merge(volume.volume(), volume.sizeKib() * KIB, Math::min);
                    }
                }
            }
        }
        return bytes;
    }

    @Override
    public Report report(Findings found) {
        return Report.ofNodes(found.facts(), node -> ResourceReport.of(node, resource))
                .and(sizes(found));
    }

    private Map<String, Object> sizes(Findings found) {
        Map<Integer, Long> old = bytes(found.isOutcome() ? found.before() : found.facts());
        Map<String, Object> volumes = new LinkedHashMap<>();
        bytes(found.facts()).forEach((number, bytes) -> {
            Map<String, Object> volume = new LinkedHashMap<>();
            volume.put("oldBytes", old.getOrDefault(number, bytes));
            if (found.isOutcome()) {
                volume.put("newBytes", bytes);
            }
            volumes.put(String.valueOf(number), volume);
        });
        return Map.of("volumes", volumes);
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        for (NodeFacts node : DrbdFacts.members(after, resource)) {
            Map<Integer, ?> metadata = DrbdFacts.configured(node, resource).metadata();
            ResourceState state = DrbdFacts.state(node, resource);
            if (state != null && !metadata.keySet().containsAll(state.volumes().keySet())) {
                throw new StepFailure(
                        "on " + node.name() + ", '" + resource + "' has grown, but drbdadm get-gi finds no"
                                + " metadata where they now have to be. Do not reboot the node nor take the resource down; see"
                                + " `dmesg` there.");
            }
        }
    }
}
