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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrbdPromoteTest {
    private static final DrbdPromote FIRST = new DrbdPromote("r0", "sv1", true);
    private static final DrbdPromote PLAIN = new DrbdPromote("r0", "sv1", false);
    private static final ConfiguredResource NEW = configured(true, GenerationIds.JUST_CREATED);
    private static final ConfiguredResource USED = configured(true, SYNCED);
    private static final ResourceState INCONSISTENT =
            state("Secondary", "Inconsistent", "Connected", "Secondary", "Inconsistent");
    private static final ResourceState GOOD = state("Secondary", "UpToDate", "Connected", "Secondary", "UpToDate");

    @Test
    void forcesTheFirstSynchronisationIfNoNodeHasEverHadData() throws Exception {
        Plan plan = FIRST.plan(cluster(node(SV1, NEW, INCONSISTENT), node(SV2, NEW, INCONSISTENT)));
        assertThat(planned(plan, SV1)).containsExactly("drbdadm primary --force r0");
        assertThat(planned(plan, SV2)).isEmpty();
    }

    @Test
    void refusesWithoutForceBeforeTheFirstSynchronisation() {
        assertThat(refusal(PLAIN, node(SV1, NEW, INCONSISTENT), node(SV2, NEW, INCONSISTENT)))
                .contains("sv1: volume 0 of 'r0' is Inconsistent and no connected peer is UpToDate")
                .contains("force: true");
    }

    @Test
    void leavesAPrimaryUnchangedWithAndWithoutForce() throws Exception {
        ResourceState primary = state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate");
        assertThat(FIRST.plan(cluster(node(SV1, USED, primary), node(SV2, USED, GOOD)))
                        .isEmpty())
                .isTrue();
        assertThat(PLAIN.plan(cluster(node(SV1, USED, primary), node(SV2, USED, GOOD)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void readsNoDeviceOfAPrimary() {
        ResourceState primary = state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate");
        ClusterFacts facts = cluster(node(SV1, USED, primary), node(SV2, USED, GOOD));
        for (DrbdPromote step : List.of(FIRST, PLAIN)) {
            assertThat(step.probes(SV1, BOTH, facts).isEmpty()).isTrue();
            assertThat(step.probes(SV2, BOTH, facts).isEmpty()).isTrue();
        }
        ClusterFacts before = cluster(node(SV1, USED, GOOD), node(SV2, USED, primary));
        assertThat(FIRST.probes(SV1, BOTH, before).isEmpty()).isFalse();
        assertThat(PLAIN.probes(SV2, BOTH, before).isEmpty()).isFalse();
    }

    @Test
    void doesNotForceAnUpToDateNode() throws Exception {
        Plan plan = FIRST.plan(cluster(node(SV1, USED, GOOD), node(SV2, USED, GOOD)));
        assertThat(planned(plan, SV1)).containsExactly("drbdadm primary r0");
    }

    @Test
    void refusesForceIfAnotherNodeHasGoodData() {
        ResourceState behind = state("Secondary", "Inconsistent", "Connected", "Secondary", "UpToDate");
        assertThat(refusal(FIRST, node(SV1, USED, behind), node(SV2, USED, GOOD)))
                .contains("sv2: volume 0 of 'r0' is UpToDate")
                .contains("overwrite those on all other nodes");
    }

    @Test
    void refusesForceAfterAnInterruptedSynchronisation() {
        assertThat(refusal(FIRST, node(SV1, USED, INCONSISTENT), node(SV2, NEW, INCONSISTENT)))
                .contains("sv1: volume 0 of 'r0' is Inconsistent, but its metadata show that it has been synchronised");
    }

    @Test
    void refusesForceIfTheResourceIsDownOnAnotherNode() {
        assertThat(refusal(FIRST, node(SV1, NEW, INCONSISTENT), node(SV2, NEW, null)))
                .contains("sv2: 'r0' is not up there, so what its disk holds is not known");
    }

    @Test
    void refusesForceIfMetadataCannotBeRead() {
        assertThat(refusal(FIRST, node(SV1, NEW, INCONSISTENT), node(SV2, configured(true, null), INCONSISTENT)))
                .contains("sv2: ");
    }

    @Test
    void refusesForceIfANodeOfTheResourceIsNotInTheStep() {
        assertThat(refusal(FIRST, node(SV1, NEW, INCONSISTENT)))
                .contains("sv2: it belongs to 'r0', but is not a node of this step");
    }

    @Test
    void refusesForceIfThePeerHasGoodData() {
        ResourceState sees = state("Secondary", "Inconsistent", "Connected", "Secondary", "UpToDate");
        assertThat(refusal(FIRST, node(SV1, NEW, sees), node(SV2, NEW, INCONSISTENT)))
                .contains("sv1: its peer peer is Secondary and has good data");
    }

    @Test
    void refusesASecondPrimaryDuringASynchronisation() {
        ResourceState primary = state("Primary", "UpToDate", "Connected", "Secondary", "Inconsistent");
        ResourceState target = state("Secondary", "Inconsistent", "Connected", "Primary", "UpToDate");
        assertThat(refusal(PLAIN, node(SV1, USED, target), node(SV2, USED, primary)))
                .contains("'r0' is not UpToDate there yet")
                .contains("drbdWaitSync");
    }

    @Test
    void secondPrimaryRequiresDualPrimary() throws Exception {
        ResourceState primary = state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate");
        ResourceState secondary = state("Secondary", "UpToDate", "Connected", "Primary", "UpToDate");
        ConfiguredResource single = configured(false, SYNCED);
        assertThat(refusal(PLAIN, node(SV1, single, secondary), node(SV2, single, primary)))
                .contains("sv2 is Primary, and 'r0' does not allow two Primaries");
        Plan plan = PLAIN.plan(cluster(node(SV1, USED, secondary), node(SV2, USED, primary)));
        assertThat(planned(plan, SV1)).containsExactly("drbdadm primary r0");
    }

    @Test
    void refusesASecondPrimaryWithoutAConnection() {
        ResourceState alone = state("Primary", "UpToDate", "Connecting", "Unknown", "DUnknown");
        ResourceState secondary = state("Secondary", "UpToDate", "Connecting", "Unknown", "DUnknown");
        assertThat(refusal(PLAIN, node(SV1, USED, secondary), node(SV2, USED, alone)))
                .contains("sv2 is Primary and its connection is Connecting")
                .contains("the data split");
    }

    private static ConfiguredResource generation(long current, long bitmap, long older) {
        return configured(false, new GenerationIds(current, bitmap, List.of(older, 0L), Set.of()));
    }

    @Test
    void refusesADisconnectedNodeThatMissedWrites() throws Exception {
        ResourceState alone = state("Secondary", "UpToDate", "Connecting", "Unknown", "DUnknown");
        ConfiguredResource old = generation(0x1000, 0, 0);
        ConfiguredResource newer = generation(0x2000, 0x1000, 0);
        ConfiguredResource newest = generation(0x3000, 0, 0x1000);
        String missed = "sv1: its data of 'r0' are older than those of sv2, and it is not connected";
        assertThat(refusal(PLAIN, node(SV1, old, alone), node(SV2, newer, alone)))
                .contains(missed)
                .contains("What was written on sv2 would be split off")
                .contains("or promote sv2");
        assertThat(refusal(PLAIN, node(SV1, old, alone), node(SV2, newest, null)))
                .contains(missed);
        Plan plan = PLAIN.plan(cluster(node(SV1, newer, alone), node(SV2, old, alone)));
        assertThat(planned(plan, SV1)).containsExactly("drbdadm primary r0");
        Plan connected = PLAIN.plan(cluster(node(SV1, old, GOOD), node(SV2, newer, GOOD)));
        assertThat(planned(connected, SV1)).containsExactly("drbdadm primary r0");
    }

    @Test
    void refusesANodeInASplitBrain() {
        ResourceState alone = state("Secondary", "UpToDate", "StandAlone", "Unknown", "DUnknown");
        assertThat(refusal(
                        PLAIN,
                        node(SV1, generation(0x2000, 0x1000, 0), alone),
                        node(SV2, generation(0x3000, 0x1000, 0), alone)))
                .contains("its data of 'r0' have split from those of sv2")
                .contains("drbdResolveSplitBrain");
    }

    @Test
    void refusesADownOrUnknownResourceWithARemedy() {
        assertThat(refusal(PLAIN, node(SV1, USED, null), node(SV2, USED, GOOD)))
                .contains("sv1: resource 'r0' is not up")
                .contains("drbdCreateResource");
        assertThat(refusal(PLAIN, node(SV1, ConfiguredResource.NONE, null), node(SV2, ConfiguredResource.NONE, null)))
                .contains("there is no resource 'r0' on sv1, sv2");
    }

    @Test
    void refusesIfTheStateIsUnknown() {
        NodeFacts silent = node(SV2, USED, GOOD).with(DrbdProbes.STATE, Optional.empty());
        assertThat(refusal(PLAIN, node(SV1, USED, GOOD), silent))
                .contains("sv2: ")
                .contains("state of DRBD is unknown");
        NodeFacts bare = node(SV2, USED, GOOD).with(DrbdProbes.VERSION, Optional.empty());
        assertThat(refusal(PLAIN, node(SV1, USED, GOOD), bare)).contains("drbdInstall");
    }

    @Test
    void refusesInvalidParametersBeforeAnyProbe() {
        assertThatThrownBy(() -> new DrbdPromote("all", "sv1", false).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("all");
        assertThatThrownBy(() -> new DrbdPromote("r0", "sv3", false).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("sv1, sv2");
        assertThatThrownBy(() -> new DrbdPromote("r0", null, false).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("node");
    }

    @Test
    void dryRunAssumesAnUpToDatePrimary() throws Exception {
        NodeFacts one = assumed(FIRST, node(SV1, NEW, INCONSISTENT));
        NodeFacts two = assumed(FIRST, node(SV2, NEW, INCONSISTENT));
        assertThat(FIRST.plan(cluster(one, two)).isEmpty()).isTrue();
        assertThat(report(FIRST, one)).containsEntry("role", "Primary").containsEntry("disk", "UpToDate");
    }
}
