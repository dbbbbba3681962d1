package io.jenkins.plugins.drbdocfs2.operation.fencing;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import io.jenkins.plugins.drbdocfs2.operation.TestNodes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ClusterConfirmNodeDownTest {
    private static final ClusterConfirmNodeDown CONFIRM = new ClusterConfirmNodeDown("sv2");

    private static SimulatedNodes sv1(UnaryOperator<String> state, String... roles) {
        return withoutHandler(state, roles)
                .change(
                        "drbd resource r0",
                        text -> text.replace(
                                "dump resource r0 {\n",
                                "dump resource r0 {\ndump handlers { fence-peer /usr/local/sbin/drbd-fence-peer; }\n"));
    }

    private static SimulatedNodes withoutHandler(UnaryOperator<String> state, String... roles) {
        return SimulatedNodes.running(true, roles).without(TestNodes.SV2).change(SV1, "sv1: drbd state", state);
    }

    private static String lost(String state) {
        return state.replaceAll("connection:Connected role:\\w+", "connection:Connecting role:Unknown");
    }

    private static String suspended(String state) {
        return lost(state).replace("suspended:no", "suspended:fencing");
    }

    @Test
    void resumesTheSuspendedIoOfAPrimary() throws Exception {
        assertThat(planned(
                        sv1(ClusterConfirmNodeDownTest::suspended, "Primary", "Primary")
                                .plan(CONFIRM, BOTH),
                        SV1))
                .containsExactly("resume the I/O of r0");
    }

    @Test
    void promotesASecondaryThatWaitsForThePeer() throws Exception {
        SimulatedNodes waiting = sv1(ClusterConfirmNodeDownTest::lost, "Secondary", "Secondary");
        assertThat(planned(waiting.plan(CONFIRM, BOTH), SV1)).containsExactly("promote and mount without sv2");
    }

    @Test
    void hasNothingToDoIfNothingWaits() throws Exception {
        assertThat(sv1(ClusterConfirmNodeDownTest::lost, "Primary", "Primary").plan(CONFIRM, BOTH))
                .satisfies(plan -> assertThat(plan.isEmpty()).isTrue())
                .satisfies(plan -> assertThat(plan.notes()).containsExactly("nothing waits for sv2"));
        assertThat(sv1(state -> state, "Primary", "Primary").plan(CONFIRM, BOTH).isEmpty())
                .isTrue();
    }

    @Test
    void leavesIoSuspendedThatDoesNotWaitForTheNodeAlone() throws Exception {
        assertThat(withoutHandler(ClusterConfirmNodeDownTest::suspended, "Primary", "Primary")
                        .plan(CONFIRM, BOTH))
                .satisfies(plan -> assertThat(plan.isEmpty()).isTrue())
                .satisfies(plan -> assertThat(plan.notes().get(0))
                        .contains("the I/O of 'r0' on sv1 stays suspended: it does not wait for sv2 alone"));
    }

    @Test
    void refusesANodeThatAnswersToSsh() {
        assertThatThrownBy(
                        () -> SimulatedNodes.running(true, "Primary", "Primary").plan(CONFIRM, BOTH))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("sv2 is not off: it answers to SSH");
    }

    @Test
    void refusesANodeThatAnswersButAcceptsNoLogin() {
        ClusterFacts facts = new ClusterFacts(List.of())
                .without(Map.of("sv2", "sv2 does not accept the credentials"), Set.of("sv2"));
        assertThatThrownBy(() -> CONFIRM.plan(facts)).hasMessageContaining("sv2 is not off: it answers to SSH");
    }

    @Test
    void refusesANodeThatAnswersAnotherNode() {
        SimulatedNodes nodes = sv1(ClusterConfirmNodeDownTest::suspended, "Primary", "Primary")
                .with("answers of 10.77.0.2", "ping\nport 22, which is closed\n");
        assertThatThrownBy(() -> nodes.plan(CONFIRM, BOTH))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("sv2 is not off: it answers to ping and port 22, which is closed at 10.77.0.2");
    }
}
