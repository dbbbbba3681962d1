package io.jenkins.plugins.drbdocfs2.operation.drbd;

import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.DUAL;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.IDLE;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.PRIMARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.SECONDARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.free;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.fstab;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.mount;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.mounted;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.place;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.used;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.DrbdNodes;
import io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory.Kind;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrbdSwitchoverTest {
    private static final String MP = "/srv/www";
    private static final DrbdSwitchover PLAIN = new DrbdSwitchover("r0", "sv2", null, null);
    private static final DrbdSwitchover MOUNTING = new DrbdSwitchover("r0", "sv2", MP, null);

    private static NodeFacts node(Node node, ResourceState state) {
        return place(free(node, state), MP, Kind.DIRECTORY, 0);
    }

    @Test
    void changesOnlyTheRolesWithoutAMount() throws Exception {
        Plan plan = PLAIN.plan(cluster(node(SV1, PRIMARY), node(SV2, SECONDARY)));
        assertThat(planned(plan, SV1)).containsExactly("drbdadm secondary r0");
        assertThat(planned(plan, SV2)).containsExactly("drbdadm primary r0");
        assertThat(plan.stages())
                .extracting(Plan.Stage::title)
                .containsExactly("make sv1 Secondary", "make sv2 Primary");
    }

    @Test
    void movesAMountWithTheRoleAndKeepsItsType() throws Exception {
        Plan plan = MOUNTING.plan(
                cluster(mounted(node(SV1, PRIMARY), MP), place(free(SV2, SECONDARY), MP, Kind.ABSENT, 0)));
        assertThat(planned(plan, SV1)).containsExactly("umount /srv/www", "drbdadm secondary r0");
        assertThat(planned(plan, SV2))
                .containsExactly("drbdadm primary r0", "mkdir -p /srv/www", "mount -t xfs /dev/drbd0 /srv/www");
    }

    @Test
    void usesTheGivenTypeAndTheOptionsInFstabOfTheNewPrimary() throws Exception {
        Plan plan = new DrbdSwitchover("r0", "sv2", MP, "ext4")
                .plan(cluster(
                        mounted(node(SV1, PRIMARY), MP),
                        fstab(node(SV2, SECONDARY), "/dev/drbd0 /srv/www ext4 noauto,noatime,_netdev 0 0\n")));
        assertThat(planned(plan, SV2)).contains("mount -t ext4 -o noatime /dev/drbd0 /srv/www");
    }

    @Test
    void usesTheOptionsInFstabOfTheOldPrimaryIfTheNewOneHasNone() throws Exception {
        String line = "/dev/drbd0 /srv/www ext4 noatime,commit=30,noauto 0 0\n";
        assertThat(planned(
                        MOUNTING.plan(cluster(fstab(mounted(node(SV1, PRIMARY), MP), line), node(SV2, SECONDARY))),
                        SV2))
                .contains("mount -t xfs -o noatime,commit=30 /dev/drbd0 /srv/www");
        assertThat(planned(MOUNTING.plan(cluster(fstab(node(SV1, IDLE), line), node(SV2, IDLE))), SV2))
                .contains("mount -o noatime,commit=30 /dev/drbd0 /srv/www");
        assertThat(planned(
                        MOUNTING.plan(cluster(
                                fstab(node(SV1, IDLE), "/dev/drbd7 /srv/www ext4 commit=30 0 0\n"), node(SV2, IDLE))),
                        SV2))
                .contains("mount /dev/drbd0 /srv/www");
    }

    @Test
    void refusesATargetThatThePrimaryDoesNotSeeAsUpToDate() {
        ResourceState sees = DrbdNodes.state("Primary", "UpToDate", "Connected", "Secondary", "Outdated");
        assertThat(refusal(PLAIN, node(SV1, sees), node(SV2, SECONDARY)))
                .contains("sv2: sv1, which is Primary, does not see the data of 'r0' there as UpToDate");
    }

    @Test
    void unmountsSeveralMountsInReverseOrder() throws Exception {
        Plan plan = PLAIN.plan(cluster(mounted(node(SV1, PRIMARY), "/a", "/b"), node(SV2, SECONDARY)));
        assertThat(planned(plan, SV1)).containsExactly("umount /b", "umount /a", "drbdadm secondary r0");
    }

    @Test
    void notesAMountThatIsNotMovedToTheNewPrimary() throws Exception {
        Plan plan = PLAIN.plan(cluster(mounted(node(SV1, PRIMARY), MP), node(SV2, SECONDARY)));
        assertThat(plan.notes()).singleElement().asString().contains("mounted nowhere now");
    }

    @Test
    void doesNothingIfTheRolesAreAsRequested() throws Exception {
        assertThat(PLAIN.plan(cluster(node(SV1, SECONDARY), node(SV2, PRIMARY))).isEmpty())
                .isTrue();
        assertThat(MOUNTING.plan(cluster(node(SV1, SECONDARY), mounted(node(SV2, PRIMARY), MP)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void continuesAnInterruptedRunWithThePromotion() throws Exception {
        Plan plan = MOUNTING.plan(cluster(node(SV1, IDLE), node(SV2, IDLE)));
        assertThat(planned(plan, SV1)).isEmpty();
        assertThat(planned(plan, SV2)).containsExactly("drbdadm primary r0", "mount /dev/drbd0 /srv/www");
    }

    @Test
    void continuesAnInterruptedRunWithTheMount() throws Exception {
        Plan plan = MOUNTING.plan(cluster(node(SV1, SECONDARY), node(SV2, PRIMARY)));
        assertThat(plan.changes()).extracting(Change::summary).containsExactly("mount /dev/drbd0 /srv/www");
    }

    @Test
    void neverUsesForce() throws Exception {
        assertThat(PLAIN.plan(cluster(node(SV1, PRIMARY), node(SV2, SECONDARY))).changes())
                .extracting(Change::summary)
                .noneMatch(command -> command.contains("force"));
    }

    @Test
    void refusesATargetThatIsNotUpToDate() {
        ResourceState syncing = DrbdNodes.state("Secondary", "Inconsistent", "Connected", "Primary", "UpToDate");
        assertThat(refusal(PLAIN, node(SV1, PRIMARY), node(SV2, syncing)))
                .contains("sv2: volume 0 of 'r0' is Inconsistent, not UpToDate; sv1 stays Primary")
                .contains("drbdWaitSync");
    }

    @Test
    void refusesATargetThatIsNotConnected() {
        ResourceState alone = DrbdNodes.state("Secondary", "UpToDate", "Connecting", "Unknown", "DUnknown");
        assertThat(refusal(PLAIN, node(SV1, PRIMARY), node(SV2, alone)))
                .contains("sv2: 'r0' is not connected: Connecting; sv1 stays Primary")
                .contains("drbdPromote");
    }

    @Test
    void refusesTwoPrimaries() {
        assertThat(refusal(PLAIN, node(SV1, DUAL), node(SV2, DUAL)))
                .contains("'r0' is Primary on sv1 and sv2, so there is nothing to switch");
    }

    /** The same node with a second volume of r0, /dev/drbd1. */
    private static NodeFacts withTwoVolumes(NodeFacts node) {
        ResourceSpec spec = new ResourceSpec(
                "r0",
                List.of(
                        new VolumeSpec(0, "/dev/drbd0", "/dev/sys/drbd0", "internal"),
                        new VolumeSpec(1, "/dev/drbd1", "/dev/sys/drbd1", "internal")),
                List.of(),
                null,
                7789,
                "C",
                false,
                null);
        return node.with(
                DrbdProbes.configured("r0"),
                new ConfiguredResource(spec.on(BOTH), "", true, List.of(), Map.of(0, List.of(DrbdNodes.SYNCED))));
    }

    @Test
    void mountsTheVolumeThatWasMountedAndDoesNothingInASecondRun() throws Exception {
        Plan plan = MOUNTING.plan(
                cluster(withTwoVolumes(mounted(node(SV1, PRIMARY), MP)), withTwoVolumes(node(SV2, SECONDARY))));
        assertThat(planned(plan, SV2)).containsExactly("drbdadm primary r0", "mount -t xfs /dev/drbd0 /srv/www");

        assertThat(MOUNTING.plan(cluster(
                                withTwoVolumes(node(SV1, SECONDARY)), withTwoVolumes(mounted(node(SV2, PRIMARY), MP))))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void readsTheVolumeToMountFromFstabIfNoneIsMounted() throws Exception {
        assertThat(refusal(MOUNTING, withTwoVolumes(node(SV1, IDLE)), withTwoVolumes(node(SV2, IDLE))))
                .contains("sv2: 'r0' has 2 volumes, and none of them is mounted")
                .contains("mount with clusterMount");
        NodeFacts line = fstab(withTwoVolumes(node(SV1, IDLE)), "/dev/drbd1 /srv/www xfs noauto 0 0\n");
        assertThat(planned(MOUNTING.plan(cluster(line, withTwoVolumes(node(SV2, IDLE)))), SV2))
                .containsExactly("drbdadm primary r0", "mount /dev/drbd1 /srv/www");
    }

    @Test
    void refusesAPrimaryThatIsNotANodeOfTheStep() {
        assertThat(refusal(PLAIN, node(SV2, SECONDARY)))
                .contains("sv2: the peer that is Primary is none of sv2", "name that node too");
        assertThat(refusal(PLAIN, node(SV1, IDLE), node(SV2, SECONDARY)))
                .contains("sv2: it still regards its peer as Primary, but none of sv1, sv2 is")
                .contains("Run the step again in a moment");
    }

    @Test
    void refusesFilesInUseBeforeItUnmountsAnything() {
        assertThat(refusal(
                        MOUNTING,
                        used(mounted(node(SV1, PRIMARY), MP), "files 0 process 12 (bash)\n"),
                        node(SV2, SECONDARY)))
                .contains("sv1: 'r0' is in use: it is mounted at /srv/www and used there by process 12 (bash)")
                .contains("nothing is forced");
    }

    @Test
    void refusesADeviceThatIsHeldOpen() {
        assertThat(refusal(PLAIN, used(node(SV1, PRIMARY), "holder 0 vg1-lv\n"), node(SV2, SECONDARY)))
                .contains("held open by vg1-lv");
    }

    @Test
    void refusesFilesystemsMountedBelowTheMountPoint() {
        NodeFacts sv1 = mounted(node(SV1, PRIMARY), MP);
        MountInfo mounts = sv1.get(StorageProbes.MOUNTS);
        sv1 = sv1.with(
                StorageProbes.MOUNTS,
                new MountInfo(List.of(mounts.mounts().get(0), mount("8:1", "/dev/sda1", MP + "/below"))));
        assertThat(refusal(PLAIN, sv1, node(SV2, SECONDARY)))
                .contains("other filesystems are mounted below /srv/www: /srv/www/below");
    }

    @Test
    void refusesAMountPointThatIsInUse() {
        NodeFacts other =
                node(SV2, SECONDARY).with(StorageProbes.MOUNTS, new MountInfo(List.of(mount("8:1", "/dev/sda1", MP))));
        assertThat(refusal(MOUNTING, node(SV1, PRIMARY), other))
                .contains("sv2: /dev/sda1 (xfs) is mounted at /srv/www");
        assertThat(refusal(MOUNTING, node(SV1, PRIMARY), place(free(SV2, SECONDARY), MP, Kind.OTHER, 0)))
                .contains("sv2: /srv/www is not a directory");
        assertThat(refusal(MOUNTING, node(SV1, PRIMARY), place(free(SV2, SECONDARY), MP, Kind.DIRECTORY, 3)))
                .contains("sv2: /srv/www is not empty: it holds 3 names");
        assertThat(refusal(
                        MOUNTING,
                        node(SV1, PRIMARY),
                        fstab(node(SV2, SECONDARY), "/dev/sda1 /srv/www ext4 noauto 0 0\n")))
                .contains("sv2: /etc/fstab mounts /dev/sda1 at /srv/www");
    }

    @Test
    void notesAnFstabLineThatMountsOnTheSecondaryAtBoot() throws Exception {
        Plan plan = PLAIN.plan(
                cluster(fstab(node(SV1, PRIMARY), "/dev/drbd0 /srv/www xfs defaults 0 0\n"), node(SV2, SECONDARY)));
        assertThat(plan.notes())
                .singleElement()
                .asString()
                .contains("sv1: /etc/fstab mounts /dev/drbd0 at /srv/www at boot");
        plan = PLAIN.plan(
                cluster(fstab(node(SV1, PRIMARY), "/dev/drbd0 /srv/www xfs noauto 0 0\n"), node(SV2, SECONDARY)));
        assertThat(plan.notes()).isEmpty();
    }

    @Test
    void failedPromotionReportsTheCurrentState() throws Exception {
        Plan plan = PLAIN.plan(cluster(node(SV1, PRIMARY), node(SV2, SECONDARY)));
        Change.Command promotion = (Change.Command) plan.changes().get(1);
        assertThat(promotion.hint())
                .contains("Secondary on all nodes and mounted nowhere; no data are lost")
                .contains("go back with drbdPromote on sv1");
    }

    @Test
    void refusesInvalidParameters() {
        assertThatThrownBy(() -> new DrbdSwitchover("r0", "sv9", null, null).check(BOTH))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> new DrbdSwitchover("r0", "sv2", "srv", null).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("mountPoint");
        assertThatThrownBy(() -> new DrbdSwitchover("r0", "sv2", MP, "x fs").check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("type");
        assertThatThrownBy(() -> new DrbdSwitchover("r0", "sv2", null, "xfs").check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("together with mountPoint");
    }

    @Test
    void dryRunAssumesSwitchedRolesAndMounts() throws Exception {
        ClusterFacts seen = cluster(mounted(node(SV1, PRIMARY), MP), node(SV2, SECONDARY));
        NodeFacts sv1 = MOUNTING.simulate(seen.node("sv1"), BOTH, seen);
        NodeFacts sv2 = MOUNTING.simulate(seen.node("sv2"), BOTH, seen);
        assertThat(MOUNTING.plan(cluster(sv1, sv2)).isEmpty()).isTrue();
        assertThat(sv1.get(StorageProbes.MOUNTS).mounts()).isEmpty();
        assertThat(DrbdFacts.state(sv2, "r0").isPrimary()).isTrue();
    }

    @Test
    void dryRunAssumesTheMountOfTheVolumeInFstab() throws Exception {
        String peer = "exists peer-device name:r0 peer-node-id:0 conn-name:peer replication:Established"
                + " peer-disk:UpToDate resync-suspended:no volume:";
        String state = "exists resource name:r0 role:Secondary suspended:no\n"
                + "exists connection name:r0 peer-node-id:0 conn-name:peer connection:Connected role:Secondary\n"
                + "exists device name:r0 volume:0 minor:0 disk:UpToDate size:131032\n"
                + "exists device name:r0 volume:1 minor:1 disk:UpToDate size:131032\n" + peer + "0\n" + peer
                + "1\nexists -\n";
        ClusterFacts seen = cluster(
                ResourceInUseNodes.read(
                        fstab(withTwoVolumes(node(SV1, IDLE)), "/dev/drbd1 /srv/www xfs noauto 0 0\n"),
                        DrbdProbes.STATE,
                        state),
                ResourceInUseNodes.read(withTwoVolumes(node(SV2, IDLE)), DrbdProbes.STATE, state));
        NodeFacts sv1 = MOUNTING.simulate(seen.node("sv1"), BOTH, seen);
        NodeFacts sv2 = MOUNTING.simulate(seen.node("sv2"), BOTH, seen);
        assertThat(MOUNTING.plan(cluster(sv1, sv2)).isEmpty()).isTrue();
        assertThat(sv2.get(StorageProbes.MOUNTS).at(MP))
                .get()
                .extracting(MountInfo.Mount::source)
                .isEqualTo("/dev/drbd1");
    }
}
