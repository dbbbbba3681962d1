package io.jenkins.plugins.drbdocfs2.operation.maintenance;

import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.TransientState;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterUnmount;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The begin of withNodeInMaintenance: takes a node out of service, after it has written down on the node what to bring back.
 * Running it again continues.
 *
 * @param node the node
 * @param timeoutSeconds the time limit of its end, which is checked now
 * @param moved the services that run on another node already
 */
public record NodeMaintenanceBegin(String node, int timeoutSeconds, List<MovedService> moved)
        implements Operation, ChangesResources {
    /** Copies the list. */
    public NodeMaintenanceBegin {
        moved = List.copyOf(moved);
    }

    @Override
    public void check(List<Node> nodes) {
        new NodeMaintenanceEnd(node, timeoutSeconds, true).check(nodes);
    }

    @Override
    public Map<String, Object> subject() {
        return Map.of("node", node == null ? "" : node);
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL_CHOSEN;
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        return known.node(of.name()) != null ? ProbeSet.of() : RebootCheck.probes();
    }

    @Override
    public Set<String> changedResources(NodeFacts facts) {
        return DrbdFacts.running(facts).keySet();
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        NodeFacts target = facts.node(node);
        Refusals refusals = new Refusals();
        new RebootCheck(target, refusals).check();
        refusals.check();
        NodeState now = target.get(NodeState.PROBE);
        FileFact file = target.get(SystemProbes.file(NodeState.PATH));
        List<Change> unmounts = new ArrayList<>();
        now.mountPoints().forEach(place -> unmounts.add(0, ClusterUnmount.unmount(node, place, place)));
        return new Plan.Builder()
                .stage(
                        "write down what to bring back",
                        file.exists()
                                ? List.of()
                                : List.of(new PutFile(node, NodeState.PATH, null, now.text(moved), "600")))
                .stage("unmount on " + node, unmounts)
                .stage(
                        "make it Secondary",
                        now.primaries().stream()
                                .map(resource ->
                                        TransientState.retried(Command.of(node, "drbdadm", "secondary", resource)))
                                .toList())
                .stage(
                        "take it out of the OCFS2 cluster",
                        now.clusters().isEmpty() ? List.of() : List.of(Command.of(node, "systemctl", "stop", "o2cb")))
                .build();
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        NodeState now = after.node(node).get(NodeState.PROBE);
        if (!now.mountPoints().isEmpty() || !now.primaries().isEmpty()) {
            throw new StepFailure("on " + node + ", not all is out of service after all: "
                    + String.join("; ", now.lines()) + ". Did something else bring it back?");
        }
    }
}
