package io.jenkins.plugins.drbdocfs2.operation.storage;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.answered;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assumed;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Events2;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes.LvmFacts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LvmCreateVolumeTest {
    private static final long MIB = 1024 * 1024;
    private static final String SDB = "/dev/sdb";
    private static final LvmCreateVolume FRESH = create("10G", Overwrite.NOTHING, SDB);

    private static final String GROUP = "  sys|21470642176|10733223936|4194304|wz--n-\n";
    private static final String VOLUME = "  sys|drbd0|10737418240|-wi-a-----\n";
    private static final String PHYSICAL = "  /dev/sdb|sys|21470642176|a--\n";

    private static final String EXT4 =
            "wipefs 0x438,6c1d4a34-25bc-4d4e-9d73-3a6d3b9d0c9e,www,ext4\n%%TYPE=ext4\nUSAGE=filesystem\n"
                    + "LABEL=www\nUUID=6c1d4a34-25bc-4d4e-9d73-3a6d3b9d0c9e\n";
    private static final String EXT4_WORDS = "ext4 'www' 6c1d4a34-25bc-4d4e-9d73-3a6d3b9d0c9e";

    private static LvmCreateVolume create(String size, Overwrite overwrite, String... devices) {
        return new LvmCreateVolume("sys", "drbd0", size, List.of(devices), overwrite, false);
    }

    private static LvmCreateVolume extend(String size, String... devices) {
        return new LvmCreateVolume("sys", "drbd0", size, List.of(devices), Overwrite.NOTHING, true);
    }

    private static NodeFacts node(Node node, String groups, String volumes, String physical) {
        LvmFacts lvm = read(StorageProbes.LVM, groups + "=\n" + volumes + "=\n" + physical);
        return answered(node)
                .with(StorageProbes.LVM, lvm)
                .with(StorageProbes.MOUNTS, MountInfo.parse("21 1 98:0 / / rw,relatime - ext4 /dev/ubda rw\n"))
                .with(FRESH.place(), BlockDevice.absent("/dev/sys"))
                .with(BlockDevice.probe(SDB), device(SDB, "readable\nzero begin\nzero end\nzero inside\n%%"));
    }

    private static NodeFacts blank(Node node) {
        return node(node, "", "", "");
    }

    private static NodeFacts done(Node node) {
        return node(node, GROUP, VOLUME, PHYSICAL);
    }

    private static <T> T read(Probe<T> probe, String text) {
        return probe.parser().apply(new Reading(0, text));
    }

    /** The probe of a disk of 20 GiB; {@code found} has the lines before %% and those of blkid(8) after it. */
    private static BlockDevice device(String path, String found) {
        String[] parts = found.split("%%", -1);
        return read(
                BlockDevice.probe(path),
                "block\nreal " + path + "\nnumber 98:16\nbytes 21474836480\n" + parts[0] + "blkid\n" + parts[1]);
    }

    private static NodeFacts sdb(String found) {
        return blank(SV1).with(BlockDevice.probe(SDB), device(SDB, found));
    }

    @Test
    void createsGroupAndWipedVolumeOnFreshNodes() throws StepFailure {
        Plan plan = FRESH.plan(cluster(blank(SV1), blank(SV2)));

        assertThat(plan.stages())
                .extracting(Plan.Stage::title)
                .containsExactly("create or extend volume group sys", "create logical volume sys/drbd0");
        assertThat(planned(plan, SV1))
                .isEqualTo(planned(plan, SV2))
                .containsExactly(
                        "vgcreate --physicalextentsize 4M sys /dev/sdb",
                        "lvcreate --yes --wipesignatures y --zero y -L 10G -n drbd0.drbd-ocfs2-steps sys",
                        "wipe old data in /dev/sys/drbd0.drbd-ocfs2-steps",
                        "lvrename sys drbd0.drbd-ocfs2-steps drbd0");
    }

    @Test
    void doesNothingForAnExistingVolumeInOneRoundOfProbes() throws StepFailure {
        ClusterFacts facts = cluster(done(SV1), done(SV2));

        assertThat(FRESH.plan(facts).isEmpty()).isTrue();
        assertThat(FRESH.plan(facts).notes()).isEmpty();
        assertThat(FRESH.probes(SV1, BOTH, facts).isEmpty()).isTrue();
        assertThat(report(FRESH, done(SV1)))
                .containsEntry("path", "/dev/sys/drbd0")
                .containsEntry("bytes", 10737418240L)
                .containsEntry("group", "sys")
                .containsEntry("groupFreeBytes", 10733223936L);
    }

    @Test
    void doesNothingIfTheSizeRoundsUpToTheExistingOne() throws StepFailure {
        assertThat(create("10737418000", Overwrite.NOTHING)
                        .plan(cluster(done(SV1)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void changesOnlyTheNodeWithoutTheVolume() throws StepFailure {
        Plan plan = FRESH.plan(cluster(done(SV1), blank(SV2)));

        assertThat(planned(plan, SV1)).isEmpty();
        assertThat(planned(plan, SV2)).hasSize(4);
    }

    @Test
    void keepsALargerVolumeWithANote() throws StepFailure {
        Plan plan = create("8G", Overwrite.NOTHING).plan(cluster(done(SV1)));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes()).containsExactly("sv1: sys/drbd0 has 10G, more than the requested 8G; not changed");
    }

    @Test
    void refusesASmallerVolumeAndTellsHowToGrowIt() {
        assertThat(refusal(create("12G", Overwrite.NOTHING), done(SV1)))
                .isEqualTo("sv1: sys/drbd0 exists with 10G, smaller than the requested 12G. Grow it on every"
                        + " node with grow: true, then run drbdResize if it is below DRBD; or ask for 10G.");
    }

    @Test
    void refusesASnapshotWithTheName() {
        assertThat(refusal(FRESH, node(SV1, GROUP, "  sys|drbd0|10737418240|swi-a-s---\n", PHYSICAL)))
                .contains("sv1: sys/drbd0 is a snapshot or a pool");
    }

    @Test
    void activatesAnInactiveVolume() throws StepFailure {
        Plan plan = FRESH.plan(cluster(node(SV1, GROUP, "  sys|drbd0|10737418240|-wi-------\n", PHYSICAL)));

        assertThat(planned(plan, SV1)).containsExactly("lvchange --activate y sys/drbd0");
    }

    @Test
    void recreatesAnUnfinishedVolume() throws StepFailure {
        String leftOver = "  sys|drbd0.drbd-ocfs2-steps|10737418240|-wi-a-----\n";
        Plan plan = create("12G", Overwrite.NOTHING).plan(cluster(node(SV1, GROUP, leftOver, PHYSICAL)));

        assertThat(planned(plan, SV1).get(0)).isEqualTo("lvremove --yes sys/drbd0.drbd-ocfs2-steps");
        assertThat(planned(plan, SV1)).hasSize(4);
    }

    @Test
    void refusesTooLittleFreeSpaceWithBothSizes() {
        assertThat(refusal(create("11G", Overwrite.NOTHING), node(SV1, GROUP, "", PHYSICAL)))
                .startsWith("sv1: volume group 'sys' has 10236M free, and drbd0 needs 11G.")
                .contains("extendGroup: true");
        assertThat(refusal(create("20G", Overwrite.NOTHING, SDB), blank(SV1)))
                .contains("has 20476M free, and drbd0 needs 20G");
    }

    @Test
    void refusesAMissingGroupWithoutDevices() {
        assertThat(refusal(create("10G", Overwrite.NOTHING), blank(SV1)))
                .contains("sv1: there is no volume group 'sys'")
                .contains("devices");
    }

    @Test
    void refusesAGroupNameThatExistsInDev() {
        assertThat(refusal(FRESH, blank(SV1).with(FRESH.place(), read(BlockDevice.probe("/dev/sys"), "other\n"))))
                .contains("/dev/sys is something else");
    }

    @Test
    void refusesAMissingDevice() {
        assertThat(refusal(FRESH, blank(SV1).with(BlockDevice.probe(SDB), BlockDevice.absent(SDB)), blank(SV2)))
                .isEqualTo("sv1: there is no device /dev/sdb. Correct devices; `lsblk` there shows what there is.");
    }

    @Test
    void refusesAPathThatIsNotABlockDevice() {
        assertThat(refusal(FRESH, blank(SV1).with(BlockDevice.probe(SDB), read(BlockDevice.probe(SDB), "other\n"))))
                .contains("/dev/sdb is not a block device");
    }

    @Test
    void refusesAMountedDevice() {
        NodeFacts mounted = sdb("readable\n" + EXT4)
                .with(StorageProbes.MOUNTS, MountInfo.parse("30 21 98:16 / /srv/www rw - ext4 /dev/sdb rw\n"));

        assertThat(refusal(create("10G", Overwrite.parse(EXT4_WORDS), SDB), mounted))
                .contains("sv1: /dev/sdb is in use: mounted at /srv/www. Its content would be lost.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdb1", "swap", "old-vol"})
    void refusesADeviceWithPartitionsSwapOrHolders(String user) {
        assertThat(refusal(FRESH, sdb("user " + user + "\nreadable\n%%")))
                .contains("/dev/sdb is in use: " + (user.equals("swap") ? "as swap" : "by " + user));
    }

    @Test
    void refusesAPhysicalVolumeOfAnotherGroup() {
        NodeFacts other = node(SV1, "  old|21470642176|0|4194304|wz--n-\n", "", "  /dev/sdb|old|21470642176|a--\n")
                .with(
                        BlockDevice.probe(SDB),
                        device(SDB, "wipefs 0x218,uuid,,LVM2_member\nreadable\n%%TYPE=LVM2_member\n"));

        assertThat(refusal(create("10G", Overwrite.parse("LVM2_member"), SDB), other))
                .contains("sv1: /dev/sdb is a physical volume of volume group 'old'. Its content would be lost.");
    }

    @Test
    void neverWipesAPhysicalVolumeOfAGroupThatLvmDoesNotShow() {
        assertThat(refusal(
                        create("10G", Overwrite.parse("LVM2_member"), SDB),
                        sdb("wipefs 0x218,uuid,,LVM2_member\nreadable\n%%TYPE=LVM2_member\n")))
                .contains("a physical volume of a group that LVM does not show")
                .doesNotContain("overwrite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/my-g/v-1", "/dev/mapper/my--g-v--1"})
    void refusesALogicalVolumeAsDevice(String path) {
        String group = "  my-g|21474836480|10737418240|4194304|wz--n-\n";
        NodeFacts node = node(SV1, group, "  my-g|v-1|10737418240|-wi-a-----\n", "")
                .with(BlockDevice.probe(path), BlockDevice.blank(path, 8192 * MIB));

        assertThat(refusal(create("1G", Overwrite.NOTHING, path), node)).contains(path + " is itself a logical volume");
    }

    @Test
    void acceptsAPhysicalVolumeWithoutAGroup() throws StepFailure {
        NodeFacts orphan = node(SV1, "", "", "  /dev/sdb||21474836480|---\n")
                .with(
                        BlockDevice.probe(SDB),
                        device(SDB, "wipefs 0x218,uuid,,LVM2_member\nreadable\n%%TYPE=LVM2_member\n"));

        assertThat(planned(FRESH.plan(cluster(orphan)), SV1).get(0)).startsWith("vgcreate");
    }

    @Test
    void refusesContentWithTheTextForOverwrite() {
        assertThat(refusal(FRESH, sdb("readable\n" + EXT4)))
                .isEqualTo("sv1: /dev/sdb holds " + EXT4_WORDS
                        + ". It would be lost. To wipe it, set overwrite to exactly: " + EXT4_WORDS + ".");
        assertThat(refusal(FRESH, sdb("readable\n%%"))).contains("/dev/sdb holds unknown data");
        assertThat(refusal(FRESH, sdb("wipefs 0x1fe,,,dos\nreadable\n%%PTTYPE=dos\nPTUUID=1a2b3c4d\n")))
                .contains("/dev/sdb holds dos partition table 1a2b3c4d");
    }

    @Test
    void wipesContentThatOverwriteNamesFirst() throws StepFailure {
        Plan plan = create("10G", Overwrite.parse("unknown data\n" + EXT4_WORDS), SDB)
                .plan(cluster(sdb("readable\n" + EXT4)));

        assertThat(plan.stages().get(0).title()).isEqualTo("wipe the content that overwrite names");
        assertThat(planned(plan, SV1).subList(0, 2))
                .containsExactly("wipefs -a /dev/sdb", "vgcreate --physicalextentsize 4M sys /dev/sdb");
    }

    @Test
    void overwriteThatNamesOtherContentAllowsNothing() {
        assertThat(refusal(create("10G", Overwrite.parse("ext4, ext4 'www'"), SDB), sdb("readable\n" + EXT4)))
                .contains("It would be lost");
    }

    @Test
    void overwriteAcceptsALabelWithAComma() throws StepFailure {
        NodeFacts node = sdb("wipefs 0x438,u,a,b,ext4\nreadable\n%%TYPE=ext4\nLABEL=a,b\n");

        assertThat(create("10G", Overwrite.parse("ext4 'a,b'"), SDB)
                        .plan(cluster(node))
                        .isEmpty())
                .isFalse();
    }

    @Test
    void refusesAnUnreadableDeviceWhateverOverwriteSays() {
        assertThat(refusal(create("10G", Overwrite.parse("unreadable data"), SDB), sdb("%%")))
                .contains("/dev/sdb cannot be read");
    }

    @Test
    void refusesOneDeviceUnderTwoNames() {
        String alias = "/dev/disk/by-id/x";
        BlockDevice same = read(
                BlockDevice.probe(alias),
                "block\nreal /dev/sdb\nnumber 98:16\nbytes 21474836480\nreadable\nzero begin\nzero end\nzero "
                        + "inside\nblkid\n");

        assertThat(refusal(
                        create("10G", Overwrite.NOTHING, SDB, alias), blank(SV1).with(BlockDevice.probe(alias), same)))
                .contains(alias + " and /dev/sdb are the same device");
    }

    @Test
    void leavesADeviceOutsideOfAnExistingGroupWithANote() throws StepFailure {
        NodeFacts node = done(SV1).with(BlockDevice.probe("/dev/sdc"), BlockDevice.blank("/dev/sdc", 8192 * MIB));
        Plan plan = create("10G", Overwrite.NOTHING, SDB, "/dev/sdc").plan(cluster(node));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes())
                .containsExactly("sv1: volume group 'sys' exists without /dev/sdc; extendGroup: true would add to it");
    }

    @Test
    void recognisesADeviceByAnyOfItsNames() throws StepFailure {
        String recorded = GROUP + "=\n" + VOLUME + "=\n  /dev/sdb|sys|21470642176|a--\n=\n/dev/sdb|/dev/ubdb\n";
        BlockDevice alias = read(
                BlockDevice.probe("/dev/disk/by-id/x"),
                "block\nreal /dev/ubdb\nnumber 98:16\nbytes 21474836480\nblkid\n");
        NodeFacts node = done(SV1)
                .with(StorageProbes.LVM, read(StorageProbes.LVM, recorded))
                .with(BlockDevice.probe("/dev/disk/by-id/x"), alias);

        assertThat(create("10G", Overwrite.NOTHING, "/dev/disk/by-id/x")
                        .plan(cluster(node))
                        .notes())
                .isEmpty();
    }

    @Test
    void extendGroupAddsTheMissingDevicesAndTheirSpace() throws StepFailure {
        NodeFacts node = node(SV1, GROUP, "", PHYSICAL)
                .with(BlockDevice.probe("/dev/sdc"), BlockDevice.blank("/dev/sdc", 8192 * MIB));

        assertThat(planned(extend("15G", SDB, "/dev/sdc").plan(cluster(node)), SV1)
                        .get(0))
                .isEqualTo("vgextend sys /dev/sdc");
    }

    @Test
    void refusesAGroupThatLacksDisks() {
        assertThat(refusal(
                        create("1G", Overwrite.NOTHING),
                        node(SV1, "  sys|21470642176|10733223936|4194304|wz-pn-\n", "", "")))
                .contains("lacks some of its disks");
    }

    @Test
    void refusesANodeWithoutLvm() {
        LvmFacts none = StorageProbes.LVM.parser().apply(new Reading(127, "=\n=\n"));

        assertThat(refusal(FRESH, blank(SV1).with(StorageProbes.LVM, none)))
                .contains("Install the package lvm2 where it is missing");
    }

    @Test
    void reportsAllNodesTogether() {
        assertThat(refusal(
                        FRESH, sdb("readable\n%%"), blank(SV2).with(BlockDevice.probe(SDB), BlockDevice.absent(SDB))))
                .contains("sv1: ")
                .contains("sv2: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "10X", "0", "", "10 G", "9E", "1.5G"})
    void refusesInvalidSizes(String size) {
        assertThatThrownBy(() -> create(size, Overwrite.NOTHING).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("size must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "..", "a b", "a'b", "a\nb", "$(reboot)", "snapshot1", "pvmove0", "x_mlog", "a/b"})
    void refusesInvalidVolumeNames(String name) {
        assertThatThrownBy(
                        () -> new LvmCreateVolume("sys", name, "1G", List.of(), Overwrite.NOTHING, false).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("name must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", ".", "a b", "a;b", "a/b"})
    void refusesInvalidGroupNames(String group) {
        assertThatThrownBy(() -> new LvmCreateVolume(group, "x", "1G", List.of(), Overwrite.NOTHING, false).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("group must ");
    }

    @Test
    void refusesNamesThatAreTogetherTooLong() {
        String hyphens = "a" + "-".repeat(51);

        assertThatThrownBy(() ->
                        new LvmCreateVolume("sysx", hyphens, "1G", List.of(), Overwrite.NOTHING, false).check(BOTH))
                .hasMessageContaining("105 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdb", "/dev/../etc/passwd", "/dev/$(reboot)", "/dev/a'b", "/etc/passwd", "/dev//sdb"})
    void refusesInvalidDevicePaths(String device) {
        assertThatThrownBy(() -> create("1G", Overwrite.NOTHING, device).check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("devices must ");
    }

    @Test
    void acceptsValidParameters() {
        FRESH.check(BOTH);
        create("1g", Overwrite.NOTHING, "/dev/disk/by-id/scsi-0QEMU_x:1", "/dev/mapper/a-b")
                .check(BOTH);
    }

    @Test
    void dryRunAssumesABlankVolume() throws StepFailure {
        NodeFacts simulated = assumed(
                FRESH, blank(SV1).with(BlockDevice.probe("/dev/sys/drbd0"), BlockDevice.absent("/dev/sys/drbd0")));

        BlockDevice volume = simulated.get(BlockDevice.probe("/dev/sys/drbd0"));
        assertThat(volume.isBlank()).isTrue();
        assertThat(volume.bytes()).isEqualTo(10240 * MIB);
        assertThat(simulated.get(BlockDevice.probe(SDB)).content()).isEqualTo("LVM2_member");
        assertThat(FRESH.plan(cluster(simulated)).isEmpty()).isTrue();
    }

    @Test
    void plansASecondVolumeInAnAssumedGroup() throws StepFailure {
        LvmCreateVolume meta = new LvmCreateVolume("sys", "meta", "128M", List.of(), Overwrite.NOTHING, false);
        NodeFacts before = answered(SV1)
                .with(StorageProbes.LVM, new LvmFacts(true, List.of(), List.of(), List.of()))
                .with(StorageProbes.MOUNTS, MountInfo.parse(""))
                .with(meta.place(), BlockDevice.absent("/dev/sys"));

        assertThat(planned(meta.plan(cluster(assumed(FRESH, before))), SV1).get(0))
                .contains("-L 128M");
        assertThat(report(meta, assumed(FRESH, before))).doesNotContainKey("groupFreeBytes");
    }

    @Test
    void dryRunReducesTheFreeSpaceOfTheGroup() {
        LvmCreateVolume big = create("15G", Overwrite.NOTHING, SDB);
        NodeFacts simulated = assumed(big, blank(SV1));

        assertThat(refusal(new LvmCreateVolume("sys", "b", "8G", List.of(), Overwrite.NOTHING, false), simulated))
                .contains("has 5116M free, and b needs 8G");
    }

    private static LvmCreateVolume grow(String size) {
        return new LvmCreateVolume("sys", "drbd0", size, List.of(), Overwrite.NOTHING, false, true);
    }

    private static NodeFacts grows(NodeFacts node) {
        return node.with(BlockDevice.probe("/dev/sys/drbd0"), BlockDevice.blank("/dev/sys/drbd0", 10240 * MIB));
    }

    private static NodeFacts below(NodeFacts node, DrbdState state) {
        return node.with(
                        DrbdDevices.PROBE,
                        new DrbdDevices(
                                true,
                                List.of(new DrbdDevices.Device(
                                        "r0", "/dev/drbd0", 0, false, false, 0, List.of("/dev/sys/drbd0"), List.of()))))
                .with(DrbdProbes.STATE, Optional.of(state));
    }

    @Test
    void growsASmallerVolumeOnlyIfAskedTo() throws StepFailure {
        assertThat(planned(grow("12G").plan(cluster(grows(done(SV1)))), SV1))
                .containsExactly("lvextend -L 12G sys/drbd0");
        assertThat(grow("10G").plan(cluster(grows(done(SV1)))).isEmpty()).isTrue();
        assertThat(grow("8G").plan(cluster(grows(done(SV1)))).isEmpty()).isTrue();
        assertThat(refusal(grow("30G"), grows(done(SV1)))).contains("has 10236M free, and drbd0 needs 20G");
        assertThat(refusal(create("12G", Overwrite.NOTHING), done(SV1))).contains("with grow: true");
    }

    @Test
    void growsADiskOfDrbdOnlyWhileItIsAttached() throws StepFailure {
        DrbdState up = Events2.parse("exists resource name:r0 role:Secondary suspended:no\n"
                + "exists device name:r0 volume:0 minor:0 disk:UpToDate\nexists -\n");
        Plan plan = grow("12G").plan(cluster(below(grows(done(SV1)), up)));
        assertThat(plan.notes()).singleElement().asString().contains("is a disk of 'r0'", "drbdResize");
        assertThat(refusal(grow("12G"), below(grows(done(SV1)), DrbdState.NONE)))
                .contains("is a disk of the DRBD resource 'r0', which is down there");
        assertThat(grow("12G").changedResources(below(grows(done(SV1)), up))).containsExactly("r0");
    }

    @Test
    void dryRunAssumesTheGrownVolume() throws StepFailure {
        NodeFacts simulated = assumed(grow("12G"), grows(done(SV1)));
        assertThat(simulated.get(BlockDevice.probe("/dev/sys/drbd0")).bytes()).isEqualTo(12288 * MIB);
        assertThat(grow("12G").plan(cluster(simulated)).isEmpty()).isTrue();
    }
}
