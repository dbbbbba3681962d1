package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.FormatCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import io.jenkins.plugins.drbdocfs2.storage.FilesystemSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * filesystemGrow: grows an OCFS2, XFS or ext4 filesystem to the size of its device, mounted or not as its tool needs it.
 *
 * @param device the path of the device
 */
public record FilesystemGrow(String device) implements Operation, ChangesResources {
    @Override
    public Map<String, Object> subject() {
        return Map.of("device", device == null ? "" : device);
    }

    @Override
    public void check(List<Node> nodes) {
        DevicePathRules.check("device", device);
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL_CHOSEN;
    }

    FormatCheck checks() {
        return new FormatCheck(device, Overwrite.NOTHING);
    }

    /** The device on a node. */
    BlockDevice on(NodeFacts node) {
        return node.get(BlockDevice.probe(device));
    }

    /** The filesystem on a node. */
    FilesystemSize size(NodeFacts node) {
        return node.get(FilesystemSize.probe(device));
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        return known.node(of.name()) != null
                ? ProbeSet.of()
                : checks().probes().and(FilesystemSize.probe(device), DrbdProbes.VERSION);
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        return DrbdDeviceFacts.resources(node, device);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        return new FilesystemGrowPlan(this, facts).make();
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        NodeFacts node = new FilesystemGrowPlan(this, after).node();
        FilesystemSize size = size(node);
        if (!size.known() || !size.fills(on(node).bytes())) {
            throw new StepFailure("on " + node.name() + ", the filesystem on " + device + " has "
                    + (size.known() ? size.bytes() + " bytes" : "an unknown size")
                    + " after growing it, and the device "
                    + on(node).bytes() + ". See `dmesg` there.");
        }
    }

    @Override
    public Report report(Findings found) {
        Map<String, Object> whole = new LinkedHashMap<>();
        bytes(found.isOutcome() ? found.before() : found.facts()).ifPresent(bytes -> whole.put("oldBytes", bytes));
        if (found.isOutcome()) {
            bytes(found.facts()).ifPresent(bytes -> whole.put("newBytes", bytes));
        }
        return Report.ofNodes(found.facts(), this::described).and(whole);
    }

    private OptionalLong bytes(ClusterFacts facts) {
        return facts.all().stream()
                .map(this::size)
                .filter(FilesystemSize::known)
                .mapToLong(FilesystemSize::bytes)
                .max();
    }

    private Map<String, Object> described(NodeFacts node) {
        Map<String, Object> report = new LinkedHashMap<>();
        if (size(node).known()) {
            report.put("type", size(node).type());
            report.put("bytes", size(node).bytes());
        }
        if (on(node).isBlock()) {
            report.put("deviceBytes", on(node).bytes());
        }
        return report;
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        NodeFacts node = seen.node(facts.name());
        return node == null
                ? facts
                : facts.change(FilesystemSize.probe(device), size -> size.grownTo(on(node).bytes()));
    }
}
