package io.jenkins.plugins.drbdocfs2.operation.drbd;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.node;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.state;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assumed;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.Drbd9Nodes;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrbdWaitSyncTest {
    private static final DrbdWaitSync WAIT = new DrbdWaitSync("r0", 300);
    private static final ConfiguredResource USED = configured(true, SYNCED);
    private static final ResourceState SOURCE = state("Primary", "UpToDate", "Connected", "Secondary", "Inconsistent");
    private static final ResourceState TARGET = state("Secondary", "Inconsistent", "Connected", "Primary", "UpToDate");

    @Test
    void doesNothingIfAllIsUpToDate() throws Exception {
        ResourceState good = state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate");
        assertThat(WAIT.plan(cluster(node(SV1, USED, good), node(SV2, USED, good)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void followsASynchronisationOnAllNodesWithoutChange() throws Exception {
        Plan plan = WAIT.plan(cluster(node(SV1, USED, SOURCE), node(SV2, USED, TARGET)));
        assertThat(planned(plan, SV1)).containsExactly("wait for 'r0' to be UpToDate everywhere");
        assertThat(planned(plan, SV2)).containsExactly("wait for 'r0' to be UpToDate everywhere");
        assertThat(plan.changes()).noneMatch(plan::changesNode);
    }

    @Test
    void refusesWithoutAnyGoodData() {
        ResourceState bad = state("Secondary", "Inconsistent", "Connected", "Secondary", "Inconsistent");
        ConfiguredResource fresh = configured(true, GenerationIds.JUST_CREATED);
        assertThat(refusal(WAIT, node(SV1, fresh, bad), node(SV2, fresh, bad)))
                .contains("no node has UpToDate data of 'r0'")
                .contains("drbdPromote with force: true");
    }

    /** After a boot of both, a disk is Consistent until the nodes connect: force would choose one without need. */
    @ParameterizedTest
    @ValueSource(strings = {"Consistent", "Negotiating", "Attaching"})
    void waitsForNodesThatDidNotDecideYetWhoIsUpToDate(String disk) throws Exception {
        ResourceState booted = state("Secondary", disk, "Connecting", "Unknown", "DUnknown");
        Plan plan = WAIT.plan(cluster(node(SV1, USED, booted), node(SV2, USED, booted)));
        assertThat(planned(plan, SV1)).containsExactly("wait for 'r0' to be UpToDate everywhere");
        assertThat(plan.notes()).anyMatch(note -> note.contains("sv1: 'r0' is not connected"));
    }

    @Test
    void refusesADownResourceALostDiskOrAStandAloneConnection() {
        assertThat(refusal(WAIT, node(SV1, USED, SOURCE), node(SV2, USED, null)))
                .contains("sv2: resource 'r0' is not up");
        ResourceState diskless = state("Secondary", "Diskless", "Connected", "Primary", "UpToDate");
        assertThat(refusal(WAIT, node(SV1, USED, SOURCE), node(SV2, USED, diskless)))
                .contains("sv2: volume 0 of 'r0' is Diskless");
        ResourceState alone = state("Primary", "UpToDate", "StandAlone", "Unknown", "DUnknown");
        assertThat(refusal(WAIT, node(SV1, USED, alone), node(SV2, USED, TARGET)))
                .contains("sv1: the connection of 'r0' is StandAlone")
                .contains("drbdResolveSplitBrain");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4, 86_401})
    void refusesAnInvalidStallTime(int seconds) {
        assertThatThrownBy(() -> new DrbdWaitSync("r0", seconds).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("stallSeconds must be 5 to 86400");
    }

    @Test
    void dryRunAssumesUpToDateNodes() throws Exception {
        assertThat(WAIT.plan(cluster(assumed(WAIT, node(SV1, USED, SOURCE)), assumed(WAIT, node(SV2, USED, TARGET))))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void statusReportsASplitBrainByGenerations() {
        GenerationIds one = new GenerationIds(0x1000, 0x2000, List.of(0x3000L, 0L), Set.of());
        GenerationIds other = new GenerationIds(0x5000, 0x2000, List.of(0x3000L, 0L), Set.of());
        ResourceState alone = state("Primary", "UpToDate", "StandAlone", "Unknown", "DUnknown");
        MountInfo mounts = new MountInfo(List.of());
        assertThat(report(
                        new DrbdStatus("r0"),
                        cluster(
                                node(SV1, configured(true, one), alone).with(StorageProbes.MOUNTS, mounts),
                                node(SV2, configured(true, other), alone).with(StorageProbes.MOUNTS, mounts))))
                .containsEntry("splitBrain", true)
                .containsEntry("splitBetween", List.of("sv1 and sv2"));
    }

    @Test
    void namesANodeWithoutTheResourceAtOnce() {
        ResourceState alone = state("Primary", "UpToDate", "Connecting", "Unknown", "DUnknown");
        assertThat(refusal(WAIT, node(SV1, USED, alone), node(SV2, ConfiguredResource.NONE, null)))
                .contains("sv2: the node has no resource 'r0', which the files of sv1 have it for")
                .contains("drbdCreateResource");
    }

    @Test
    void ignoresANodeThatIsNotPartOfTheResource() throws Exception {
        Node sv3 = new Node("sv3", "sv3", 22, "10.77.0.3");
        assertThat(planned(
                        WAIT.plan(cluster(
                                node(SV1, USED, SOURCE),
                                node(SV2, USED, TARGET),
                                node(sv3, ConfiguredResource.NONE, null))),
                        SV1))
                .hasSize(1);
    }

    private static ResourceState disconnected(String role, String disk) {
        return state(role, disk, "Connecting", "Unknown", "DUnknown");
    }

    @Test
    void waitsForDisconnectedNodesAndNamesThemAtOnce() throws Exception {
        Plan plan = WAIT.plan(cluster(
                node(SV1, USED, disconnected("Primary", "UpToDate")),
                node(SV2, USED, disconnected("Secondary", "Outdated"))));
        assertThat(planned(plan, SV2)).hasSize(1);
        assertThat(plan.notes())
                .containsExactly(
                        "sv1: 'r0' is not connected to sv2 (Connecting); without a connection this step gives up after"
                                + " 300 s",
                        "sv2: 'r0' is not connected to sv1 (Connecting); without a connection this step gives up after"
                                + " 300 s");
    }

    @Test
    void refusesNodesInASplitBrain() {
        GenerationIds one = new GenerationIds(0x1000, 0x2000, List.of(0x3000L, 0L), Set.of());
        GenerationIds other = new GenerationIds(0x5000, 0x2000, List.of(0x3000L, 0L), Set.of());
        assertThat(refusal(
                        WAIT,
                        node(SV1, configured(true, one), disconnected("Primary", "UpToDate")),
                        node(SV2, configured(true, other), disconnected("Primary", "UpToDate"))))
                .contains("'r0' has split: sv1 and sv2 were both written to")
                .contains("drbdResolveSplitBrain");
    }

    @Test
    void refusesNodesInASplitBrainOnDrbd9() {
        assertThat(refusal(WAIT, Drbd9Nodes.cluster("split-while-apart").all().toArray(NodeFacts[]::new)))
                .contains("'r0' has split: sv1 and sv2 were both written to");
    }

    @Test
    void namesAPausedVolumeAtOnce() throws Exception {
        Plan plan = new DrbdWaitSync("mv", 300).plan(Drbd9Nodes.cluster("paused-sync"));
        assertThat(plan.notes())
                .contains(
                        "sv1: the synchronisation of volume 0 of 'mv' with sv2 is paused (PausedSyncS); without progress this"
                                + " step gives up after 300 s");
        assertThat(planned(plan, SV1)).hasSize(1);
    }

    @Test
    void doesNothingDuringAVerify() throws Exception {
        assertThat(new DrbdWaitSync("r3", 300)
                        .plan(Drbd9Nodes.cluster("verify-running-with-out-of-sync"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void waitsForASplitBrainThatDrbdResolvesItself() throws Exception {
        ClusterFacts bothPrimary = Drbd9Nodes.cluster("split-while-apart");
        ClusterFacts bothSecondary = new ClusterFacts(bothPrimary.all().stream()
                .map(node -> node.change(DrbdProbes.STATE, state -> SimulatedDrbd.demoted(state, "r0", true)))
                .toList());
        assertThat(planned(WAIT.plan(bothSecondary), SV1)).hasSize(1); // after-sb-0pri discard-zero-changes
    }
}
