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

    /** A node that answered, is the named one and runs scripts as root. */
    public static NodeFacts answered(Node node) {
        return new NodeFacts(node, Map.of())
                .with(NodeIdentity.PROBE, new NodeIdentity(node.name(), 0, "6.1.0-40-amd64"))
                .with(ProbeOutcome.PROBE, ProbeOutcome.answered(1000, 1000.01))
                .with(DeviceUses.PROBE, DeviceUses.NONE)
                .with(DrbdDevices.PROBE, DrbdDevices.NONE)
                .with(DrbdProbes.STATE, Optional.of(DrbdState.NONE));
    }

    public static ClusterFacts cluster(NodeFacts... nodes) {
        return new ClusterFacts(Arrays.asList(nodes));
    }

    /** What is planned on a node, as the log tells it. */
    public static List<String> planned(Plan plan, Node node) {
        return plan.changes().stream()
                .filter(change -> change.node().equals(node.name()))
                .map(Change::summary)
                .toList();
    }

    /** What the result says of a node that is alone. */
    public static Map<String, Object> report(Operation operation, NodeFacts node) {
        return report(operation, node, cluster(node));
    }

    /** What the result says of a node. */
    public static Map<String, Object> report(Operation operation, NodeFacts node, ClusterFacts all) {
        return operation.report(new Findings(all, null, Map.of())).nodes().get(node.name());
    }

    /** What the result says of the whole. */
    public static Map<String, Object> report(Operation operation, ClusterFacts all) {
        return operation.report(new Findings(all, null, Map.of())).whole();
    }

    /** What the result says once the step was carried out. */
    public static Report outcome(Operation operation, ClusterFacts before, ClusterFacts after) {
        return operation.report(new Findings(after, before, Map.of()));
    }

    /** A node as it would be after the step, in a dry run. */
    public static NodeFacts assumed(Operation operation, NodeFacts node) {
        return operation.simulate(node, BOTH, cluster(node));
    }

    /** Why a plan was refused. */
    public static String refusal(Operation operation, NodeFacts... nodes) {
        return catchThrowableOfType(RefusedException.class, () -> operation.plan(cluster(nodes)))
                .getMessage();
    }

    /** The one reason for which a plan was refused. */
    static Refusal theReason(Operation operation, NodeFacts... nodes) {
        List<Refusal> reasons = reasons(operation, nodes);
        assertThat(reasons).hasSize(1);
        return reasons.get(0);
    }

    /** The reasons for which a plan was refused. */
    static List<Refusal> reasons(Operation operation, NodeFacts... nodes) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> operation.plan(cluster(nodes)));
        assertThat(refused).isNotNull();
        return refused.refusals();
    }

    /** Asserts that a reason says where, what was found, what would be lost and what to do. */
    static void assertSays(Refusal reason, String node, String finding, String loss, String remedy) {
        assertThat(reason.node()).isEqualTo(node);
        assertThat(reason.finding()).contains(finding);
        assertThat(reason.loss()).contains(loss);
        assertThat(reason.remedy()).contains(remedy);
    }
}
