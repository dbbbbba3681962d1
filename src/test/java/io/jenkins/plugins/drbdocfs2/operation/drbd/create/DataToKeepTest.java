package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.state;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.GIB;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.data;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.fresh;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.Blkid;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.FilesystemOnDisk;
import io.jenkins.plugins.drbdocfs2.storage.FilesystemSize;
import io.jenkins.plugins.drbdocfs2.storage.FstabDevices;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.MountUnits;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataToKeepTest {
    private static final String DISK = "/dev/sys/drbd0";
    private static final Map<String, String> EXT4 = Map.of("TYPE", "ext4", "LABEL", "www", "UUID", "6c1d");
    private static final long ROOM = GIB - 69632;
    private static final DrbdCreateResource EXTERNAL = keeping("sv1", "/dev/sys/drbd0_meta", null);
    private static final DrbdCreateResource INTERNAL = keeping("sv1", "internal", null);
    private static final String DECLARE = "drbdadm primary --force r0; drbdadm secondary r0";

    private static final BlockDevice BEHIND = new BlockDevice(
            DISK,
            BlockDevice.Kind.BLOCK,
            "/dev/dm-0",
            "254:0",
            GIB,
            List.of(),
            true,
            false,
            new Blkid(Map.of("TYPE", "drbd", "UUID", "d2b7")),
            List.of("drbd d2b7", "ext4 'www' 6c1d"));

    private static ResourceSpec spec(String metaDisk, String options) {
        return new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", DISK, metaDisk)),
                List.of(),
                null,
                7789,
                "C",
                false,
                options);
    }

    private static DrbdCreateResource keeping(String node, String metaDisk, String options) {
        return new DrbdCreateResource(spec(metaDisk, options), Overwrite.NOTHING, false, null, node);
    }

    private static String text(DrbdCreateResource step) {
        return ResourceText.write(step.spec().on(BOTH), DrbdGeneration.V84).text();
    }

    private static ConfiguredResource configured(DrbdCreateResource step, GenerationIds ids) {
        return new ConfiguredResource(
                step.spec().on(BOTH), "", true, List.of(), ids == null ? Map.of() : Map.of(0, List.of(ids)));
    }

    private static FilesystemOnDisk filesystem(Map<String, String> blkid, long bytes) {
        return new FilesystemOnDisk(
                new Blkid(blkid), new FilesystemSize(blkid.get("TYPE"), 1024, bytes / 1024, 0), true, true, "1234 56");
    }

    private static NodeFacts holdingAnother(NodeFacts node) {
        return node.with(
                data(), BlockDevice.blank(DISK, GIB).holding(Map.of("TYPE", "ext4", "LABEL", "www", "UUID", "77ab")));
    }

    private static DrbdCreateResource allowing(String overwrite) {
        return new DrbdCreateResource(
                EXTERNAL.spec(), Overwrite.parse(overwrite), false, PeerLossPolicy.CONTINUE, "sv1");
    }

    /** A node without r0. */
    private static NodeFacts blank(DrbdCreateResource step, Node node) {
        return fresh(node)
                .with(SystemProbes.file("/etc/fstab"), FileFact.ABSENT)
                .with(FstabDevices.PROBE, FstabDevices.NONE)
                .with(MountUnits.PROBE, MountUnits.NONE)
                .with(DrbdProbes.candidate("r0", "/etc/drbd.d/r0.res", text(step)), configured(step, null));
    }

    /** A node without r0, with an ext4 filesystem of this size on its disk. */
    private static NodeFacts keeper(DrbdCreateResource step, long bytes) {
        return blank(step, SV1)
                .with(data(), BlockDevice.blank(DISK, GIB).holding(EXT4))
                .with(FilesystemOnDisk.probe(DISK), filesystem(EXT4, bytes));
    }

    /** The node with the file of r0 and these metadata. */
    private static NodeFacts configuredOn(NodeFacts node, DrbdCreateResource step, GenerationIds ids) {
        return node.with(SystemProbes.file("/etc/drbd.d/r0.res"), new FileFact(true, text(step), "600"))
                .with(DrbdProbes.configured("r0"), configured(step, ids));
    }

    private static NodeFacts up(NodeFacts node, ResourceState state) {
        return node.with(DrbdProbes.STATE, Optional.of(new DrbdState(Map.of("r0", state))));
    }

    private static NodeFacts done(DrbdCreateResource step, Node node) {
        NodeFacts facts = node == SV1 ? keeper(step, ROOM) : blank(step, SV2);
        return up(
                configuredOn(facts, step, SYNCED), state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate"));
    }

    private static String commandOf(Plan plan, String summary) {
        return plan.changes().stream()
                .filter(change -> change.summary().equals(summary))
                .map(change -> ((Command) change).toRun())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void declaresTheDataGoodBeforeTheOtherNodeKnowsTheResource() throws Exception {
        Plan plan = EXTERNAL.plan(cluster(keeper(EXTERNAL, GIB), blank(EXTERNAL, SV2)));
        assertThat(plan.stages())
                .extracting(stage ->
                        stage.title() + ": " + String.join(" ", stage.byNode().keySet()))
                .containsExactly(
                        "create metadata: sv1 sv2",
                        "put /etc/drbd.d/r0.res in place on sv1: sv1",
                        "bring 'r0' up on sv1: sv1",
                        "declare the data of sv1 good: sv1",
                        "put /etc/drbd.d/r0.res in place on the other nodes: sv2",
                        "bring 'r0' up on the other nodes: sv2",
                        "wait for the connection: sv1 sv2");
        assertThat(planned(plan, SV1))
                .containsExactly(
                        "drbdadm create-md r0/0",
                        "write /etc/drbd.d/r0.res",
                        "drbdadm up r0",
                        DECLARE,
                        "wait for 'r0' to be connected");
        assertThat(plan.stages().get(2).undo()).allMatch(change -> change.node().equals("sv1"));
        assertThat(plan.stages().get(5).undo()).allMatch(change -> change.node().equals("sv2"));
        assertThat(plan.notes())
                .contains(
                        "sv1: /dev/sys/drbd0 keeps ext4 'www' 6c1d (1073741824 bytes); /dev/drbd0 has 1073741824 of its"
                                + " 1073741824 bytes, the metadata are at /dev/sys/drbd0_meta");
    }

    @Test
    void checksTheFilesystemAgainInTheScriptsThatCreateMetadataAndDeclareItGood() throws Exception {
        Plan plan = INTERNAL.plan(cluster(keeper(INTERNAL, ROOM), blank(INTERNAL, SV2)));
        assertThat(planned(plan, SV2)).contains("drbdadm create-md r0/0");
        assertThat(commandOf(plan, "drbdadm create-md --force r0/0"))
                .contains("same_use /dev/sys/drbd0", "same_content /dev/sys/drbd0 '' ext4 6c1d")
                .contains("same_filesystem /dev/sys/drbd0 '1234 56'");
        assertThat(commandOf(plan, DECLARE))
                .contains("same_use /dev/sys/drbd0 0 drbd0", "same_filesystem /dev/sys/drbd0 '1234 56'")
                .contains("set -- r0 0 0 1073672192\n");
    }

    @Test
    void usesNewMetadataThatAnInterruptedRunLeftBehindTheFilesystem() throws Exception {
        NodeFacts interrupted = keeper(INTERNAL, ROOM)
                .with(data(), BEHIND)
                .with(
                        DrbdProbes.candidate("r0", "/etc/drbd.d/r0.res", text(INTERNAL)),
                        configured(INTERNAL, GenerationIds.JUST_CREATED));
        Plan plan = INTERNAL.plan(cluster(interrupted, blank(INTERNAL, SV2)));
        assertThat(planned(plan, SV1))
                .containsExactly("write /etc/drbd.d/r0.res", "drbdadm up r0", DECLARE, "wait for 'r0' to be connected");
        NodeFacts other = interrupted.with(
                DrbdProbes.candidate("r0", "/etc/drbd.d/r0.res", text(INTERNAL)), configured(INTERNAL, null));
        assertThat(refusal(INTERNAL, other, blank(INTERNAL, SV2)))
                .contains("sv1: /dev/sys/drbd0 holds drbd d2b7 over ext4 'www' 6c1d");
    }

    @Test
    void declaresTheDataGoodAfterAnInterruptionBeforeThat() throws Exception {
        NodeFacts interrupted = up(
                configuredOn(keeper(EXTERNAL, GIB), EXTERNAL, GenerationIds.JUST_CREATED),
                state("Secondary", "Inconsistent", "Connecting", "Unknown", "DUnknown"));
        Plan plan = EXTERNAL.plan(cluster(interrupted, blank(EXTERNAL, SV2)));
        assertThat(planned(plan, SV1)).containsExactly(DECLARE, "wait for 'r0' to be connected");
    }

    @Test
    void neverDeclaresDataGoodOnceANodeHasDataOfTheResource() throws Exception {
        NodeFacts declared = up(
                configuredOn(keeper(EXTERNAL, GIB), EXTERNAL, SYNCED),
                state("Secondary", "UpToDate", "Connecting", "Unknown", "DUnknown"));
        assertThat(planned(EXTERNAL.plan(cluster(declared, blank(EXTERNAL, SV2))), SV1))
                .containsExactly("wait for 'r0' to be connected");
        assertThat(EXTERNAL.plan(cluster(done(EXTERNAL, SV1), done(EXTERNAL, SV2)))
                        .isEmpty())
                .isTrue();
        NodeFacts replaced = blank(EXTERNAL, SV1).with(FilesystemOnDisk.probe(DISK), filesystem(Map.of("TYPE", ""), 0));
        assertThat(planned(EXTERNAL.plan(cluster(replaced, done(EXTERNAL, SV2))), SV1))
                .containsExactly(
                        "drbdadm create-md r0/0",
                        "write /etc/drbd.d/r0.res",
                        "drbdadm up r0",
                        "wait for 'r0' to be connected");
    }

    @Test
    void refusesDataThatAreNotThoseOfTheResource() {
        assertThat(refusal(EXTERNAL, keeper(EXTERNAL, GIB), done(EXTERNAL, SV2)))
                .contains(
                        "sv1: /dev/sys/drbd0 holds ext4 'www' 6c1d and is no disk with data of 'r0', but another node has")
                .contains("omit keepDataOf and set keepMetadata: true", "wipeMetadata: true");
    }

    @Test
    void refusesDataOnTwoNodes() {
        NodeFacts other = holdingAnother(blank(EXTERNAL, SV2));
        assertThat(refusal(EXTERNAL, keeper(EXTERNAL, GIB), other))
                .contains("sv2: /dev/sys/drbd0 is not empty: it holds ext4 'www' 77ab")
                .doesNotContain("sv1:");
        assertThat(refusal(EXTERNAL, keeper(EXTERNAL, GIB), configuredOn(other, EXTERNAL, GenerationIds.JUST_CREATED)))
                .contains("sv2: /dev/sys/drbd0, a disk of 'r0', holds ext4 'www' 77ab")
                .contains("overwritten with the data of sv1");
    }

    @Test
    void overwriteNeverWipesTheDiskWithTheData() throws Exception {
        DrbdCreateResource step = allowing("ext4 'www' 6c1d\next4 'www' 77ab");
        Plan plan = step.plan(cluster(keeper(EXTERNAL, GIB), holdingAnother(blank(EXTERNAL, SV2))));
        assertThat(planned(plan, SV1)).noneMatch(command -> command.contains("wipe"));
        assertThat(planned(plan, SV2)).contains("wipefs -a /dev/sys/drbd0");
    }

    @Test
    void neitherOffersNorAcceptsToOverwriteAnotherDiskWithTheFilesystemToKeep() {
        DrbdCreateResource step = allowing("ext4 'www' 6c1d\ndrbd d2b7 over ext4 'www' 6c1d");
        NodeFacts copy =
                blank(step, SV2).with(data(), BlockDevice.blank(DISK, GIB).holding(EXT4));
        NodeFacts hidden = copy.with(data(), BEHIND);
        for (NodeFacts sv2 : List.of(copy, hidden, configuredOn(copy, step, GenerationIds.JUST_CREATED))) {
            assertThat(refusal(step, keeper(step, GIB), sv2))
                    .contains("sv2: /dev/sys/drbd0 holds the same filesystem as /dev/sys/drbd0 on sv1, ext4 'www' 6c1d")
                    .contains("wipe it by hand on sv2")
                    .doesNotContain("overwrite:");
        }
        BlockDevice meta = BlockDevice.blank("/dev/sys/drbd0_meta", 128 << 20).holding(EXT4);
        assertThat(refusal(
                        step, keeper(step, GIB).with(BlockDevice.probe("/dev/sys/drbd0_meta"), meta), blank(step, SV2)))
                .contains("sv1: /dev/sys/drbd0_meta holds the same filesystem as /dev/sys/drbd0 on sv1");
    }

    @Test
    void refusesANodeWithoutData() {
        DrbdCreateResource wrong = keeping("sv2", "/dev/sys/drbd0_meta", null);
        NodeFacts empty = blank(EXTERNAL, SV2).with(FilesystemOnDisk.probe(DISK), filesystem(Map.of("TYPE", ""), 0));
        assertThat(refusal(wrong, keeper(EXTERNAL, GIB), empty))
                .contains("sv2: /dev/sys/drbd0 is empty, and keepDataOf names this node")
                .contains("sv1: /dev/sys/drbd0 is not empty: it holds ext4 'www' 6c1d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LVM2_member", "crypto_LUKS", "swap", "btrfs", "linux_raid_member"})
    void refusesWhatIsNoKnownFilesystem(String type) {
        Map<String, String> blkid = Map.of("TYPE", type, "UUID", "6c1d");
        NodeFacts other = keeper(EXTERNAL, GIB)
                .with(data(), BlockDevice.blank(DISK, GIB).holding(blkid))
                .with(FilesystemOnDisk.probe(DISK), filesystem(blkid, 0));
        assertThat(refusal(EXTERNAL, other, blank(EXTERNAL, SV2)))
                .contains("sv1: /dev/sys/drbd0 holds " + type + " 6c1d")
                .contains("Only one whole ext2, ext3, ext4, XFS or OCFS2 filesystem can be kept");
    }

    @Test
    void refusesAFilesystemWithMoreSignaturesOrAPartElsewhere() {
        BlockDevice two = new BlockDevice(
                DISK,
                BlockDevice.Kind.BLOCK,
                "/dev/dm-0",
                "254:0",
                GIB,
                List.of(),
                true,
                false,
                new Blkid(EXT4),
                List.of("ext4 'www' 6c1d", "linux_raid_member 77"));
        assertThat(refusal(EXTERNAL, keeper(EXTERNAL, GIB).with(data(), two), blank(EXTERNAL, SV2)))
                .contains("sv1: /dev/sys/drbd0 holds ext4 'www' 6c1d over linux_raid_member 77");
        FilesystemOnDisk part =
                new FilesystemOnDisk(new Blkid(EXT4), new FilesystemSize("ext4", 1024, 1024, 0), false, true, "1 2");
        assertThat(refusal(
                        EXTERNAL, keeper(EXTERNAL, GIB).with(FilesystemOnDisk.probe(DISK), part), blank(EXTERNAL, SV2)))
                .contains("a part of which is on another device");
    }

    @Test
    void refusesAFilesystemWhoseJournalHasToBeReplayed() {
        FilesystemOnDisk unclean =
                new FilesystemOnDisk(new Blkid(EXT4), new FilesystemSize("ext4", 1024, 1024, 0), true, false, "1 2");
        assertThat(refusal(
                        INTERNAL,
                        keeper(INTERNAL, GIB).with(FilesystemOnDisk.probe(DISK), unclean),
                        blank(INTERNAL, SV2)))
                .contains("sv1: ext4 'www' 6c1d on /dev/sys/drbd0 was not unmounted")
                .contains("mount and unmount it once on sv1, then run the step again");
    }

    @Test
    void refusesAFilesystemOfUnknownSize() {
        assertThat(refusal(
                        EXTERNAL,
                        keeper(EXTERNAL, 0)
                                .with(
                                        FilesystemOnDisk.probe(DISK),
                                        new FilesystemOnDisk(
                                                new Blkid(EXT4),
                                                new FilesystemSize("ext4", 0, 0, 0),
                                                true,
                                                true,
                                                "1 2")),
                        blank(EXTERNAL, SV2)))
                .contains("sv1: the size of ext4 'www' 6c1d on /dev/sys/drbd0 cannot be read");
    }

    @Test
    void tellsTheSizesIfTheFilesystemLeavesNoRoomForMetadata() {
        assertThat(refusal(INTERNAL, keeper(INTERNAL, GIB), blank(INTERNAL, SV2)))
                .contains("sv1: /dev/sys/drbd0 has 1073741824 bytes, of which DRBD would make 1073672192 available, but"
                        + " ext4 'www' 6c1d has 1073741824")
                .contains("grow the disk by at least 73728 bytes to 1073815552")
                .contains("grow: true and size: '1028M'")
                .contains("`resize2fs /dev/sys/drbd0 1048508K`");
        Map<String, String> xfs = Map.of("TYPE", "xfs", "UUID", "6c1d");
        NodeFacts full = keeper(INTERNAL, GIB)
                .with(data(), BlockDevice.blank(DISK, GIB).holding(xfs))
                .with(FilesystemOnDisk.probe(DISK), filesystem(xfs, GIB));
        assertThat(refusal(INTERNAL, full, blank(INTERNAL, SV2)))
                .contains("xfs cannot be made smaller")
                .doesNotContain("resize2fs");
    }

    @Test
    void refusesADiskThatIsSmallerThanItsFilesystem() {
        assertThat(refusal(EXTERNAL, keeper(EXTERNAL, GIB + 1024), blank(EXTERNAL, SV2)))
                .contains("The disk is smaller than its filesystem");
    }

    @Test
    void refusesASmallerDiskOfAnotherNode() {
        NodeFacts smaller = blank(EXTERNAL, SV2).with(data(), BlockDevice.blank(DISK, GIB - 4096));
        assertThat(refusal(EXTERNAL, keeper(EXTERNAL, GIB / 2), smaller))
                .contains("sv2: /dev/sys/drbd0 has 1073737728 bytes, but 'r0' has 1073741824 bytes on sv1");
        NodeFacts internal = blank(INTERNAL, SV2).with(data(), BlockDevice.blank(DISK, GIB - 4096));
        assertThat(refusal(INTERNAL, keeper(INTERNAL, GIB / 2), internal))
                .contains("of which the metadata leave 1073668096, but 'r0' has 1073672192 bytes on sv1");
    }

    @Test
    void refusesAMountedFilesystem() {
        NodeFacts mounted = keeper(EXTERNAL, GIB)
                .with(
                        data(),
                        new BlockDevice(
                                DISK,
                                BlockDevice.Kind.BLOCK,
                                "/dev/dm-0",
                                "254:0",
                                GIB,
                                List.of(),
                                true,
                                false,
                                new Blkid(EXT4),
                                List.of("ext4 'www' 6c1d")))
                .with(StorageProbes.MOUNTS, MountInfo.parse("36 1 254:0 / /srv rw - ext4 /dev/sys/drbd0 rw\n"));
        assertThat(refusal(EXTERNAL, mounted, blank(EXTERNAL, SV2)))
                .contains("sv1: /dev/sys/drbd0 is in use: mounted at /srv")
                .contains("go on writing past DRBD")
                .contains("unmount it with its entry in fstab (clusterUnmount)");
    }

    @ParameterizedTest
    @CsvSource({"/dev/sys/drbd0,sv1", "UUID=6c1d,sv1", "LABEL=www,sv1", "/dev/sys/drbd0,sv2", "UUID=6c1d,sv2"})
    void refusesAnFstabThatMountsTheDiskBelow(String device, String on) {
        FileFact fstab = new FileFact(true, device + " /srv ext4 defaults 0 2\n", "644");
        NodeFacts sv1 = keeper(EXTERNAL, GIB);
        NodeFacts sv2 = blank(EXTERNAL, SV2);
        String refused = refusal(
                EXTERNAL,
                on.equals("sv1") ? sv1.with(SystemProbes.file("/etc/fstab"), fstab) : sv1,
                on.equals("sv2") ? sv2.with(SystemProbes.file("/etc/fstab"), fstab) : sv2);
        assertThat(refused)
                .contains(on + ": fstab mounts " + device + " at /srv")
                .contains("mount /dev/drbd0 with clusterMount");
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/sys/drbd0,/dev/dm-9,sv1",
        "/dev/disk/by-id/dm-name-drbd0,/dev/sys/drbd0,sv2",
        "UUID=6c1d,/dev/disk/by-uuid/6c1d,sv2",
        "/dev/disk/by-uuid/6c1d,/dev/disk/by-uuid/6c1d,sv2",
        "LABEL=www,/dev/disk/by-label/www,sv1"
    })
    void refusesAMountUnitOfTheDiskBelow(String what, String real, String on) throws Exception {
        MountUnits units = new MountUnits(
                List.of(new MountUnits.Unit("srv.mount", new FstabEntry(what, "/srv", "auto", ""), real)));
        NodeFacts sv1 = keeper(EXTERNAL, GIB);
        NodeFacts sv2 = blank(EXTERNAL, SV2);
        assertThat(refusal(
                        EXTERNAL,
                        on.equals("sv1") ? sv1.with(MountUnits.PROBE, units) : sv1,
                        on.equals("sv2") ? sv2.with(MountUnits.PROBE, units) : sv2))
                .contains(on + ": the systemd unit srv.mount mounts " + what + " at /srv")
                .contains("mount /dev/drbd0 with clusterMount");
        Plan later = EXTERNAL.plan(cluster(done(EXTERNAL, SV1).with(MountUnits.PROBE, units), done(EXTERNAL, SV2)));
        assertThat(later.notes())
                .anyMatch(note -> note.startsWith("warning: sv1: the systemd unit srv.mount has " + what));
    }

    @Test
    void warnsLaterOfAnFstabThatCanLeadToTheDiskBelow() throws Exception {
        FileFact fstab =
                new FileFact(true, "/dev/drbd0 /srv ext4 defaults 0 0\nUUID=6c1d /old ext4 defaults 0 0\n", "644");
        Plan plan = EXTERNAL.plan(
                cluster(done(EXTERNAL, SV1).with(SystemProbes.file("/etc/fstab"), fstab), done(EXTERNAL, SV2)));
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes())
                .filteredOn(note -> note.contains("fstab"))
                .singleElement()
                .asString()
                .contains("warning: sv1: fstab has UUID=6c1d at /old");
    }

    @ParameterizedTest
    @CsvSource({
        "disk { fencing resource-and-stonith; },fencing resource-and-stonith",
        "disk { fencing resource-only; },fencing resource-only",
        "disk { size 1G; },size 1G"
    })
    void refusesOptionsThatStandInTheWay(String options, String found) {
        DrbdCreateResource step = keeping("sv1", "/dev/sys/drbd0_meta", options);
        assertThat(refusal(step, keeper(step, GIB), blank(step, SV2)))
                .contains("sv1: 'r0' would have " + found)
                .contains("with another drbdCreateResource");
    }

    @Test
    void refusesTwoPrimariesOfASingleNodeFilesystem() {
        ResourceSpec dual = new ResourceSpec("r0", EXTERNAL.spec().volumes(), List.of(), null, 7789, "C", true, null);
        DrbdCreateResource step =
                new DrbdCreateResource(dual, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE, "sv1");
        assertThat(refusal(step, keeper(step, GIB), blank(step, SV2)))
                .contains("/dev/drbd0 of 'r0' holds ext4, a single-node filesystem, and two nodes are to be Primary");
    }

    @Test
    void metadataOfARemovedResourceAreDiscardedOnlyByNameAndWithoutTheData() throws Exception {
        NodeFacts left = keeper(EXTERNAL, GIB)
                .with(DrbdProbes.candidate("r0", "/etc/drbd.d/r0.res", text(EXTERNAL)), configured(EXTERNAL, SYNCED));
        assertThat(refusal(EXTERNAL, left, blank(EXTERNAL, SV2)))
                .contains("sv1: /dev/sys/drbd0 has DRBD metadata ABCD000012340000")
                .contains("discard only the metadata with overwrite: 'DRBD metadata ABCD000012340000'")
                .doesNotContain("keepMetadata");
        NodeFacts reinstalled = blank(EXTERNAL, SV2)
                .with(DrbdProbes.candidate("r0", "/etc/drbd.d/r0.res", text(EXTERNAL)), configured(EXTERNAL, SYNCED));
        assertThat(refusal(EXTERNAL, done(EXTERNAL, SV1), reinstalled))
                .contains("sv2: /dev/sys/drbd0 has DRBD metadata ABCD000012340000")
                .contains("To reuse metadata and data omit keepDataOf and set keepMetadata: true");
        DrbdCreateResource allowing = new DrbdCreateResource(
                EXTERNAL.spec(), Overwrite.parse("DRBD metadata ABCD000012340000"), false, null, "sv1");
        assertThat(planned(allowing.plan(cluster(left, blank(EXTERNAL, SV2))), SV1))
                .containsExactly(
                        "drbdadm create-md --force r0/0",
                        "write /etc/drbd.d/r0.res",
                        "drbdadm up r0",
                        DECLARE,
                        "wait for 'r0' to be connected");
    }

    @Test
    void namesANodeWithADiskOfAResourceWithOneVolume() {
        assertThatThrownBy(() -> keeping("sv3", "internal", null).check(BOTH)).hasMessageContaining("keepDataOf");
        assertThatThrownBy(
                        () -> new DrbdCreateResource(INTERNAL.spec(), Overwrite.NOTHING, true, null, "sv1").check(BOTH))
                .hasMessageContaining("besides keepMetadata");
        ResourceSpec two = new ResourceSpec(
                "r0",
                List.of(
                        new VolumeSpec(0, "/dev/drbd0", DISK, "internal"),
                        new VolumeSpec(1, "/dev/drbd1", "/dev/sys/drbd1", "internal")),
                List.of(),
                null,
                7789,
                "C",
                false,
                null);
        assertThatThrownBy(() -> new DrbdCreateResource(two, Overwrite.NOTHING, false, null, "sv1").check(BOTH))
                .hasMessageContaining("must have one volume");
    }

    @Test
    void dryRunAssumesTheDataOnTheDrbdDevice() throws Exception {
        ClusterFacts seen = cluster(
                keeper(EXTERNAL, GIB).with(BlockDevice.probe("/dev/drbd0"), BlockDevice.absent("/dev/drbd0")),
                blank(EXTERNAL, SV2).with(BlockDevice.probe("/dev/drbd0"), BlockDevice.absent("/dev/drbd0")));
        NodeFacts sv1 = EXTERNAL.simulate(seen.node("sv1"), BOTH, seen);
        NodeFacts sv2 = EXTERNAL.simulate(seen.node("sv2"), BOTH, seen);
        assertThat(sv1.get(BlockDevice.probe("/dev/drbd0")).content()).isEqualTo("ext4 'www' 6c1d");
        assertThat(disk(sv1)).isEqualTo(DiskState.UP_TO_DATE);
        assertThat(disk(sv2)).isEqualTo(DiskState.INCONSISTENT);
        assertThat(EXTERNAL.plan(cluster(sv1, sv2)).isEmpty()).isTrue();
        assertThat(planned(new DrbdPromote("r0", "sv1", false).plan(cluster(sv1, sv2)), SV1))
                .containsExactly("drbdadm primary r0");
    }

    private static DiskState disk(NodeFacts node) {
        return node.get(DrbdProbes.STATE)
                .orElseThrow()
                .resources()
                .get("r0")
                .volumes()
                .get(0)
                .disk()
                .state();
    }
}
