package io.jenkins.plugins.drbdocfs2.operation.drbd;

import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.DUAL;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.IDLE;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.PRIMARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.SECONDARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.recorded;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assumed;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.outcome;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Role;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.operation.Drbd9Nodes;
import io.jenkins.plugins.drbdocfs2.operation.DrbdNodes;
import io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrbdVerifyTest {
    private static final DrbdVerify VERIFY = new DrbdVerify("r0");

    private static NodeFacts node(Node node, ResourceState state) {
        return ResourceInUseNodes.free(node, state)
                .with(RunningOptions.probe("r0"), new RunningOptions("sha1", false, Set.of()));
    }

    private static ResourceState replicating(ResourceState state, String replication, long outOfSyncKib) {
        ConnectionStatus peer = state.connections().get("peer");
        return new ResourceState(
                "r0",
                state.role(),
                false,
                state.volumes(),
                Map.of(
                        "peer",
                        new ConnectionStatus(
                                "peer",
                                null,
                                peer.connection(),
                                peer.peerRole(),
                                Map.of(
                                        0,
                                        new PeerDeviceState(
                                                0,
                                                ReplicationState.parse(replication),
                                                DiskState.parse("UpToDate"),
                                                false,
                                                outOfSyncKib)))));
    }

    @Test
    void runsFromThePrimaryAndFollowsItThere() throws Exception {
        Plan plan = VERIFY.plan(cluster(node(SV1, SECONDARY), node(SV2, PRIMARY)));
        assertThat(planned(plan, SV1)).isEmpty();
        assertThat(planned(plan, SV2))
                .containsExactly("drbdadm verify r0", "wait for 'r0' to be compared on all nodes");
    }

    @Test
    void runsFromTheFirstOfTwoSecondaries() throws Exception {
        assertThat(planned(VERIFY.plan(cluster(node(SV1, IDLE), node(SV2, IDLE))), SV1))
                .hasSize(2);
    }

    @Test
    void changesNothing() throws Exception {
        Plan plan = VERIFY.plan(cluster(node(SV1, PRIMARY), node(SV2, SECONDARY)));
        assertThat(plan.changes()).noneMatch(plan::changesNode);
    }

    @Test
    void waitsForARunningVerifyWhereItWasStarted() throws Exception {
        Plan plan = VERIFY.plan(cluster(
                node(SV1, replicating(PRIMARY, "VerifyT", 0)), node(SV2, replicating(SECONDARY, "VerifyS", 0))));
        assertThat(planned(plan, SV1)).isEmpty();
        assertThat(planned(plan, SV2)).containsExactly("wait for 'r0' to be compared on all nodes");
        assertThat(plan.notes()).singleElement().asString().contains("begun on sv2 runs already");
    }

    @Test
    void refusesWithoutVerifyAlgAndNamesTheOption() {
        NodeFacts without = node(SV1, PRIMARY).with(RunningOptions.probe("r0"), RunningOptions.NONE);
        assertThat(refusal(VERIFY, without, node(SV2, SECONDARY)))
                .contains("sv1: the running 'r0' has no verify-alg")
                .contains("net { verify-alg sha1; }");
    }

    @Test
    void refusesDisconnectedNodes() {
        assertThat(refusal(VERIFY, recorded("split", SV1, "r0"), recorded("split", SV2, "r0")))
                .contains("sv1: 'r0' is not connected: StandAlone")
                .contains("sv2: 'r0' is not connected: StandAlone");
    }

    @Test
    void refusesDuringASynchronisation() {
        assertThat(refusal(VERIFY, node(SV1, replicating(PRIMARY, "SyncSource", 100)), node(SV2, SECONDARY)))
                .contains("sv1: volume 0 of 'r0' is in a synchronisation (SyncSource)")
                .contains("drbdWaitSync");
    }

    @Test
    void refusesOutdatedDataOrADownResource() {
        ResourceState outdated = DrbdNodes.state("Secondary", "Outdated", "Connected", "Primary", "UpToDate");
        assertThat(refusal(VERIFY, node(SV1, PRIMARY), node(SV2, outdated)))
                .contains("sv2: 'r0' is not UpToDate there");
        assertThat(refusal(VERIFY, node(SV1, PRIMARY), node(SV2, null))).contains("sv2: resource 'r0' is not up");
    }

    @Test
    void resultHasTheDifferencesByNodeAndVolume() {
        NodeFacts sv1 = node(SV1, replicating(PRIMARY, "Established", 120));
        NodeFacts sv2 = node(SV2, replicating(SECONDARY, "Established", 120));
        assertThat(outcome(VERIFY, cluster(sv1), cluster(sv1)).nodes().get("sv1"))
                .containsEntry("outOfSyncKibByVolume", Map.of("0", 120L));
        assertThat(outcome(VERIFY, cluster(sv1, sv2), cluster(sv1, sv2)).whole())
                .containsEntry("outOfSyncKib", 120L)
                .containsEntry(
                        "pairs",
                        List.of(Map.of(
                                "nodes",
                                List.of("sv1", "sv2"),
                                "outOfSyncKib",
                                120L,
                                "outOfSyncKibByVolume",
                                Map.of("0", 120L))));
    }

    @Test
    void notesDifferencesWithARemedy() {
        ResourceState primary = replicating(PRIMARY, "Established", 120);
        ResourceState secondary = replicating(SECONDARY, "Established", 120);
        assertThat(VERIFY.notes(cluster(node(SV1, primary), node(SV2, secondary))))
                .singleElement()
                .asString()
                .startsWith("OUT OF SYNC: 120 KiB of 'r0' differ")
                .contains("run `drbdadm disconnect r0 && drbdadm connect r0` on sv1");
        assertThat(VERIFY.notes(cluster(node(SV1, PRIMARY), node(SV2, SECONDARY))))
                .isEmpty();
    }

    @Test
    void noteForTwoSecondariesRequiresAPrimary() {
        ResourceState idle = replicating(IDLE, "Established", 12);
        assertThat(VERIFY.notes(cluster(node(SV1, idle), node(SV2, idle))))
                .singleElement()
                .asString()
                .contains("between two Secondaries nothing is copied");
    }

    @Test
    void noteForTwoPrimariesWarnsOfDisconnecting() {
        ResourceState dual = replicating(DUAL, "Established", 12);
        assertThat(VERIFY.notes(cluster(node(SV1, dual), node(SV2, dual))))
                .singleElement()
                .asString()
                .contains("Never disconnect while both are Primary");
    }

    @Test
    void readsOptionsOfTheRunningResource() {
        assertThat(RunningOptions.probe("r0").parser().apply(new Reading(0, "verify-alg sha1\nsize 0s\n")))
                .isEqualTo(new RunningOptions("sha1", false, Set.of()));
        assertThat(RunningOptions.probe("r0").parser().apply(new Reading(0, "size 204800s\n")))
                .isEqualTo(new RunningOptions("", true, Set.of()));
        assertThat(RunningOptions.probe("r0").parser().apply(new Reading(3, "")))
                .isEqualTo(RunningOptions.NONE);
    }

    @Test
    void refusesAnInvalidName() {
        assertThatThrownBy(() -> new DrbdVerify("a b").check(BOTH)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> new DrbdVerify(null).check(BOTH)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void dryRunAssumesNothing() {
        NodeFacts facts = node(SV1, PRIMARY);
        assertThat(assumed(VERIFY, facts)).isSameAs(facts);
    }

    @Test
    void namesTheDifferingPairOfThreeNodes() {
        DrbdVerify verify = new DrbdVerify("r3");
        ClusterFacts after = Drbd9Nodes.cluster("verify-found-out-of-sync");
        assertThat(outcome(verify, Drbd9Nodes.cluster("verify-running-with-out-of-sync"), after)
                        .whole())
                .containsEntry("outOfSyncKib", 40L)
                .containsEntry("pairs", List.of(pair("sv1", "sv3", 40), pair("sv2", "sv3", 0)));
        assertThat(verify.notes(after))
                .singleElement()
                .asString()
                .startsWith("OUT OF SYNC: 40 KiB of 'r3' differ between sv1 and sv3.")
                .contains("run `drbdadm disconnect r3:sv1 && drbdadm connect r3:sv1` on sv3");
        NodeFacts sv3 = after.node("sv3");
        assertThat(outcome(verify, after, after).nodes().get("sv3"))
                .containsEntry("outOfSyncKibByVolume", Map.of("0", 40L));
    }

    private static Map<String, Object> pair(String one, String other, long kib) {
        return Map.of("nodes", List.of(one, other), "outOfSyncKib", kib, "outOfSyncKibByVolume", Map.of("0", kib));
    }

    @Test
    void reportsNoDifferencesBeforeAVerify() {
        NodeFacts sv1 = node(SV1, replicating(PRIMARY, "Established", 120));
        assertThat(report(VERIFY, cluster(sv1))).isEmpty();
        assertThat(report(VERIFY, sv1)).doesNotContainKey("outOfSyncKibByVolume");
    }

    @Test
    void doesNotReportAnUnknownAmountAsZero() {
        ConnectionStatus peer = PRIMARY.connections().get("peer");
        ResourceState unknown = new ResourceState(
                "r0",
                Role.parse("Primary"),
                false,
                PRIMARY.volumes(),
                Map.of(
                        "peer",
                        new ConnectionStatus(
                                "peer",
                                null,
                                peer.connection(),
                                peer.peerRole(),
                                Map.of(
                                        0,
                                        new PeerDeviceState(
                                                0,
                                                ReplicationState.parse("Established"),
                                                DiskState.parse("UpToDate"),
                                                false,
                                                null)))));
        ClusterFacts after = cluster(node(SV1, unknown));
        assertThat(outcome(VERIFY, after, after).whole()).doesNotContainKey("outOfSyncKib");
        assertThat(VERIFY.notes(after))
                .containsExactly(
                        "DRBD does not report how much of 'r0' differs between sv1 and sv2; see `dmesg` there");
    }
}
