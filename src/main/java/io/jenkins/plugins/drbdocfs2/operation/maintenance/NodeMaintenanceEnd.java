package io.jenkins.plugins.drbdocfs2.operation.maintenance;

import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The end of withNodeInMaintenance: brings a node back to what its file says, and removes the file. If services run on
 * another node meanwhile, this is done in two parts: these services are moved back in between.
 *
 * @param node the node
 * @param timeoutSeconds how long its synchronisation, and then all else, may take
 * @param last whether this is the last part
 */
public record NodeMaintenanceEnd(String node, int timeoutSeconds, boolean last) implements Operation, ChangesResources {
    /** The key of the services that run on another node, in the result. */
    public static final String MOVED = "moved";

    @Override
    public void check(List<Node> nodes) {
        ParameterRules.node("node", node, nodes);
        new ClusterReboot(timeoutSeconds).check(nodes);
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
    public Plan plan(ClusterFacts facts) {
        NodeFacts target = facts.node(node);
        FileFact file = target.get(SystemProbes.file(NodeState.PATH));
        if (!file.exists()) {
            return Plan.nothing();
        }
        boolean parts = !MovedService.of(target).isEmpty();
        List<Change> end = List.of(new PutFile(node, NodeState.PATH, file.text(), null, file.mode()));
        if (parts && last) {
            return new Plan.Builder().stage("end the maintenance", end).build();
        }
        NodeState wanted = NodeState.expected(target);
        NodeState now = target.get(NodeState.PROBE);
        Duration timeout = Duration.ofSeconds(timeoutSeconds);
        boolean offline = !now.clusters().containsAll(wanted.clusters());
        return new Plan.Builder()
                .stage("bring DRBD up", commands(wanted.resources(), now.resources(), "drbdadm", "adjust"))
                .stage(
                        "take it into the OCFS2 cluster",
                        offline ? List.of(Command.of(node, "systemctl", "restart", "o2cb")) : List.of())
                .stage(
                        "wait until it is in step",
                        now.lines().containsAll(wanted.inStep().lines())
                                ? List.of()
                                : List.of(wanted.inStep().awaitOn(node, timeout)))
                .stage("make it Primary", commands(wanted.primaries(), now.primaries(), "drbdadm", "primary"))
                .stage("mount", commands(wanted.mountPoints(), now.mountPoints(), "mount"))
                .stage("wait until it is as before", List.of(wanted.awaitOn(node, timeout)))
                .stage("end the maintenance", parts ? List.of() : end)
                .build();
    }

    @Override
    public Report report(Findings found) {
        NodeFacts before = (found.isOutcome() ? found.before() : found.facts()).node(node);
        return Operation.super
                .report(found)
                .and(Map.of(
                        MOVED,
                        MovedService.of(before).stream()
                                .map(MovedService::toMap)
                                .toList()));
    }

    private List<Change> commands(List<String> wanted, List<String> now, String... words) {
        List<Change> commands = new ArrayList<>();
        for (String each : wanted) {
            if (!now.contains(each)) {
                List<String> all = new ArrayList<>(List.of(words));
                all.add(each);
                commands.add(Command.of(node, all)
                        .hint("The node stays in maintenance; correct the cause, and run the block again."));
            }
        }
        return commands;
    }
}
