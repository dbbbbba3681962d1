package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.node;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.state;
import static io.jenkins.plugins.drbdocfs2.operation.SomeNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.SomeNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.SomeNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.SomeNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.SomeNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.SomeNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.ResourceState;
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
    void whereAllIsUpToDateThereIsNothingToWaitFor() throws Exception {
        ResourceState good = state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate");
        assertThat(WAIT.plan(cluster(node(SV1, USED, good), node(SV2, USED, good)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void duringASynchronisationAllNodesAreFollowedAndNoneCountsAsChanged() throws Exception {
        Plan plan = WAIT.plan(cluster(node(SV1, USED, SOURCE), node(SV2, USED, TARGET)));
        assertThat(planned(plan, SV1)).containsExactly("'r0' UpToDate everywhere");
        assertThat(planned(plan, SV2)).containsExactly("'r0' UpToDate everywhere");
        assertThat(plan.changes()).noneMatch(WAIT::changes);
    }

    @Test
    void withoutAnyGoodDataWaitingIsInVain() {
        ResourceState bad = state("Secondary", "Inconsistent", "Connected", "Secondary", "Inconsistent");
        ConfiguredResource fresh = configured(true, GenerationIds.JUST_CREATED);
        assertThat(refusal(WAIT, node(SV1, fresh, bad), node(SV2, fresh, bad)))
                .contains("no node has UpToDate data of 'r0'")
                .contains("drbdPromote with force: true");
    }

    @Test
    void aNodeThatIsDownALostDiskOrAStandAloneConnectionMakeWaitingVain() {
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
    void aStallTimeOutOfRangeIsRefused(int seconds) {
        assertThatThrownBy(() -> new DrbdWaitSync("r0", seconds).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("stallSeconds must be 5 to 86400");
    }

    @Test
    void afterADryRunAllCountsAsUpToDate() throws Exception {
        assertThat(WAIT.plan(cluster(
                                WAIT.assume(node(SV1, USED, SOURCE), BOTH), WAIT.assume(node(SV2, USED, TARGET), BOTH)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void statusTellsASplitBrainByTheGenerationsOfBothSides() {
        GenerationIds one = new GenerationIds(0x1000, 0x2000, List.of(0x3000L, 0L), Set.of());
        GenerationIds other = new GenerationIds(0x5000, 0x2000, List.of(0x3000L, 0L), Set.of());
        ResourceState alone = state("Primary", "UpToDate", "StandAlone", "Unknown", "DUnknown");
        assertThat(new DrbdStatus("r0")
                        .report(cluster(
                                node(SV1, configured(true, one), alone), node(SV2, configured(true, other), alone))))
                .containsEntry("splitBrain", true)
                .containsEntry("splitBetween", List.of("sv1 and sv2"));
    }
}
