package io.jenkins.plugins.drbdocfs2.operation.maintenance;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.engine.Change.Reboot;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * clusterReboot: reboots the nodes one after the other, each time until DRBD, OCFS2 and the mounts are as before. It refuses
 * a node whose reboot would take good data or the service along.
 *
 * @param timeoutSeconds how long a node may take to answer again, and to be as before
 */
public record ClusterReboot(int timeoutSeconds) implements Operation, ChangesResources {
    /** The default of timeoutSeconds: half an hour. */
    public static final int TIMEOUT_SECONDS = 1800;

    private static final int MAX_SECONDS = 24 * 3600;

    @Override
    public void check(List<Node> nodes) {
        Check.range("timeoutSeconds", timeoutSeconds, 1, MAX_SECONDS);
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
    public Set<String> changedResources(NodeFacts node) {
        return DrbdFacts.running(node).keySet();
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        facts.all().forEach(node -> new RebootCheck(node, refusals).check());
        refusals.check();
        Duration timeout = Duration.ofSeconds(timeoutSeconds);
        Plan.Builder plan = new Plan.Builder().notIdempotent();
        for (NodeFacts node : facts.all()) {
            plan.stage("reboot " + node.name(), List.of(new Reboot(node.name(), timeout)))
                    .stage(
                            "wait until " + node.name() + " is as before",
                            List.of(NodeState.expected(node).awaitOn(node.name(), timeout)));
        }
        return plan.build();
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("kernel", facts.get(NodeIdentity.PROBE).kernel());
        report.put("state", facts.get(NodeState.PROBE).lines().stream().sorted().toList());
        return report;
    }
}
