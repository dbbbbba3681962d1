package io.jenkins.plugins.drbdocfs2.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.LocalShell;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdStatus;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdVerify;
import io.jenkins.plugins.drbdocfs2.operation.fencing.ClusterConfirmNodeDown;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterExec;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2Status;
import io.jenkins.plugins.drbdocfs2.remote.FakeRemote;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One of two nodes is unreachable. This machine is the other one. */
class UnreachableNodeTest {
    private static final String DEAD = "Connecting to dead (dead:22, user root): no answer within 10 s";

    private final List<String> log = new ArrayList<>();

    private static Remote dead(Kind kind) {
        return new FakeRemote("dead", script -> {
            throw new RemoteException("dead", kind, DEAD, null);
        });
    }

    /** Answers the first script and is lost afterwards. */
    private static Remote dies() {
        LocalShell shell = new LocalShell("dead", "uname() { echo dead 6.1.0; }\n");
        return new FakeRemote("dead", script -> {
            if (!shell.scripts().isEmpty()) {
                throw new RemoteException("dead", Kind.LOST, DEAD, null);
            }
            return shell.run(script, line -> {});
        });
    }

    private static Remote alive() throws Exception {
        return new LocalShell(SequentialCluster.thisMachineName());
    }

    private Outcome run(Operation operation, Remote... nodes) throws Exception {
        return new Engine(new SequentialCluster(nodes), log::add).run(operation, List.of(), false);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> node(Outcome outcome, String name) {
        return (Map<String, Object>) ((Map<String, Object>) outcome.result().get("nodes")).get(name);
    }

    static List<Operation> statuses() {
        return List.of(new DrbdStatus(null), new DrbdStatus("r0"), new Ocfs2Status(null));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void statusReportsTheOtherNodesAndThatItIsIncomplete(Operation status) throws Exception {
        String alive = SequentialCluster.thisMachineName();
        Outcome outcome = run(status, alive(), dead(Kind.UNREACHABLE));
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.result()).containsEntry("complete", false).containsEntry("changed", false);
        assertThat(node(outcome, alive)).containsEntry("reachable", true).doesNotContainKey("reason");
        assertThat(node(outcome, alive).keySet()).containsAnyOf("stateKnown", "online");
        assertThat(node(outcome, "dead"))
                .containsEntry("reachable", false)
                .containsEntry("reason", DEAD)
                .doesNotContainKeys("role", "online", "stateKnown");
        assertThat(log)
                .anyMatch(line ->
                        line.contains("warning: dead could not be probed, so the state is incomplete: " + DEAD));
        assertThat(outcome.result().get("notes").toString()).contains(DEAD);
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void statusOfReachableNodesIsComplete(Operation status) throws Exception {
        Outcome outcome = run(status, alive());
        assertThat(outcome.result()).containsEntry("complete", true);
        assertThat(node(outcome, SequentialCluster.thisMachineName())).containsEntry("reachable", true);
    }

    @ParameterizedTest
    @CsvSource({"UNREACHABLE, false", "LOST, false", "TIMEOUT, false", "AUTHENTICATION, true", "CHANGED_HOST_KEY, true"
    })
    void distinguishesAnUnusableNodeFromADeadOne(Kind kind, boolean answers) throws Exception {
        Operation confirm = new ClusterConfirmNodeDown("dead");
        Outcome outcome = run(confirm, alive(), dead(kind));
        assertThat(outcome.failure() != null && outcome.failure().contains("dead is not off: it answers to SSH"))
                .isEqualTo(answers);
    }

    /** Reads one file, then another. */
    private record TwoProbeRounds() implements Operation {
        @Override
        public void check(List<Node> nodes) {}

        @Override
        public NodeRequirement nodeRequirement() {
            return NodeRequirement.ANY;
        }

        @Override
        public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
            if (known.isEmpty()) {
                return ProbeSet.of(SystemProbes.file("/etc/hostname"));
            }
            boolean done = known.node(node.name()).has(SystemProbes.file("/etc/hosts"));
            return done ? ProbeSet.of() : ProbeSet.of(SystemProbes.file("/etc/hosts"));
        }

        @Override
        public Plan plan(ClusterFacts facts) {
            return Plan.nothing();
        }

        @Override
        public Report report(Findings found) {
            return Report.ofNodes(
                    found.facts(),
                    node -> Map.of(
                            "hosts", node.get(SystemProbes.file("/etc/hosts")).exists()));
        }
    }

    @Test
    void reportsOnlyTheLossOfANodeLostBetweenTwoProbeRounds() throws Exception {
        Outcome outcome = run(new TwoProbeRounds(), alive(), dies());
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.result()).containsEntry("complete", false);
        assertThat(node(outcome, SequentialCluster.thisMachineName())).containsEntry("hosts", true);
        assertThat(node(outcome, "dead"))
                .containsEntry("reachable", false)
                .containsEntry("reason", DEAD)
                .doesNotContainKey("hosts");
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void reportsAWrongMachineOnlyForItsNode(Operation status) throws Exception {
        Outcome outcome = run(status, alive(), new LocalShell("sv2"));
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.result()).containsEntry("complete", false);
        assertThat(node(outcome, "sv2"))
                .containsEntry("reachable", false)
                .extractingByKey("reason")
                .asString()
                .contains("`uname -n` at localhost port 22 says '" + SequentialCluster.thisMachineName()
                        + "', not 'sv2'");
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void statusFailsIfNoNodeIsReachable(Operation status) throws Exception {
        Outcome outcome = run(status, dead(Kind.UNREACHABLE));
        assertThat(outcome.failure()).contains(DEAD);
        assertThat(run(status, new LocalShell("sv2")).result()).containsEntry("refused", true);
    }

    @Test
    void suggestsToOmitADeadNodeIfTheOperationWorksOnEachNodeAlone() throws Exception {
        String alive = SequentialCluster.thisMachineName();
        ClusterExec exec = new ClusterExec("true", true, false, 10);
        assertThat(run(exec, alive(), dead(Kind.UNREACHABLE)).failure())
                .contains(DEAD)
                .endsWith("To go on without dead: nodes: '" + alive + "'");
        assertThat(run(exec, dead(Kind.UNREACHABLE)).failure()).endsWith(DEAD);
        assertThat(run(exec, alive(), dead(Kind.AUTHENTICATION)).failure()).endsWith(DEAD);
    }

    @Test
    void suggestsToOmitAPeerThatIsOffIfTheOperationDependsOnThePeer() throws Exception {
        String alive = SequentialCluster.thisMachineName();
        assertThat(run(new DrbdPromote("r0", alive, false), alive(), dead(Kind.LOST))
                        .failure())
                .endsWith("If it is off for sure, and stays off until it can rejoin, go on without dead: nodes: '"
                        + alive + "'");
    }

    @Test
    void suggestsNothingIfTheOperationNeedsAllNodes() throws Exception {
        assertThat(run(new DrbdVerify("r0"), alive(), dead(Kind.UNREACHABLE)).failure())
                .endsWith(DEAD);
    }
}
