package io.jenkins.plugins.drbdocfs2.operation.drbd;

import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.IDLE;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.PRIMARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.SECONDARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.free;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.mounted;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.recorded;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.used;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assumed;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdDeviceUsers;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Role;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrbdDemoteTest {
    private static final DrbdDemote DEMOTE = new DrbdDemote("r0", "sv1");

    @Test
    void demotesAnUnusedPrimary() throws Exception {
        Plan plan = DEMOTE.plan(cluster(free(SV1, PRIMARY), free(SV2, SECONDARY)));
        assertThat(planned(plan, SV1)).containsExactly("drbdadm secondary r0");
        assertThat(planned(plan, SV2)).isEmpty();
    }

    @Test
    void leavesASecondaryUnchanged() throws Exception {
        assertThat(DEMOTE.plan(cluster(free(SV1, IDLE), free(SV2, IDLE))).isEmpty())
                .isTrue();
    }

    @Test
    void doesNothingIfTheResourceIsDownAndSaysSo() throws Exception {
        Plan plan = DEMOTE.plan(cluster(free(SV1, null), free(SV2, IDLE)));
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes()).containsExactly("sv1: 'r0' is not up there, so it is not Primary either");
    }

    @Test
    void refusesAMountedDeviceWithItsMountPoints() {
        assertThat(refusal(DEMOTE, mounted(free(SV1, PRIMARY), "/srv/www", "/srv/bind"), free(SV2, SECONDARY)))
                .contains("sv1: 'r0' is in use and cannot become Secondary")
                .contains("mounted at /srv/www and /srv/bind")
                .contains("clusterUnmount");
    }

    @Test
    void refusesARecordedMount() {
        assertThat(refusal(DEMOTE, recorded("primary-mounted", SV1, "r0"), recorded("primary-mounted", SV2, "r0")))
                .contains("mounted at /srv/w");
    }

    @Test
    void namesProcessesThatUseTheMount() {
        assertThat(refusal(
                        DEMOTE,
                        used(mounted(free(SV1, PRIMARY), "/srv/www"), "files 0 process 3190 (sleep)\n"),
                        free(SV2, SECONDARY)))
                .contains("mounted at /srv/www and used there by process 3190 (sleep)");
    }

    @Test
    void refusesIfTheUsersOfTheDeviceAreUnknown() {
        assertThat(refusal(
                        DEMOTE,
                        free(SV1, PRIMARY).with(DrbdDeviceUsers.PROBE, new DrbdDeviceUsers(false, List.of())),
                        free(SV2, SECONDARY)))
                .contains("sv1: 'r0' is in use and cannot become Secondary")
                .contains("it is not known what: it cannot be read there");
    }

    @Test
    void namesWhatHoldsTheDeviceOpen() {
        String uses =
                """
                holder 0 vg1-lv
                holder 0 swap
                process 0 process 1088 (dd)
                elsewhere 0 a mount at /x of process 77 (container)
                process 1 process 99 (of another resource)
                """;
        assertThat(refusal(DEMOTE, used(free(SV1, PRIMARY), uses), free(SV2, SECONDARY)))
                .contains("held open by vg1-lv, swap, process 1088 (dd), a mount at /x of process 77 (container)")
                .doesNotContain("99")
                .contains("Close what holds it open first");
    }

    @Test
    void refusesADeviceThatOnlyDrbd9ReportsAsOpen() {
        ResourceState open = new ResourceState(
                "r0",
                Role.parse("Primary"),
                false,
                Map.of(0, new DeviceState(0, 0, DiskState.parse("UpToDate"), null, true, 1048576L, true)),
                PRIMARY.connections());
        assertThat(refusal(DEMOTE, free(SV1, open), free(SV2, SECONDARY))).contains("iSCSI target");
    }

    @Test
    void refusesAnUnconfiguredResource() {
        assertThat(refusal(
                        DEMOTE,
                        free(SV1, null).with(DrbdProbes.configured("r0"), ConfiguredResource.NONE),
                        free(SV2, null).with(DrbdProbes.configured("r0"), ConfiguredResource.NONE)))
                .contains("there is no resource 'r0' on sv1, sv2");
    }

    @Test
    void refusesInvalidNamesOfNodesAndResources() {
        assertThatThrownBy(() -> new DrbdDemote("r0", "sv3").check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("node must be one of sv1, sv2");
        assertThatThrownBy(() -> new DrbdDemote("all", "sv1").check(BOTH))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> new DrbdDemote("r0; reboot", "sv1").check(BOTH))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> new DrbdDemote(null, "sv1").check(BOTH)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void failsIfTheNodeIsStillPrimaryAfterwards() {
        assertThatThrownBy(() -> DEMOTE.confirm(cluster(free(SV1, PRIMARY), free(SV2, SECONDARY))))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("sv1");
    }

    @Test
    void dryRunAssumesASecondaryOnBothNodes() {
        ResourceState here = DrbdFacts.state(assumed(DEMOTE, free(SV1, PRIMARY)), "r0");
        ResourceState there = DrbdFacts.state(assumed(DEMOTE, free(SV2, SECONDARY)), "r0");
        assertThat(here.role()).hasToString("Secondary");
        assertThat(there.connections().get("peer").peerRole()).hasToString("Secondary");
    }

    @Test
    void probesTheUsersOfTheDeviceOnlyOnTheDemotedNode() {
        assertThat(DEMOTE.probes(SV1, BOTH, cluster()).probes()).hasSize(7);
        assertThat(DEMOTE.probes(SV2, BOTH, cluster()).probes()).hasSize(4);
        assertThat(DEMOTE.probes(SV1, BOTH, cluster(free(SV1, PRIMARY))).isEmpty())
                .isTrue();
    }
}
