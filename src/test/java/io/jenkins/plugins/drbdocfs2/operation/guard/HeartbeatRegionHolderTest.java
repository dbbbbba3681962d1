package io.jenkins.plugins.drbdocfs2.operation.guard;

import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.ROOT_MOUNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.read;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.PRIMARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.SECONDARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.free;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.mounted;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.ocfs2.HeartbeatRegion;
import io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdDemote;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterMount;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import org.junit.jupiter.api.Test;

/** Names an OCFS2 heartbeat that holds a device, and refuses a second mount, which would leave one behind. */
class HeartbeatRegionHolderTest {
    private static final DrbdDemote DEMOTE = new DrbdDemote("r0", "sv1");
    private static final String REGION = "AE6E5EBD14574C9F942B804CD833EBB1";

    private static NodeFacts withHeartbeat(NodeFacts node, String mode, String device) {
        return node.with(HeartbeatRegion.PROBE, read(HeartbeatRegion.PROBE, mode + " " + REGION + " " + device + "\n"));
    }

    @Test
    void reportsALeftOverHeartbeatWithItsRemedy() {
        assertThat(refusal(DEMOTE, withHeartbeat(free(SV1, PRIMARY), "local", "drbd0"), free(SV2, SECONDARY)))
                .contains("held open by a heartbeat of OCFS2 that is left over from a second mount (region " + REGION)
                .contains("`ocfs2_hb_ctl -K -d /dev/drbd0 o2cb`", "`ocfs2_hb_ctl -I -d /dev/drbd0`")
                .doesNotContain("iSCSI");
    }

    @Test
    void ignoresTheHeartbeatOfAMountAndOfAnotherDevice() throws StepFailure {
        assertThat(refusal(
                        DEMOTE,
                        withHeartbeat(mounted(free(SV1, PRIMARY), "/srv"), "local", "drbd0"),
                        free(SV2, SECONDARY)))
                .contains("mounted at /srv")
                .doesNotContain("heartbeat");
        assertThat(planned(
                        DEMOTE.plan(cluster(withHeartbeat(free(SV1, PRIMARY), "local", "drbd1"), free(SV2, SECONDARY))),
                        SV1))
                .containsExactly("drbdadm secondary r0");
    }

    @Test
    void reportsAGlobalHeartbeat() {
        assertThat(refusal(DEMOTE, withHeartbeat(free(SV1, PRIMARY), "global", "drbd0"), free(SV2, SECONDARY)))
                .contains("held open by the global heartbeat of the OCFS2 cluster", "o2cb stop-heartbeat");
    }

    @Test
    void refusesASecondMountOfOcfs2OnANode() {
        NodeFacts elsewhere = Ocfs2Nodes.formatted(SV1)
                .with(
                        StorageProbes.MOUNTS,
                        MountInfo.parse(ROOT_MOUNT + "60 21 147:0 / /srv/old rw,relatime - ocfs2 /dev/drbd0 rw\n"));
        ClusterMount mount = new ClusterMount("/dev/drbd0", Ocfs2Nodes.MNT, "ocfs2", null, true);

        assertThat(refusal(mount, elsewhere, Ocfs2Nodes.formatted(SV2)))
                .contains("sv1: /dev/drbd0 is mounted at /srv/old already", "heartbeat", "mount --bind")
                .doesNotContain("is in use")
                .doesNotContain("sv2:");
    }
}
