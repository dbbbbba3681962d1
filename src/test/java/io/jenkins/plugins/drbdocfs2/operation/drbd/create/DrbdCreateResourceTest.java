package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.state;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.CONNECTED;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.GIB;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.SPEC;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.TEXT;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.candidate;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.data;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.done;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.fresh;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.holding;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.meta;
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
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataSize;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Role;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdRemoveResource;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.Blkid;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceContent;
import io.jenkins.plugins.drbdocfs2.storage.ListeningPorts;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrbdCreateResourceTest {
    private static final DrbdCreateResource CREATE =
            new DrbdCreateResource(SPEC, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);
    private static final String[] ALL_CHANGES = {
        "drbdadm create-md r0/0", "write /etc/drbd.d/r0.res", "drbdadm up r0", "wait for 'r0' to be connected"
    };

    private static DrbdCreateResource allowing(String overwrite) {
        return new DrbdCreateResource(SPEC, Overwrite.parse(overwrite), false, PeerLossPolicy.CONTINUE);
    }

    @Test
    void createsMetadataFileAndResourceOnFreshNodes() throws Exception {
        Plan plan = CREATE.plan(cluster(fresh(SV1), fresh(SV2)));
        assertThat(planned(plan, SV1)).containsExactly(ALL_CHANGES);
        assertThat(planned(plan, SV2)).containsExactly(ALL_CHANGES);
    }

    @Test
    void doesNothingIfAllIsAsRequested() throws Exception {
        assertThat(CREATE.plan(cluster(done(SV1), done(SV2))).isEmpty()).isTrue();
    }

    @Test
    void correctsAManualEditOnItsNodeAndKeepsMetadata() throws Exception {
        ConfiguredResource wanted = new ConfiguredResource(
                SPEC.on(BOTH), "", true, List.of("drbdsetup-84 net-options ..."), Map.of(0, List.of(SYNCED)));
        NodeFacts edited = done(SV2)
                .with(SystemProbes.file("/etc/drbd.d/r0.res"), new FileFact(true, TEXT + "# mine\n", "600"))
                .with(candidate(), wanted);
        Plan plan = CREATE.plan(cluster(done(SV1), edited));
        assertThat(planned(plan, SV1)).containsExactly("wait for 'r0' to be connected");
        assertThat(planned(plan, SV2))
                .containsExactly("change /etc/drbd.d/r0.res", "drbdadm adjust r0", "wait for 'r0' to be connected");
        PutFile file = (PutFile) plan.changes().get(0);
        assertThat(file.after()).isEqualTo(TEXT);
        assertThat(file.mode()).isEqualTo("0600");
    }

    private static NodeFacts byHand(Node node, String path, Resource read) {
        boolean elsewhere = !path.equals("/etc/drbd.d/r0.res");
        ConfiguredResource configured = configured(true, SYNCED);
        return done(node)
                .with(
                        SystemProbes.file("/etc/drbd.d/r0.res"),
                        elsewhere ? FileFact.ABSENT : new FileFact(true, "# mine\nresource r0 { }\n", "644"))
                .with(candidate(), configured)
                .with(
                        DrbdProbes.configured("r0"),
                        new ConfiguredResource(read, List.of(), "", true, List.of(), configured.metadata(), path, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/drbd.d/r0.res", "/etc/drbd.d/all.res"})
    void keepsAHandWrittenFileThatSaysTheSame(String path) throws Exception {
        Resource same = SPEC.on(BOTH);
        assertThat(CREATE.plan(cluster(byHand(SV1, path, same), byHand(SV2, path, same)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void replacesAHandWrittenFileThatSaysMoreOrLess() throws Exception {
        Resource same = SPEC.on(BOTH);
        Resource more = new Resource(
                same.name(),
                same.hosts(),
                same.volumes(),
                same.protocol(),
                true,
                ResourceOptions.parse("net { verify-alg sha1; }").sections());
        Plan plan = CREATE.plan(cluster(byHand(SV1, "/etc/drbd.d/r0.res", more), done(SV2)));
        assertThat(planned(plan, SV1)).contains("change /etc/drbd.d/r0.res");
        assertThat(planned(plan, SV2)).doesNotContain("change /etc/drbd.d/r0.res");

        Resource single =
                new Resource(same.name(), same.hosts(), same.volumes(), same.protocol(), false, same.options());
        assertThat(planned(CREATE.plan(cluster(byHand(SV1, "/etc/drbd.d/r0.res", single), done(SV2))), SV1))
                .contains("change /etc/drbd.d/r0.res");
    }

    @Test
    void bringsARebootedNodeUpWithItsMetadata() throws Exception {
        NodeFacts down = done(SV2).with(DrbdProbes.STATE, Optional.of(DrbdState.NONE));
        assertThat(planned(CREATE.plan(cluster(done(SV1), down)), SV2))
                .containsExactly("drbdadm up r0", "wait for 'r0' to be connected");
    }

    @Test
    void continuesAnInterruptedBuildWithTheMetadata() throws Exception {
        NodeFacts half = fresh(SV2)
                .with(SystemProbes.file("/etc/drbd.d/r0.res"), new FileFact(true, TEXT, "600"))
                .with(DrbdProbes.configured("r0"), configured(true, null));
        assertThat(planned(CREATE.plan(cluster(fresh(SV1), half)), SV2))
                .containsExactly("drbdadm create-md r0/0", "drbdadm up r0", "wait for 'r0' to be connected");
    }

    @Test
    void refusesADiskThatIsSmallerThanTheDataOfThePeer() throws Exception {
        NodeFacts smaller = fresh(SV2).with(data(), BlockDevice.blank("/dev/sys/drbd0", GIB - 4096));
        assertThat(refusal(CREATE, done(SV1), smaller))
                .contains("sv2: /dev/sys/drbd0 has 1073737728 bytes, but volume 0 of 'r0' has 1073741824 bytes on sv1")
                .contains("DRBD would not connect the node");
        NodeFacts withoutData = done(SV1)
                .with(
                        DrbdProbes.STATE,
                        Optional.of(new DrbdState(
                                Map.of("r0", state("Secondary", "Inconsistent", "Connecting", null, null)))));
        assertThat(planned(CREATE.plan(cluster(withoutData, smaller)), SV2)).containsExactly(ALL_CHANGES);
        assertThat(planned(CREATE.plan(cluster(done(SV1), fresh(SV2))), SV2)).containsExactly(ALL_CHANGES);
    }

    @Test
    void countsTheInternalMetadataOfADiskAsNotFreeForData() throws Exception {
        NodeFacts equal = fresh(SV2).with(data(), BlockDevice.blank("/dev/sys/drbd0", GIB));
        long enough = GIB + MetadataSize.bytes(GIB + (1 << 20), 1);
        NodeFacts larger = fresh(SV2).with(data(), BlockDevice.blank("/dev/sys/drbd0", enough));
        assertThat(sizeRefusals(equal)).contains("of which the metadata leave 1073672192");
        assertThat(sizeRefusals(larger)).isEqualTo("[]");
    }

    private static String sizeRefusals(NodeFacts sv2) {
        Resource resource = ResourceText.parse(TEXT.replaceAll("(flexible-)?meta-disk .*;", "meta-disk internal;"));
        Refusals refusals = new Refusals();
        BlockDevice disk = sv2.get(data());
        new DiskSizeCheck(resource, cluster(done(SV1), sv2), refusals)
                .check(sv2, resource.volumes().get(0), disk, disk);
        return refusals.all().toString();
    }

    @Test
    void refusesAFilesystemUnlessOverwriteNamesIt() throws Exception {
        Map<String, String> ext4 = Map.of("TYPE", "ext4", "LABEL", "www", "UUID", "6c1d");
        assertThat(refusal(CREATE, fresh(SV1), holding(SV2, ext4)))
                .contains("sv2: /dev/sys/drbd0 is not empty: it holds ext4 'www' 6c1d")
                .contains("That would be lost")
                .contains("overwrite: \"ext4 'www' 6c1d\"");
        Plan plan = allowing("ext4 'www' 6c1d").plan(cluster(fresh(SV1), holding(SV2, ext4)));
        assertThat(planned(plan, SV2)).contains("wipefs -a /dev/sys/drbd0", "drbdadm create-md --force r0/0");
        assertThat(planned(plan, SV1)).containsExactly(ALL_CHANGES);
        assertThat(refusal(allowing("ext4"), fresh(SV1), holding(SV2, ext4))).contains("is not empty");
    }

    @Test
    void refusesDataWithoutAKnownSignature() {
        BlockDevice odd = new BlockDevice(
                "/dev/sys/drbd0",
                BlockDevice.Kind.BLOCK,
                "/dev/dm-0",
                "254:0",
                GIB,
                List.of(),
                true,
                false,
                new io.jenkins.plugins.drbdocfs2.storage.Blkid(Map.of()),
                List.of());
        assertThat(refusal(CREATE, fresh(SV1).with(data(), odd), fresh(SV2))).contains("it holds unknown data");
    }

    @Test
    void refusesMetadataWithoutConfigurationUnlessAParameterAllowsThem() throws Exception {
        NodeFacts foreign = fresh(SV1).with(candidate(), configured(true, SYNCED));
        assertThat(refusal(CREATE, foreign, fresh(SV2)))
                .contains("sv1: /dev/sys/drbd0 has DRBD metadata")
                .contains("keepMetadata: true")
                .contains("overwrite: 'DRBD metadata ABCD000012340000'");
        assertThat(refusal(allowing("DRBD metadata"), foreign, fresh(SV2))).contains("keepMetadata");
        assertThat(planned(allowing("DRBD metadata ABCD000012340000").plan(cluster(foreign, fresh(SV2))), SV1))
                .contains("drbdadm create-md --force r0/0");
        DrbdCreateResource keep = new DrbdCreateResource(SPEC, Overwrite.NOTHING, true, PeerLossPolicy.CONTINUE);
        assertThat(planned(keep.plan(cluster(foreign, fresh(SV2))), SV1))
                .containsExactly("write /etc/drbd.d/r0.res", "drbdadm up r0", "wait for 'r0' to be connected");
    }

    @Test
    void refusesMissingAndUsedDevicesTogether() {
        NodeFacts missing = fresh(SV1).with(data(), BlockDevice.absent("/dev/sys/drbd0"));
        BlockDevice held = new BlockDevice(
                "/dev/sys/drbd0",
                BlockDevice.Kind.BLOCK,
                "/dev/dm-0",
                "254:0",
                GIB,
                List.of("md0"),
                true,
                true,
                new io.jenkins.plugins.drbdocfs2.storage.Blkid(Map.of()),
                List.of());
        assertThat(refusal(CREATE, missing, fresh(SV2).with(data(), held)))
                .contains("sv1: there is no device /dev/sys/drbd0")
                .contains("sv2: /dev/sys/drbd0 is in use: by md0");
    }

    private static BlockDevice linkTo(String device, String number) {
        return new BlockDevice(
                "/dev/sys/drbd0",
                BlockDevice.Kind.BLOCK,
                device,
                number,
                GIB,
                List.of(),
                true,
                true,
                new Blkid(Map.of()),
                List.of());
    }

    @Test
    void refusesADrbdDeviceAsDiskByAnyPath() {
        assertThat(refusal(CREATE, fresh(SV1).with(data(), linkTo("/dev/drbd7", "147:7")), fresh(SV2)))
                .contains("sv1: /dev/sys/drbd0 is the DRBD device /dev/drbd7");
    }

    @Test
    void acceptsADiskOfAVolumeGroupNamedDrbdpool() throws Exception {
        ResourceSpec spec = new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/drbdpool/r0", "internal")),
                List.of(),
                null,
                7789,
                "C",
                false,
                null);
        assertThat(spec.on(BOTH).volumes()).hasSize(1);
        assertThat(planned(
                        CREATE.plan(cluster(fresh(SV1).with(data(), linkTo("/dev/dm-4", "254:4")), fresh(SV2))), SV1))
                .containsExactly(ALL_CHANGES);
    }

    @Test
    void doesNotWriteAFileThatDrbdadmRefuses() {
        NodeFacts clash = fresh(SV2)
                .with(
                        candidate(),
                        new ConfiguredResource(
                                null, "conflicting use of IP '10.77.0.2:7789'", false, List.of(), Map.of()));
        assertThat(refusal(CREATE, fresh(SV1), clash))
                .contains("sv2: drbdadm does not accept")
                .contains("10.77.0.2:7789");
    }

    @Test
    void refusesAPortThatIsInUse() {
        ListeningPorts taken = new ListeningPorts(List.of(new ListeningPorts.Listener("0.0.0.0", 7789)));
        assertThat(refusal(CREATE, fresh(SV1), fresh(SV2).with(StorageProbes.PORTS, taken)))
                .contains("sv2: port 7789 is in use");
    }

    @Test
    void refusesTheMinorOfAnotherRunningResource() {
        ResourceState other = new ResourceState(
                "other", Role.parse("Secondary"), false, CONNECTED.volumes(), CONNECTED.connections());
        NodeFacts taken = fresh(SV1).with(DrbdProbes.STATE, Optional.of(new DrbdState(Map.of("other", other))));
        assertThat(refusal(CREATE, taken, fresh(SV2))).contains("/dev/drbd0 belongs to the running resource 'other'");
    }

    @Test
    void refusesToReconnectASplitBrain() {
        GenerationIds one = new GenerationIds(0x1000, 0x2000, List.of(0x3000L, 0L), java.util.Set.of());
        GenerationIds other = new GenerationIds(0x5000, 0x2000, List.of(0x3000L, 0L), java.util.Set.of());
        assertThat(refusal(
                        CREATE,
                        done(SV1).with(DrbdProbes.configured("r0"), configured(true, one)),
                        done(SV2).with(DrbdProbes.configured("r0"), configured(true, other))))
                .contains("has split")
                .contains("drbdResolveSplitBrain");
    }

    @Test
    void refusesAnAdjustThatDetachesADisk() {
        ConfiguredResource wanted = new ConfiguredResource(
                SPEC.on(BOTH), "", true, List.of("drbdsetup-84 detach 0"), Map.of(0, List.of(SYNCED)));
        assertThat(refusal(CREATE, done(SV1).with(DrbdProbes.configured("r0"), wanted), done(SV2)))
                .contains("sv1: ")
                .contains("drbdsetup-84 detach 0");
    }

    @Test
    void refusesDifferentGenerationsOfDrbd() {
        NodeFacts nine = fresh(SV2).with(DrbdProbes.VERSION, Optional.of(new DrbdVersion("9.22.0", "9.1.0", 2)));
        assertThat(refusal(CREATE, fresh(SV1), nine)).contains("different generations of DRBD");
    }

    @Test
    void refusesTooSmallMetadataDevicesWithTheRequiredSize() {
        NodeFacts small = fresh(SV1).with(meta(), BlockDevice.blank("/dev/sys/drbd0_meta", 4096));
        assertThat(refusal(CREATE, small, fresh(SV2)))
                .contains("/dev/sys/drbd0_meta has 4096 bytes")
                .contains("69632");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\"b", "a'b", "a\nb", "$(id)", "all", "-o", "", "r0/1"})
    void refusesInvalidNames(String name) {
        ResourceSpec spec = new ResourceSpec(
                name,
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sdb", null)),
                List.of(),
                null,
                7789,
                "C",
                false,
                null);
        DrbdCreateResource create = new DrbdCreateResource(spec, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);
        assertThatThrownBy(() -> create.check(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("resource must");
    }

    @Test
    void overwriteMustAlsoNameAFilesystemBelowForeignMetadata() throws Exception {
        Map<String, String> drbd = Map.of("TYPE", "drbd", "UUID", "abcd");
        BlockDevice covered = new BlockDevice(
                "/dev/sys/drbd0",
                BlockDevice.Kind.BLOCK,
                "/dev/dm-0",
                "254:0",
                GIB,
                List.of(),
                true,
                false,
                new io.jenkins.plugins.drbdocfs2.storage.Blkid(drbd),
                List.of("ext4 'www' 6c1d", "drbd abcd"));
        assertThat(covered.content()).isEqualTo("drbd abcd over ext4 'www' 6c1d");
        NodeFacts foreign =
                fresh(SV1).with(candidate(), configured(true, SYNCED)).with(data(), covered);
        assertThat(refusal(allowing("DRBD metadata ABCD000012340000"), foreign, fresh(SV2)))
                .contains("it holds drbd abcd over ext4 'www' 6c1d");
    }

    /** A device that r9, up as /dev/drbd9, uses for its metadata. */
    private static BlockDevice shared(String path) {
        return new BlockDevice(
                path,
                BlockDevice.Kind.BLOCK,
                "/dev/dm-1",
                "254:1",
                GIB,
                List.of("drbd9", BlockDevice.EXCLUSIVE),
                true,
                false,
                new Blkid(Map.of()),
                List.of());
    }

    private static DrbdDevices slotOfAnother(String path, int index) {
        return new DrbdDevices(
                true,
                List.of(new DrbdDevices.Device(
                        "r9",
                        "/dev/drbd9",
                        9,
                        false,
                        false,
                        10_000,
                        List.of("/dev/sys/drbd9", path),
                        List.of(new DrbdDevices.Slot(path, index)))));
    }

    private static String refusalOfSlot(int slot, UnaryOperator<NodeFacts> change) throws Exception {
        ResourceSpec spec = new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sys/drbd0", "/dev/sys/drbd0_meta[" + slot + "]")),
                List.of(),
                null,
                7789,
                "C",
                true,
                null);
        DrbdCreateResource create = new DrbdCreateResource(spec, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);
        String text = ResourceText.render(spec.on(BOTH), DrbdGeneration.V84);
        NodeFacts[] nodes = new NodeFacts[2];
        for (int i = 0; i < 2; i++) {
            nodes[i] = change.apply(fresh(BOTH.get(i))
                    .with(
                            DeviceContent.probe("/dev/sys/drbd0_meta", slot * (128L << 20), (slot + 1) * (128L << 20)),
                            new DeviceContent(true, true))
                    .with(DrbdProbes.candidate("r0", "/etc/drbd.d/r0.res", text), configured(true, null)));
        }
        return refusal(create, nodes);
    }

    @Test
    void refusesASlotOfAnotherResourceThatIsUpOrDown() throws Exception {
        UnaryOperator<NodeFacts> up = node -> node.with(meta(), shared("/dev/sys/drbd0_meta"))
                .with(DrbdDevices.PROBE, slotOfAnother("/dev/sys/drbd0_meta", 1));
        UnaryOperator<NodeFacts> down = node -> node.with(DrbdDevices.PROBE, slotOfAnother("/dev/sys/drbd0_meta", 1));
        assertThat(refusalOfSlot(1, up)).contains("slot 1 of /dev/sys/drbd0_meta is that of the DRBD resource 'r9'");
        assertThat(refusalOfSlot(1, down))
                .contains("slot 1 of /dev/sys/drbd0_meta is that of the DRBD resource 'r9', which is down");
    }

    @Test
    void refusesASlotOnADeviceThatAnotherResourceOwns() throws Exception {
        DrbdDevices flexible = new DrbdDevices(
                true,
                List.of(new DrbdDevices.Device(
                        "r9",
                        "/dev/drbd9",
                        9,
                        false,
                        false,
                        1,
                        List.of("/dev/sys/drbd9", "/dev/sys/drbd0_meta"),
                        List.of())));
        assertThat(refusalOfSlot(1, node -> node.with(DrbdDevices.PROBE, flexible)))
                .contains("sv1: /dev/sys/drbd0_meta is a disk of the DRBD resource 'r9', which is down");
    }

    @Test
    void refusesASlotOnADeviceWithAFilesystem() throws Exception {
        BlockDevice ext4 =
                BlockDevice.blank("/dev/sys/drbd0_meta", GIB).holding(Map.of("TYPE", "ext4", "UUID", "6c1d"));
        assertThat(refusalOfSlot(0, node -> node.with(meta(), ext4)))
                .contains("/dev/sys/drbd0_meta is not empty: it holds ext4 6c1d")
                .contains("overwrite: \"ext4 6c1d\"");
    }

    @Test
    void refusesASlotWithContent() throws Exception {
        UnaryOperator<NodeFacts> used = node -> node.with(meta(), shared("/dev/sys/drbd0_meta"))
                .with(DrbdDevices.PROBE, slotOfAnother("/dev/sys/drbd0_meta", 0));
        assertThat(refusalOfSlot(2, node -> used.apply(node)
                        .with(
                                DeviceContent.probe("/dev/sys/drbd0_meta", 256L << 20, 384L << 20),
                                new DeviceContent(true, false))))
                .contains("slot 2 of /dev/sys/drbd0_meta is not empty: it holds unknown data");
        assertThat(refusalOfSlot(2, node -> used.apply(node)
                        .with(
                                DeviceContent.probe("/dev/sys/drbd0_meta", 256L << 20, 384L << 20),
                                new DeviceContent(false, false))))
                .contains("slot 2 of /dev/sys/drbd0_meta cannot be read");
    }

    @Test
    void overwriteOfTheDiskDoesNotAllowSlotsOfOtherResources() throws Exception {
        ResourceSpec spec = new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sys/drbd0", "/dev/sys/drbd0_meta[1]")),
                List.of(),
                null,
                7789,
                "C",
                true,
                null);
        DrbdCreateResource create =
                new DrbdCreateResource(spec, Overwrite.parse("ext4 6c1d"), false, PeerLossPolicy.CONTINUE);
        String text = ResourceText.render(spec.on(BOTH), DrbdGeneration.V84);
        NodeFacts[] nodes = new NodeFacts[2];
        for (int i = 0; i < 2; i++) {
            nodes[i] = holding(BOTH.get(i), Map.of("TYPE", "ext4", "UUID", "6c1d"))
                    .with(meta(), shared("/dev/sys/drbd0_meta"))
                    .with(DrbdDevices.PROBE, slotOfAnother("/dev/sys/drbd0_meta", 0))
                    .with(
                            DeviceContent.probe("/dev/sys/drbd0_meta", 128 << 20, 256 << 20),
                            new DeviceContent(true, true))
                    .with(
                            DrbdProbes.candidate("r0", "/etc/drbd.d/r0.res", text),
                            new ConfiguredResource(spec.on(BOTH), "", true, List.of(), Map.of()));
        }
        Plan plan = create.plan(cluster(nodes));
        // drbdadm needs --force beside the slots of other resources, so the own slot is checked just before
        assertThat(planned(plan, SV1))
                .contains("wipefs -a /dev/sys/drbd0", "drbdadm create-md --force r0/0")
                .noneMatch(command -> command.contains("wipe") && command.contains("drbd0_meta"));
        assertThat(plan.changes().stream()
                        .filter(change -> change.summary().contains("create-md"))
                        .map(change -> ((Change.Command) change).toRun()))
                .allMatch(script -> script.contains("same_use /dev/sys/drbd0_meta 0 drbd9\n"
                        + "same_part /dev/sys/drbd0_meta 134217728 268435456\n"));
    }

    @Test
    void checksOptionsLikeParameters() {
        assertThatThrownBy(() -> withOptions("net { protocol A; }").on(BOTH)).hasMessageContaining("protocol A");
        assertThat(withOptions("net { allow-two-primaries; }").on(BOTH).dualPrimary())
                .isTrue();
        assertThatThrownBy(() -> withOptions("volume 2 { disk /dev/sda3; }").on(BOTH))
                .isInstanceOf(InvalidParameterException.class);
    }

    private static ResourceSpec withOptions(String options) {
        return new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sdb", null)),
                List.of(),
                null,
                7789,
                "C",
                false,
                options);
    }

    @Test
    void sharedSecretIsASecretOfTheOperation() {
        DrbdCreateResource create = new DrbdCreateResource(
                withOptions("net { cram-hmac-alg sha1; shared-secret \"s3 cret\"; }"),
                Overwrite.NOTHING,
                false,
                PeerLossPolicy.CONTINUE);
        assertThat(create.secrets()).containsExactly("s3 cret");
    }

    @Test
    void refusesARunningResourceThatCannotBeCompared() {
        ConfiguredResource unknown = new ConfiguredResource(
                SPEC.on(BOTH),
                List.of(),
                "",
                false,
                List.of(),
                Map.of(0, List.of(SYNCED)),
                "",
                "no such option (exit code 10)");
        assertThat(refusal(CREATE, done(SV1).with(DrbdProbes.configured("r0"), unknown), done(SV2)))
                .contains("sv1: `drbdadm -d adjust r0` fails")
                .contains("is as configured: no such option (exit code 10)");
    }

    @Test
    void twoPrimariesRequireProtocolC() {
        ResourceSpec spec = new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sdb", null)),
                List.of(),
                null,
                7789,
                "A",
                true,
                null);
        assertThatThrownBy(() -> spec.on(BOTH))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("protocol must be C");
    }

    @Test
    void acceptsOtherDisksOnSomeNodes() {
        ResourceSpec spec = new ResourceSpec(
                "r0",
                List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sdb", "internal")),
                List.of(new NodeDiskSpec("sv2", 0, "/dev/vdb", null)),
                null,
                7789,
                "C",
                false,
                null);
        assertThat(ResourceText.render(spec.on(BOTH), DrbdGeneration.V84))
                .contains("disk /dev/sdb;")
                .contains("disk /dev/vdb;");
    }

    @Test
    void acceptsARawConfigThatContainsTheResource() {
        String config = "resource r0 { protocol C; meta-disk internal; device /dev/drbd2; on sv1 { disk /dev/sdb;"
                + " address 10.0.0.1:7790; } on sv2 { disk /dev/sdb; address 10.0.0.2:7790; } }";
        ResourceSpec spec = new ResourceSpec("r0", List.of(), List.of(), config, 7789, "C", false, null);
        assertThat(spec.on(BOTH).host("sv2").port()).isEqualTo(7790);
        ResourceSpec other = new ResourceSpec("r1", List.of(), List.of(), config, 7789, "C", false, null);
        assertThatThrownBy(() -> other.on(BOTH)).hasMessageContaining("config must hold the resource 'r1'");
    }

    @Test
    void dryRunAssumesTheResourceUpAndItsDevice() {
        NodeFacts probed = fresh(SV1).with(BlockDevice.probe("/dev/drbd0"), BlockDevice.absent("/dev/drbd0"));
        NodeFacts simulated = assumed(CREATE, probed);
        assertThat(simulated.get(BlockDevice.probe("/dev/drbd0")).isBlank()).isTrue();
        assertThat(report(CREATE, simulated)).containsEntry("up", true).containsEntry("disk", "Inconsistent");
    }

    @Test
    void dryRunAssumesTheFileAndItsOptions() {
        ResourceSpec spec = new ResourceSpec(
                "r0",
                SPEC.volumes(),
                List.of(),
                null,
                7789,
                "C",
                true,
                "net { verify-alg sha1; after-sb-0pri disconnect; }");
        DrbdCreateResource create = new DrbdCreateResource(spec, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);
        NodeFacts simulated = assumed(create, fresh(SV1));
        assertThat(simulated.get(RunningOptions.probe("r0")).verifyAlgorithm()).isEqualTo("sha1");
        FileFact file = simulated.get(SystemProbes.file("/etc/drbd.d/r0.res"));
        assertThat(file.text())
                .isEqualTo(ResourceText.write(spec.on(BOTH), DrbdGeneration.V84)
                        .continuing()
                        .text());
        assertThat(file.mode()).isEqualTo("600");
    }

    @Test
    void dryRunAssumesTheDevicesOfTheResource() {
        NodeFacts simulated = assumed(CREATE, fresh(SV1).with(DrbdDevices.PROBE, DrbdDevices.NONE));

        DrbdDevices devices = simulated.get(DrbdDevices.PROBE);
        assertThat(devices.of("/dev/drbd0", -1).orElseThrow().dualPrimary()).isTrue();
        assertThat(devices.below("/dev/sys/drbd0_meta", "")).hasValue("r0");
        NodeFacts removed = assumed(new DrbdRemoveResource("r0", false), simulated);
        assertThat(removed.get(DrbdDevices.PROBE)).isEqualTo(DrbdDevices.NONE);
    }

    @Test
    void createsMetadataWithTheNewFileBeforeItIsInPlace() throws Exception {
        Change.Command made = (Change.Command)
                CREATE.plan(cluster(fresh(SV1), fresh(SV2))).changes().get(0);
        assertThat(made.command()).isEqualTo("drbdadm create-md r0/0");
        assertThat(made.toRun())
                .contains("/drbd$g.conf", "has been mounted since the check")
                .endsWith("\ndrbd create-md r0/0");

        NodeFacts inPlace = fresh(SV1)
                .with(SystemProbes.file("/etc/drbd.d/r0.res"), new FileFact(true, TEXT, "600"))
                .with(DrbdProbes.configured("r0"), configured(true, null));
        Change.Command after = (Change.Command)
                CREATE.plan(cluster(inPlace, fresh(SV2))).changes().get(0);
        assertThat(after.toRun()).endsWith("\ndrbdadm create-md r0/0").doesNotContain("/drbd$g.conf");
    }

    @Test
    void refusesAFileThatDrbdConfDoesNotInclude() {
        NodeFacts notIncluded = fresh(SV1).with(candidate(), ConfiguredResource.NONE);
        assertThat(refusal(CREATE, notIncluded, fresh(SV2)))
                .contains("sv1: /etc/drbd.conf does not include /etc/drbd.d/r0.res")
                .contains("include \"drbd.d/*.res\";");
    }
}
