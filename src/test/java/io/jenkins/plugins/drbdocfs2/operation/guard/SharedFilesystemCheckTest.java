package io.jenkins.plugins.drbdocfs2.operation.guard;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.node;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.state;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.drbd0;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.DrbdNodes;
import io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes;
import io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Refuses two Primaries for a single-node filesystem. */
class SharedFilesystemCheckTest {
    private static final BlockDevice XFS = drbd0(true, Map.of("TYPE", "xfs", "USAGE", "filesystem", "UUID", "6c1d"));
    private static final BlockDevice OCFS2 = drbd0(true, Ocfs2Nodes.ocfs2("data"));
    private static final BlockDevice UNREADABLE = drbd0(false, Map.of());
    private static final DrbdCreateResource DUAL =
            new DrbdCreateResource(NewResourceNodes.SPEC, new Overwrite(List.of()), false, PeerLossPolicy.CONTINUE);

    /** The node has r0 with one Primary. */
    private static NodeFacts single(NodeFacts done) {
        String text = ResourceText.render(DrbdNodes.spec(false).on(BOTH), DrbdGeneration.V84);
        return done.with(SystemProbes.file("/etc/drbd.d/r0.res"), new FileFact(true, text, "600"))
                .with(DrbdProbes.configured("r0"), configured(false, SYNCED))
                .with(NewResourceNodes.candidate(), configured(true, SYNCED));
    }

    private static NodeFacts device(NodeFacts node, BlockDevice device) {
        return node.with(BlockDevice.probe("/dev/drbd0"), device);
    }

    @Test
    void refusesDualPrimaryForASingleNodeFilesystem() throws StepFailure {
        NodeFacts sv2 = device(single(NewResourceNodes.done(SV2)), UNREADABLE);

        assertThat(refusal(DUAL, device(single(NewResourceNodes.done(SV1)), XFS), sv2))
                .contains(
                        "sv1: /dev/drbd0 of 'r0' holds xfs, a single-node filesystem, and two nodes are to be Primary")
                .contains("Mounted on both nodes it would be destroyed", "Leave out dualPrimary", "ocfs2Format");
        assertThat(planned(DUAL.plan(cluster(device(single(NewResourceNodes.done(SV1)), OCFS2), sv2)), SV1))
                .contains("change /etc/drbd.d/r0.res");
    }

    @Test
    void reportsAMountAndReadsTheDiskBelowAnUnreadableDevice() {
        MountInfo mounts = MountInfo.parse("60 21 147:0 / /srv/www rw - ext4 /dev/drbd0 rw\n");
        NodeFacts sv2 = device(single(NewResourceNodes.done(SV2)), UNREADABLE);
        NodeFacts mounted =
                device(single(NewResourceNodes.done(SV1)), UNREADABLE).with(StorageProbes.MOUNTS, mounts);
        NodeFacts below = sv2.with(
                NewResourceNodes.data(),
                BlockDevice.blank("/dev/sys/drbd0", NewResourceNodes.GIB).holding(Map.of("TYPE", "btrfs")));

        assertThat(refusal(DUAL, mounted, sv2)).contains("sv1: /dev/drbd0 of 'r0' holds ext4, mounted at /srv/www");
        assertThat(refusal(DUAL, device(single(NewResourceNodes.done(SV1)), UNREADABLE), below))
                .contains("sv2: /dev/drbd0 of 'r0' holds btrfs");
    }

    @Test
    void warnsIfTheResourceAlreadyHasTwoPrimaries() throws StepFailure {
        Plan plan = DUAL.plan(
                cluster(device(NewResourceNodes.done(SV1), XFS), device(NewResourceNodes.done(SV2), UNREADABLE)));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes())
                .anyMatch(note -> note.startsWith(Plan.WARNING + "sv1: /dev/drbd0 of 'r0' holds xfs")
                        && note.contains("two nodes may be Primary"));
    }

    @Test
    void refusesASecondPrimaryForASingleNodeFilesystem() throws StepFailure {
        ResourceState primary = state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate");
        ResourceState other = state("Secondary", "UpToDate", "Connected", "Primary", "UpToDate");
        NodeFacts sv1 = node(SV1, configured(true, SYNCED), other);
        NodeFacts sv2 = node(SV2, configured(true, SYNCED), primary);
        DrbdPromote promote = new DrbdPromote("r0", "sv1", false);

        assertThat(promote.probes(SV2, BOTH, cluster(sv1, sv2)).probes())
                .contains(BlockDevice.probe("/dev/drbd0"), StorageProbes.MOUNTS);
        assertThat(promote.probes(SV1, BOTH, cluster(sv1, sv2)).probes()).isEmpty();
        assertThat(refusal(promote, sv1, device(sv2, XFS)))
                .contains("sv1: sv2 is Primary, and /dev/drbd0 there holds xfs, a single-node filesystem")
                .contains("drbdSwitchover");
        assertThat(planned(promote.plan(cluster(sv1, device(sv2, OCFS2))), SV1)).containsExactly("drbdadm primary r0");
    }
}
