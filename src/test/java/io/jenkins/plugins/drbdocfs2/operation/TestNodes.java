package io.jenkins.plugins.drbdocfs2.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.ProbeOutcome;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.DeviceUses;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes and facts for tests of plans. */
public final class TestNodes {
    public static final Node SV1 = new Node("sv1", "127.0.0.1", 2201, "10.77.0.1");
    public static final Node SV2 = new Node("sv2", "127.0.0.1", 2202, "10.77.0.2");
    public static final List<Node> BOTH = List.of(SV1, SV2);

    private TestNodes() {}

    /** A node that answered, has the right name and runs scripts as root. */
    public static NodeFacts answered(Node node) {
        return new NodeFacts(node, Map.of())
                .with(NodeIdentity.PROBE, new NodeIdentity(node.name(), 0, "6.1.0-40-amd64"))
                .with(ProbeOutcome.PROBE, ProbeOutcome.answered(1000, 1000.01, 0))
                .with(DeviceUses.PROBE, DeviceUses.NONE)
                .with(DrbdDevices.PROBE, DrbdDevices.NONE)
                .with(DrbdProbes.STATE, Optional.of(DrbdState.NONE));
    }

    public static ClusterFacts cluster(NodeFacts... nodes) {
        return new ClusterFacts(Arrays.asList(nodes));
    }

    /** The changes planned on a node, as printed in the log. */
    public static List<String> planned(Plan plan, Node node) {
        return plan.changes().stream()
                .filter(change -> change.node().equals(node.name()))
                .map(Change::summary)
                .toList();
    }

    /** The result of a node that is the only one. */
    public static Map<String, Object> report(Operation operation, NodeFacts node) {
        return report(operation, node, cluster(node));
    }

    /** The result of a node. */
    public static Map<String, Object> report(Operation operation, NodeFacts node, ClusterFacts all) {
        return operation.report(new Findings(all, null, Map.of())).nodes().get(node.name());
    }

    /** The result of the step as a whole. */
    public static Map<String, Object> report(Operation operation, ClusterFacts all) {
        return operation.report(new Findings(all, null, Map.of())).whole();
    }

    /** The result after the step was executed. */
    public static Report outcome(Operation operation, ClusterFacts before, ClusterFacts after) {
        return operation.report(new Findings(after, before, Map.of()));
    }

    /** The facts that a dry run assumes after the step. */
    public static NodeFacts assumed(Operation operation, NodeFacts node) {
        return operation.simulate(node, BOTH, cluster(node));
    }

    /** The message of a refused plan. */
    public static String refusal(Operation operation, NodeFacts... nodes) {
        return catchThrowableOfType(RefusedException.class, () -> operation.plan(cluster(nodes)))
                .getMessage();
    }

    /** The only refusal of a plan. */
    static Refusal onlyRefusal(Operation operation, NodeFacts... nodes) {
        List<Refusal> refusals = refusals(operation, nodes);
        assertThat(refusals).hasSize(1);
        return refusals.get(0);
    }

    /** The refusals of a plan. */
    static List<Refusal> refusals(Operation operation, NodeFacts... nodes) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> operation.plan(cluster(nodes)));
        assertThat(refused).isNotNull();
        return refused.refusals();
    }

    /** Asserts the node, finding, loss and remedy of a refusal. */
    static void assertRefusal(Refusal refusal, String node, String finding, String loss, String remedy) {
        assertThat(refusal.node()).isEqualTo(node);
        assertThat(refusal.finding()).contains(finding);
        assertThat(refusal.loss()).contains(loss);
        assertThat(refusal.remedy()).contains(remedy);
    }
}
