package io.jenkins.plugins.drbdocfs2.operation.storage;

import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.DRBD0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.FSTAB;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.MNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.ROOT_MOUNT;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.drbd0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.formatted;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.fresh;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.mounted;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.volume;
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

import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterMountTest {
    private static final String LINE = DRBD0 + " " + MNT
            + " ocfs2 _netdev,x-systemd.device-timeout=10min,x-systemd.mount-timeout=10min,x-systemd.requires=drbd.service,"
            + "x-systemd.requires=o2cb.service 0 0\n";
    private static final ClusterMount OCFS2 = mount("ocfs2", null, true);
    private static final ClusterMount XFS = mount("xfs", null, true);
    private static final Map<String, String> XFS_CONTENT = Map.of("TYPE", "xfs", "UUID", "6c1d4a34", "LABEL", "www");

    private static ClusterMount mount(String type, String options, boolean fstab) {
        return new ClusterMount(DRBD0, MNT, type, options, fstab);
    }

    private static NodeFacts withFstab(NodeFacts node, String text) {
        return node.with(SystemProbes.file(Fstab.PATH), new FileFact(true, text, "644"));
    }

    private static NodeFacts done(NodeFacts node) {
        return withFstab(node, FSTAB + LINE);
    }

    private static NodeFacts xfs(NodeFacts node, String role) {
        String peer = role.equals("Primary") ? "Secondary" : "Primary";
        return Ocfs2Nodes.with(node, role, "UpToDate", peer, false)
                .with(BlockDevice.probe(DRBD0), drbd0(role.equals("Primary"), XFS_CONTENT));
    }

    @Test
    void refusesASingleNodeFilesystemOnADualPrimaryResource() {
        NodeFacts two = Ocfs2Nodes.with(formatted(SV1), "Primary", "UpToDate", "Primary", true)
                .with(BlockDevice.probe(DRBD0), drbd0(true, XFS_CONTENT));
        assertThat(refusal(XFS, two))
                .contains("sv1: 'r0' may have two Primaries, and xfs is not a cluster filesystem")
                .contains("destroyed");
    }

    @Test
    void mountsOnOneOfTwoDisconnectedPrimariesButNotOnBoth() throws StepFailure {
        NodeFacts sv1 = Ocfs2Nodes.disconnected(formatted(SV1));
        NodeFacts sv2 = Ocfs2Nodes.disconnected(formatted(SV2));

        assertThat(refusal(OCFS2, sv1, sv2))
                .contains("sv1: 'r0' is Primary on sv1 and sv2, which are not connected (Connecting)", "sv2: 'r0' is");
        assertThat(planned(OCFS2.plan(cluster(sv1)), SV1)).contains("mount -t ocfs2 /dev/drbd0 /mnt/shared");
        assertThat(OCFS2.plan(cluster(Ocfs2Nodes.disconnected(mounted(SV1)), Ocfs2Nodes.disconnected(mounted(SV2))))
                        .changes())
                .noneMatch(change -> change.toString().contains("mount -t"));
    }

    private static String fstab(Plan plan) {
        return plan.changes().stream()
                .filter(PutFile.class::isInstance)
                .map(change -> ((PutFile) change).after())
                .findFirst()
                .orElse(null);
    }

    @Test
    void mountsOnAllNodesNowAndAtBootAfterDrbdAndO2cb() throws StepFailure {
        Plan plan = OCFS2.plan(cluster(formatted(SV1), formatted(SV2)));

        assertThat(planned(plan, SV1))
                .isEqualTo(planned(plan, SV2))
                .containsExactly(
                        "mkdir -p /mnt/shared",
                        "mount -t ocfs2 /dev/drbd0 /mnt/shared",
                        "change /etc/fstab",
                        "systemctl daemon-reload");
        assertThat(fstab(plan)).isEqualTo(FSTAB + LINE);
        assertThat(plan.notes()).isEmpty();
    }

    @Test
    void secondRunChangesNothing() throws StepFailure {
        assertThat(OCFS2.plan(cluster(done(mounted(SV1)), done(mounted(SV2)))).isEmpty())
                .isTrue();
    }

    @Test
    void doesNotChangeFstabIfNotRequested() throws StepFailure {
        Plan plan = mount("ocfs2", "noatime", false).plan(cluster(formatted(SV1)));

        assertThat(planned(plan, SV1))
                .containsExactly("mkdir -p /mnt/shared", "mount -t ocfs2 -o noatime /dev/drbd0 /mnt/shared");
    }

    @Test
    void passesNoFstabOptionsToMount() throws StepFailure {
        Plan plan = mount("ocfs2", "noatime,x-systemd.automount,nofail", true).plan(cluster(formatted(SV1)));

        assertThat(planned(plan, SV1)).contains("mount -t ocfs2 -o noatime /dev/drbd0 /mnt/shared");
        assertThat(fstab(plan))
                .contains(
                        " noatime,x-systemd.automount,_netdev,x-systemd.device-timeout=10min,x-systemd.mount-timeout=10min,x-systemd.requires=drbd.service,");
    }

    @Test
    void omitsNofailFromFstabForOcfs2() throws StepFailure {
        Plan plan = mount("ocfs2", "nofail", true).plan(cluster(formatted(SV1)));

        assertThat(fstab(plan)).doesNotContain("nofail").contains(" _netdev,");
        assertThat(plan.notes()).anyMatch(note -> note.contains("nofail is left out of /etc/fstab"));
        assertThat(OCFS2.plan(cluster(formatted(SV1))).notes()).noneMatch(note -> note.contains("nofail"));
    }

    @Test
    void notesOtherMountOptionsAndDoesNotChangeThem() throws StepFailure {
        Plan plan = mount("ocfs2", "noatime", false).plan(cluster(mounted(SV1)));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes()).anyMatch(note -> note.contains("mounted without noatime"));
    }

    @Test
    void refusesASecondaryWithTheErrorOfMount() {
        NodeFacts sv2 = Ocfs2Nodes.with(formatted(SV2), "Secondary", "UpToDate", "Primary", true);

        assertThat(refusal(OCFS2, formatted(SV1), sv2))
                .contains("sv2: 'r0'", "Secondary", "Wrong medium type", "drbdPromote")
                .doesNotContain("sv1:");
    }

    @Test
    void mountsASingleNodeFilesystemOnThePrimaryAndNotAtBoot() throws StepFailure {
        Plan plan = XFS.plan(cluster(xfs(formatted(SV1), "Primary")));

        assertThat(planned(plan, SV1)).contains("mount -t xfs /dev/drbd0 /mnt/shared");
        assertThat(fstab(plan)).isEqualTo(FSTAB + DRBD0 + " " + MNT + " xfs noauto 0 0\n");
    }

    @Test
    void refusesASingleNodeFilesystemOnTwoNodes() {
        assertThat(refusal(XFS, xfs(formatted(SV1), "Primary"), xfs(formatted(SV2), "Secondary")))
                .contains("xfs is a single-node filesystem", "sv1 and sv2", "destroy", "nodes");
    }

    @Test
    void refusesASingleNodeFilesystemOnASecondary() {
        assertThat(refusal(XFS, xfs(formatted(SV2), "Secondary")))
                .contains("sv2:", "Only a Primary can mount", "drbdSwitchover");
    }

    @Test
    void refusesAnotherMountAtTheMountPoint() {
        NodeFacts sv1 = formatted(SV1)
                .with(
                        StorageProbes.MOUNTS,
                        MountInfo.parse(ROOT_MOUNT + "60 21 98:16 / " + MNT + " rw - ext4 /dev/sdb rw\n"));

        assertThat(refusal(OCFS2, sv1)).contains("/dev/sdb (ext4) is mounted at /mnt/shared", "hide");
    }

    @Test
    void refusesAMountPointThatIsNotEmpty() {
        NodeFacts sv1 = formatted(SV1)
                .with(MountDirectory.probe(MNT), new MountDirectory(MountDirectory.Kind.DIRECTORY, MNT, 3));
        NodeFacts sv2 =
                formatted(SV2).with(MountDirectory.probe(MNT), new MountDirectory(MountDirectory.Kind.OTHER, MNT, 0));

        assertThat(refusal(OCFS2, sv1, sv2))
                .contains(
                        "sv1: /mnt/shared is not empty: it holds 3 names",
                        "hide",
                        "sv2: /mnt/shared is not a directory");
    }

    @Test
    void followsASymbolicLinkToTheMountPoint() throws StepFailure {
        ClusterMount byLink = new ClusterMount(DRBD0, "/data", "ocfs2", null, false);
        NodeFacts sv1 = mounted(SV1)
                .with(MountDirectory.probe("/data"), new MountDirectory(MountDirectory.Kind.DIRECTORY, MNT, 1));

        assertThat(byLink.plan(cluster(sv1)).isEmpty()).isTrue();
    }

    @Test
    void refusesAnotherFilesystemType() {
        NodeFacts sv1 = formatted(SV1).with(BlockDevice.probe(DRBD0), drbd0(true, XFS_CONTENT));
        NodeFacts sv2 = formatted(SV2).with(BlockDevice.probe(DRBD0), drbd0(true, Map.of()));

        assertThat(refusal(OCFS2, sv1, sv2))
                .contains("sv1: /dev/drbd0 holds xfs 'www' 6c1d4a34, not ocfs2")
                .contains("sv2: /dev/drbd0 holds no filesystem, not ocfs2", "ocfs2Format");
    }

    @Test
    void refusesAClusterThatIsOfflineOrNotThatOfTheVolume() {
        NodeFacts sv1 = formatted(SV1).with(Ocfs2Probes.STATE, O2cbState.OFFLINE);
        NodeFacts sv2 = formatted(SV2).with(Ocfs2Probes.volume(DRBD0), Optional.of(volume("data", 2, "old")));

        assertThat(refusal(OCFS2, sv1, sv2))
                .contains("sv1: no cluster is online", "ocfs2ConfigureCluster")
                .contains(
                        "sv2: the filesystem on /dev/drbd0 belongs to the cluster 'old' (o2cb), and 'tclust' is online");
    }

    @Test
    void refusesTooFewNodeSlots() {
        NodeFacts sv1 = formatted(SV1).with(Ocfs2Probes.volume(DRBD0), Optional.of(volume("data", 1, "tclust")));

        assertThat(refusal(OCFS2, sv1, formatted(SV2))).contains("has 1 node slots, and 2 nodes", "tunefs.ocfs2");
    }

    @Test
    void refusesToReplaceAnFstabLineOfAnotherDevice() {
        NodeFacts sv1 = withFstab(formatted(SV1), FSTAB + "/dev/sdb /mnt/shared ext4 defaults 0 2\n");

        assertThat(refusal(OCFS2, sv1)).contains("/etc/fstab mounts /dev/sdb at /mnt/shared", "fstab: false");
    }

    @Test
    void updatesAnFstabLineOfTheSameDevice() throws StepFailure {
        NodeFacts sv1 = withFstab(mounted(SV1), "# top\n" + DRBD0 + " " + MNT + " ocfs2 defaults 0 0\n/x /y ext4\n");

        Plan plan = OCFS2.plan(cluster(sv1));

        assertThat(planned(plan, SV1)).containsExactly("change /etc/fstab", "systemctl daemon-reload");
        assertThat(fstab(plan)).isEqualTo("# top\n" + LINE + "/x /y ext4\n");
    }

    @Test
    void refusesInvalidParameters() {
        assertThatThrownBy(() -> new ClusterMount("sdb", MNT, "ocfs2", null, true).check(BOTH))
                .hasMessageContaining("device must");
        assertThatThrownBy(() -> new ClusterMount(DRBD0, "/", "ocfs2", null, true).check(BOTH))
                .hasMessageContaining("mountPoint must");
        assertThatThrownBy(() -> mount("ocfs2; reboot", null, true).check(BOTH)).hasMessageContaining("type must");
        assertThatThrownBy(() -> mount("ocfs2", "a b", true).check(BOTH)).hasMessageContaining("options must");
    }

    @Test
    void doesNotCheckTheTypeAfterADryRunOfAPromotion() throws StepFailure {
        NodeFacts before = Ocfs2Nodes.with(fresh(SV1), "Secondary", "UpToDate", "Secondary", false)
                .with(BlockDevice.probe(DRBD0), drbd0(false, Map.of()));
        NodeFacts simulated = assumed(new DrbdPromote("r0", "sv1", false), before);

        assertThat(planned(XFS.plan(cluster(simulated)), SV1)).contains("mount -t xfs /dev/drbd0 " + MNT);
        assertThat(refusal(XFS, before)).contains("Secondary");
    }

    @Test
    void dryRunAssumesTheMount() {
        NodeFacts simulated = assumed(OCFS2, formatted(SV1));

        assertThat(simulated.get(StorageProbes.MOUNTS).at(MNT))
                .hasValueSatisfying(mount -> assertThat(mount.source()).isEqualTo(DRBD0));
    }

    @Test
    void reportsMountAndFstab() {
        assertThat(report(OCFS2, done(mounted(SV1))))
                .containsEntry("mounted", true)
                .containsEntry("type", "ocfs2")
                .containsEntry("inFstab", true);
        assertThat(report(OCFS2, formatted(SV1))).containsEntry("mounted", false);
    }
}
