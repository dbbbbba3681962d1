package io.jenkins.plugins.drbdocfs2.operation.fencing;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterTestFencingTest {
    private static final ClusterTestFencing TEST = new ClusterTestFencing("sv2");

    private static SimulatedNodes nodes() {
        return SimulatedNodes.fenced("r0", BOTH);
    }

    private static void refused(SimulatedNodes nodes, String message) {
        assertThatThrownBy(() -> nodes.plan(TEST, BOTH))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void cutsDrbdOnlyAndLetsTheOtherNodeFence() throws Exception {
        Plan plan = nodes().plan(TEST, BOTH);
        assertThat(plan.idempotent()).isFalse();
        assertThat(planned(plan, SV1)).startsWith("the fence-peer handler waits 0 s for the next 44 s");
        assertThat(planned(plan, SV2))
                .containsExactly(
                        "the fence-peer handler waits 44 s for the next 44 s",
                        "drop the packets of the TCP ports 7789 for 44 s",
                        "wait for the roles and mounts to be as before");
        assertThat(plan.notes().get(0)).startsWith("onPeerLoss is 'fence': sv1 fences sv2");
    }

    @Test
    void withoutDevicesBothNodesFreezeForTheCut() throws Exception {
        Plan plan = nodes().with("fencing devices", "").plan(TEST, BOTH);
        assertThat(planned(plan, SV2))
                .containsExactly(
                        "drop the packets of the TCP ports 7789 for 28 s",
                        "wait for the roles and mounts to be as before");
        assertThat(plan.notes().get(0)).startsWith("onPeerLoss is 'freeze': both nodes suspend their I/O");
    }

    @Test
    void refusesAClusterThatIsNotInOrder() {
        refused(
                nodes().change(
                                SV1,
                                "sv1: drbd state",
                                state -> state.replace("connection:Connected", "connection:Connecting")),
                "sv1: 'r0' is Connecting");
        refused(
                nodes().change(
                                SV2,
                                "sv2: drbd state",
                                state -> state.replace("disk:UpToDate size", "disk:Inconsistent size")),
                "sv2: 'r0' is Connected, not UpToDate");
        refused(nodes().with("file /run/drbd-ocfs2-steps/keep-off/", "644\nx"), "it leaves sv2 off after fencing");
    }

    @Test
    void refusesIfNobodyWouldFence() {
        refused(
                SimulatedNodes.running(true, "Primary", "Primary").with("file /run/", ""),
                "no other node is Primary of a resource of two nodes with sv2 and onPeerLoss 'fence' or 'freeze'");
        refused(
                nodes().change(SV1, "sv1: drbd state", state -> state.replaceFirst("role:Primary", "role:Secondary")),
                "no other node is Primary");
        refused(
                nodes().with("power of ", "= status 1\nUnable to connect\n"),
                "status exited with code 1: Unable to connect");
        refused(nodes().with("power of ", "= status 2\nOFF\n"), "says that it is off");
    }

    @Test
    void refusesWithoutASafeWayToCut() {
        refused(nodes().on(SV2, "tools ", "systemd-run\n"), "DRBD's packets could be dropped");
        refused(nodes().on(SV2, "tools ", "nft\niptables\n"), "DRBD's packets could be dropped");
        refused(
                nodes().with(
                                "o2cb state",
                                Recorded.text("ocfs2/o2cb-state.txt")
                                        .replace("dead_threshold 31", "dead_threshold 25")),
                "the test needs a cut of 44 s, and o2cb resets a node after 48 s");
    }

    private static List<String> follow(boolean fences, String... lines) throws StepFailure {
        List<String> progress = new ArrayList<>();
        LossTimes watch = new LossTimes("sv2", "sv1", fences, progress::add);
        for (String line : lines) {
            progress.add(String.valueOf(watch.line(line)));
        }
        return progress;
    }

    @Test
    void followsTheLossUntilAllIsInSync() throws Exception {
        assertThat(follow(true, "lost 4.3", "resumed 7.7", "back 25.0", "inSync 26.0"))
                .containsSubsequence("DRBD noticed the loss after 4.3 s", "I/O goes on after 7.7 s", "false", "true");
        assertThat(follow(false, "lost 9.3", "back 31.8", "resumed 31.8", "inSync 31.8"))
                .endsWith("true");
        assertThatThrownBy(() -> follow(true, "lost 4.3", "back 41.5"))
                .hasMessageContaining("sv1 did not fence sv2: they were connected again after 41.5 s");
        assertThatThrownBy(() -> follow(true, "sh: not found")).isInstanceOf(TextFormatException.class);
    }

    @Test
    void reportsTheTimesOfTheOtherNode() throws Exception {
        ClusterFacts facts = nodes().on(
                        SV1, "times of the fencing test", "lost 4.3\nresumed 7.7\nback 25.0\ninSync 26.0\n")
                .collectFacts(TEST, BOTH, (node, probes) -> {});
        assertThat(TEST.report(new Findings(facts, facts, Map.of())).whole())
                .containsEntry("seconds", Map.of("lost", 4.3, "resumed", 7.7, "back", 25.0, "inSync", 26.0));
        assertThat(TEST.report(new Findings(facts, null, Map.of())).whole()).isEmpty();
    }
}
