package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.engine.DryRunState;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNode;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdDemote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdRemoveResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResize;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdSwitchover;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdVerify;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdWaitSync;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2Format;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2VerifySharing;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterMount;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterUnmount;
import io.jenkins.plugins.drbdocfs2.operation.storage.FilesystemFormat;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consecutive dry runs: each one plans as if the previous ones had been executed. */
class DryRunsInSequenceTest {
    private static final String DISK = "readable\nzero begin\nzero end\nzero inside\n";
    private static final String MP = "/srv/www";

    private final DryRunState dryRunState = new DryRunState();
    private SimulatedNodes nodes;

    private Plan dryRun(Operation operation) throws Exception {
        return nodes.dryRun(operation, BOTH, dryRunState);
    }

    /** Creates the resource r0 on blank disks, in a dry run only. */
    private void createResource(String metaDisk) throws Exception {
        nodes = SimulatedNodes.empty()
                .with("device /dev/sys/drbd0", SimulatedNodes.device("/dev/dm-0", "254:0", DISK, ""))
                .with("device /dev/sys/drbd0_meta", SimulatedNodes.device("/dev/dm-1", "254:1", DISK, ""));
        dryRun(create(metaDisk));
    }

    private static DrbdCreateResource create(String metaDisk) {
        ResourceSpec spec = new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sys/drbd0", metaDisk)),
                List.of(),
                null,
                7789,
                "C",
                false,
                "net { verify-alg sha1; }");
        return new DrbdCreateResource(spec, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);
    }

    @Test
    void changesAnAssumedResourceWithoutTheModule() throws Exception {
        createResource("internal");
        dryRun(new DrbdPromote("r0", "sv1", true));
        ResourceSpec other = new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sys/drbd0", "internal")),
                List.of(),
                null,
                7789,
                "C",
                false,
                "net { verify-alg md5; }");
        DrbdCreateResource again = new DrbdCreateResource(other, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);
        assertThat(planned(dryRun(again), SV1))
                .containsExactly("change /etc/drbd.d/r0.res", "drbdadm adjust r0", "wait for 'r0' to be connected");
        assertThat(dryRun(again).changes()).isEmpty();
    }

    @Test
    void verifiesAnAssumedResource() throws Exception {
        createResource("internal");
        dryRun(new DrbdPromote("r0", "sv1", true));
        dryRun(new DrbdWaitSync("r0", 300));
        assertThat(planned(dryRun(new DrbdVerify("r0")), SV1)).startsWith("drbdadm verify r0");
    }

    @Test
    void doesNotResizeAnAssumedResource() throws Exception {
        createResource("internal");
        dryRun(new DrbdPromote("r0", "sv1", true));
        dryRun(new DrbdWaitSync("r0", 300));
        Plan plan = dryRun(new DrbdResize("r0"));
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.notes())
                .containsExactly("'r0' does not exist yet: an earlier step creates it with the full size of its "
                        + "disks, so this dry run has nothing to compare");
    }

    @Test
    void removesAnAssumedResource() throws Exception {
        for (String metaDisk : List.of("internal", "/dev/sys/drbd0_meta")) {
            createResource(metaDisk);
            Plan plan = dryRun(new DrbdRemoveResource("r0", true));
            assertThat(planned(plan, SV2))
                    .containsExactly("drbdadm down r0", "drbdadm -- --force wipe-md r0/0", "remove /etc/drbd.d/r0.res");
            String on = metaDisk.equals("internal") ? "/dev/sys/drbd0" : metaDisk;
            assertThat(plan.notes())
                    .contains("sv2: the metadata of volume 0 of 'r0' on " + on + " do not exist yet: an earlier step "
                            + "creates them, so this dry run cannot tell which bytes would be wiped besides their "
                            + "superblock");
            assertThat(dryRun(new DrbdRemoveResource("r0", true)).isEmpty()).isTrue();
        }
    }

    /** All steps of a build on a resource that exists only in its dry run, in a realistic order. */
    @ParameterizedTest
    @ValueSource(strings = {"internal", "/dev/sys/drbd0_meta"})
    void runsAWholeLifeCycleOnFreshNodes(String metaDisk) throws Exception {
        createResource(metaDisk);
        nodes.with("mount place " + MP, "directory\n=\n" + MP + "\n");
        dryRun(new DrbdPromote("r0", "sv1", true));
        dryRun(new DrbdWaitSync("r0", 300));
        List<Node> first = List.of(SV1);
        Plan format =
                nodes.dryRun(new FilesystemFormat("/dev/drbd0", "ext4", "www", Overwrite.NOTHING), first, dryRunState);
        assertThat(planned(format, SV1)).hasSize(1);
        ClusterMount mount = new ClusterMount("/dev/drbd0", MP, "ext4", null, false);
        assertThat(planned(nodes.dryRun(mount, first, dryRunState), SV1)).contains("mount -t ext4 /dev/drbd0 " + MP);
        assertThat(dryRun(new DrbdResize("r0")).changes()).isEmpty();
        assertThat(planned(dryRun(new DrbdVerify("r0")), SV1)).startsWith("drbdadm verify r0");
        assertThat(planned(dryRun(new DrbdSwitchover("r0", "sv2", MP, "ext4")), SV2))
                .contains("drbdadm primary r0");
        assertThat(nodes.dryRun(mount, List.of(SV2), dryRunState).changes()).isEmpty();
        assertThat(planned(dryRun(new ClusterUnmount("/dev/drbd0", MP, false)), SV2))
                .containsExactly("umount " + MP);
        assertThat(planned(dryRun(new DrbdDemote("r0", "sv2")), SV2)).containsExactly("drbdadm secondary r0");
        assertThat(planned(dryRun(new DrbdRemoveResource("r0", true)), SV1)).contains("drbdadm down r0");
        assertThat(planned(dryRun(create(metaDisk)), SV1))
                .containsExactly(
                        "drbdadm create-md r0/0",
                        "write /etc/drbd.d/r0.res",
                        "drbdadm up r0",
                        "wait for 'r0' to be connected");
    }

    @Test
    void unmountsAnAssumedMountOfASwitchover() throws Exception {
        String number = "147:0";
        nodes = SimulatedNodes.running(false, "Primary", "Secondary")
                .on(SV1, "mounts", SimulatedNodes.mount(number, "/dev/drbd0", "ext4", MP))
                .with("mount place " + MP, "directory\n=\n" + MP + "\n");
        assertThat(planned(dryRun(new DrbdSwitchover("r0", "sv2", MP, null)), SV1))
                .startsWith("umount " + MP);

        Plan plan = dryRun(new ClusterUnmount("/dev/drbd0", MP, false));
        assertThat(planned(plan, SV1)).isEmpty();
        assertThat(planned(plan, SV2)).containsExactly("umount " + MP);
        assertThat(planned(dryRun(new DrbdDemote("r0", "sv2")), SV2)).containsExactly("drbdadm secondary r0");
    }

    @Test
    void assumedUnmountEndsTheOcfs2Heartbeat() throws Exception {
        String mount = SimulatedNodes.mount("147:0", "/dev/drbd0", "ocfs2", MP);
        nodes = SimulatedNodes.running(true, "Primary", "Primary")
                .with("mounts", mount)
                .with("o2cb heartbeats", "local AE6E5EBD14574C9F942B804CD833EBB1 drbd0\n")
                .with("mount place " + MP, "directory\n=\n" + MP + "\n");
        dryRun(new ClusterUnmount("/dev/drbd0", MP, false));

        assertThat(planned(dryRun(new DrbdDemote("r0", "sv1")), SV1)).containsExactly("drbdadm secondary r0");
    }

    @Test
    void assumedSwitchoverEndsTheOcfs2Heartbeat() throws Exception {
        nodes = SimulatedNodes.running(false, "Primary", "Secondary")
                .on(SV1, "mounts", SimulatedNodes.mount("147:0", "/dev/drbd0", "ocfs2", MP))
                .on(SV1, "o2cb heartbeats", "local AE6E5EBD14574C9F942B804CD833EBB1 drbd0\n");
        dryRun(new DrbdSwitchover("r0", "sv2", null, null));
        dryRun(new DrbdDemote("r0", "sv2"));

        assertThat(planned(dryRun(new DrbdRemoveResource("r0", false)), SV1)).contains("drbdadm down r0");
    }

    @Test
    void assumedFilesystemIsTheSameOnAllNodes() throws Exception {
        ClusterConf conf = ClusterConf.of(
                "tclust",
                List.of(new O2cbNode(0, "sv1", "10.77.0.1", 7777), new O2cbNode(1, "sv2", "10.77.0.2", 7777)));
        nodes = SimulatedNodes.running(true, "Primary", "Primary")
                .with("file /etc/ocfs2/cluster.conf", "644\n" + conf.render())
                .with("o2cb state", Recorded.text("ocfs2/o2cb-state.txt"))
                .with("mount place " + MP, "directory\n=\n" + MP + "\n");
        dryRun(new Ocfs2Format("/dev/drbd0", null, 2, null, null, null, null, null, null, Overwrite.NOTHING));
        dryRun(new ClusterMount("/dev/drbd0", MP, "ocfs2", null, false));

        Plan plan = dryRun(new Ocfs2VerifySharing(MP, 1, 1, "token"));
        assertThat(planned(plan, SV1)).isNotEmpty();
        assertThat(planned(plan, SV2)).isNotEmpty();
    }

    @Test
    void unmountsAnAssumedMountAfterAnAssumedSwitchover() throws Exception {
        String ext4 = SimulatedNodes.device("/dev/drbd0", "147:0", DISK, "TYPE=ext4\nUUID=6c1d\n");
        nodes = SimulatedNodes.running(false, "Primary", "Secondary").with("device /dev/drbd0", ext4);
        Plan mount = nodes.dryRun(new ClusterMount("/dev/drbd0", MP, "ext4", null, false), List.of(SV1), dryRunState);
        assertThat(planned(mount, SV1)).contains("mount -t ext4 /dev/drbd0 " + MP);
        dryRun(new DrbdSwitchover("r0", "sv2", MP, null));

        assertThat(planned(dryRun(new ClusterUnmount("/dev/drbd0", MP, false)), SV2))
                .containsExactly("umount " + MP);
    }
}
