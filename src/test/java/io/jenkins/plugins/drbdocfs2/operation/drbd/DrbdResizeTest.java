package io.jenkins.plugins.drbdocfs2.operation.drbd;

import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.IDLE;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.PRIMARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.SECONDARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.recorded;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.outcome;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataSize;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Role;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.operation.DrbdNodes;
import io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.ResizeWatch;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrbdResizeTest {
    private static final DrbdResize RESIZE = new DrbdResize("r0");
    private static final long GIB = 1L << 30;
    private static final String DISK = "/dev/sys/drbd0";
    private static final String META = "/dev/sys/drbd0_meta";

    /** r0 of 1 GiB with external metadata; its disk now has this size. */
    private static NodeFacts node(Node node, ResourceState state, long disk) {
        return ResourceInUseNodes.free(node, state)
                .with(RunningOptions.probe("r0"), RunningOptions.NONE)
                .with(DeviceSize.probe(DISK), new DeviceSize(disk))
                .with(DeviceSize.probe(META), new DeviceSize(128L << 20));
    }

    /** The recorded r0 of 131032 KiB with internal metadata on a disk of 128 MiB; its disk now has this size. */
    private static NodeFacts internal(Node node, long disk) {
        return recorded("primary-mounted", node, "r0").with(DeviceSize.probe("/dev/vg0/int"), new DeviceSize(disk));
    }

    @Test
    void resizesOnThePrimaryIfTheDisksGrewOnAllNodes() throws Exception {
        Plan plan = RESIZE.plan(cluster(node(SV1, SECONDARY, 2 * GIB), node(SV2, PRIMARY, 2 * GIB)));
        assertThat(planned(plan, SV2))
                .containsExactly("drbdadm resize r0/0", "wait for 'r0' to be grown and synchronised");
        assertThat(planned(plan, SV1)).containsExactly("wait for 'r0' to be grown and synchronised");
        assertThat(plan.notes())
                .singleElement()
                .asString()
                .contains("1073741824")
                .contains("2147483648");
    }

    @Test
    void doesNothingIfThereIsNoFreeSpace() throws Exception {
        assertThat(RESIZE.plan(cluster(node(SV1, PRIMARY, GIB), node(SV2, SECONDARY, GIB)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void refusesADrbdThatReportsNoSizes() {
        DrbdVersion old = new DrbdVersion("8.3.13", "8.3.13", 88);
        NodeFacts sv1 = node(SV1, PRIMARY, 2 * GIB).with(DrbdProbes.VERSION, Optional.of(old));
        assertThat(refusal(RESIZE, sv1, node(SV2, SECONDARY, 2 * GIB)))
                .contains("sv1: DRBD 8.3.13 does not report the sizes of its devices, so the space that 'r0' could"
                        + " use is unknown")
                .contains("`drbdadm resize r0` on the Primary by hand");
    }

    @Test
    void subtractsInternalMetadata() throws Exception {
        assertThat(RESIZE.plan(cluster(internal(SV1, 128L << 20), internal(SV2, 128L << 20)))
                        .isEmpty())
                .isTrue();
        Plan plan = RESIZE.plan(cluster(internal(SV1, 160L << 20), internal(SV2, 192L << 20)));
        assertThat(planned(plan, SV1)).contains("drbdadm resize r0/0");
        assertThat(plan.notes())
                .singleElement()
                .asString()
                .contains(String.valueOf(MetadataSize.dataBytes(160L << 20, 1)));
    }

    @Test
    void refusesADiskThatGrewOnOnlyOneNode() {
        assertThat(refusal(RESIZE, node(SV1, PRIMARY, 2 * GIB), node(SV2, SECONDARY, GIB)))
                .contains("sv2: /dev/sys/drbd0 has 1073741824 bytes")
                .contains("it grew only on sv1")
                .contains("lvextend -L SIZE /dev/sys/drbd0");
    }

    @Test
    void refusesExternalMetadataThatAreTooSmall() {
        NodeFacts small = node(SV2, SECONDARY, 2 * GIB).with(DeviceSize.probe(META), new DeviceSize(70 * 1024));
        assertThat(refusal(RESIZE, node(SV1, PRIMARY, 2 * GIB), small))
                .contains("sv2: the metadata at /dev/sys/drbd0_meta have room for 71680 bytes")
                .contains("now needs " + MetadataSize.bytes(2 * GIB, 1));
    }

    @Test
    void requiresAPrimaryOnDrbd8ButNotOnDrbd9() throws Exception {
        assertThat(refusal(RESIZE, node(SV1, IDLE, 2 * GIB), node(SV2, IDLE, 2 * GIB)))
                .contains("'r0' is Primary on no node, and DRBD 8 resizes only from a Primary");
        Optional<DrbdVersion> nine = Optional.of(new DrbdVersion("9.22.0", "9.2.8", 2));
        Plan plan = RESIZE.plan(cluster(
                node(SV1, IDLE, 2 * GIB).with(DrbdProbes.VERSION, nine),
                node(SV2, IDLE, 2 * GIB).with(DrbdProbes.VERSION, nine)));
        assertThat(planned(plan, SV1)).contains("drbdadm resize r0/0");
    }

    @Test
    void subtractsMetadataForMorePeersOnDrbd9() throws Exception {
        long disk = 10 * GIB;
        ResourceState state = sized(MetadataSize.dataBytes(disk, 7) / 1024);
        Optional<DrbdVersion> nine = Optional.of(new DrbdVersion("9.22.0", "9.2.8", 2));
        NodeFacts sv1 = internal(SV1, disk).with(DrbdProbes.VERSION, nine).with(DrbdProbes.STATE, state(state));
        NodeFacts sv2 = internal(SV2, disk).with(DrbdProbes.VERSION, nine).with(DrbdProbes.STATE, state(state));
        assertThat(RESIZE.plan(cluster(sv1, sv2)).isEmpty()).isTrue();
    }

    @Test
    void requiresConnectedAndUpToDateNodes() {
        ResourceState alone = DrbdNodes.state("Primary", "UpToDate", "Connecting", "Unknown", "DUnknown");
        assertThat(refusal(RESIZE, node(SV1, alone, 2 * GIB), node(SV2, SECONDARY, 2 * GIB)))
                .contains("sv1: 'r0' is not connected and UpToDate on all nodes");
        ResourceState syncing = DrbdNodes.state("Secondary", "Inconsistent", "Connected", "Primary", "UpToDate");
        assertThat(refusal(RESIZE, node(SV1, PRIMARY, 2 * GIB), node(SV2, syncing, 2 * GIB)))
                .contains("sv2: 'r0' is not");
    }

    @Test
    void refusesAResourceWithAFixedSize() {
        NodeFacts limited =
                node(SV1, PRIMARY, 2 * GIB).with(RunningOptions.probe("r0"), new RunningOptions("", true, Set.of()));
        assertThat(refusal(RESIZE, limited, node(SV2, SECONDARY, 2 * GIB)))
                .contains("sv1")
                .contains("`size`");
    }

    @Test
    void refusesAMissingDiskOrADownResource() {
        assertThat(refusal(RESIZE, node(SV1, PRIMARY, 2 * GIB), node(SV2, SECONDARY, -1)))
                .contains("sv2: the size of volume 0 of 'r0' or of /dev/sys/drbd0 is not known");
        assertThat(refusal(RESIZE, node(SV1, PRIMARY, 2 * GIB), node(SV2, null, 2 * GIB)))
                .contains("sv2: resource 'r0' is not up");
    }

    @Test
    void resultHasBothSizes() {
        NodeFacts before = node(SV1, PRIMARY, GIB);
        NodeFacts after = before.with(DrbdProbes.STATE, state(sized(2 << 20)));
        assertThat(outcome(RESIZE, cluster(before), cluster(after)).whole())
                .containsEntry("volumes", Map.of("0", Map.of("oldBytes", GIB, "newBytes", 2 * GIB)));
        assertThat(outcome(RESIZE, cluster(before), cluster(before)).whole())
                .containsEntry("volumes", Map.of("0", Map.of("oldBytes", GIB, "newBytes", GIB)));
        assertThat(report(RESIZE, cluster(before))).containsEntry("volumes", Map.of("0", Map.of("oldBytes", GIB)));
    }

    @Test
    void probesDisksOnlyInTheSecondRound() {
        NodeFacts first = ResourceInUseNodes.free(SV1, PRIMARY).with(RunningOptions.probe("r0"), RunningOptions.NONE);
        List<Probe<?>> second = RESIZE.probes(SV1, BOTH, cluster(first)).probes();
        assertThat(second)
                .contains(
                        DeviceSize.probe(DISK),
                        DeviceSize.probe(META),
                        BlockDevice.probe(DISK),
                        BlockDevice.probe(META));
        NodeFacts probed = node(SV1, PRIMARY, GIB);
        for (Probe<?> probe : second) {
            probed = probed.has(probe) ? probed : probed.with(new Probe<>(probe.key(), "", reading -> ""), "asked");
        }
        assertThat(RESIZE.probes(SV1, BOTH, cluster(probed)).isEmpty()).isTrue();
    }

    @Test
    void failsIfMetadataIsNotFoundAfterwards() {
        ConfiguredResource lost = DrbdNodes.configured(false, null);
        NodeFacts after = node(SV1, PRIMARY, GIB).with(DrbdProbes.configured("r0"), lost);
        assertThatThrownBy(() -> RESIZE.confirm(cluster(after, node(SV2, SECONDARY, GIB))))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("on sv1")
                .hasMessageContaining("Do not reboot");
    }

    @Test
    void refusesAnInvalidName() {
        assertThatThrownBy(() -> new DrbdResize("r0/0").check(BOTH)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void followsARecordedResizeToItsEndOnBothSides() throws Exception {
        assertThat(follow("life84/resize-stream-sv1.txt")).isTrue();
        assertThat(follow("life84/resize-stream-sv2.txt")).isTrue();
    }

    @Test
    void doesNotEndBetweenResizeAndSynchronisation() throws Exception {
        ResizeWatch watch = watch(1048576);
        List<String> dump = dump(2097152, "Established", "UpToDate");
        assertThat(last(watch, dump)).isFalse();
        assertThat(last(watch, dump(2097152, "SyncSource", "Inconsistent"))).isFalse();
        assertThat(last(watch, dump)).isFalse();
        assertThat(last(watch, dump)).isTrue();
    }

    @Test
    void doesNotEndWithoutANewSize() throws Exception {
        ResizeWatch watch = watch(1048576);
        List<String> dump = dump(1048576, "Established", "UpToDate");
        last(watch, dump);
        assertThat(last(watch, dump)).isFalse();
        assertThat(watch.last()).contains("volume 0 with 1048576 KiB UpToDate");
    }

    private static boolean follow(String name) throws StepFailure {
        ResizeWatch watch = watch(163796);
        boolean done = false;
        for (String line : Recorded.text(name).lines().toList()) {
            done |= watch.line(line);
        }
        return done;
    }

    private static ResizeWatch watch(long above) {
        return new ResizeWatch("r0", "sv1", Map.of(0, above), Duration.ofMinutes(5), System::nanoTime, progress -> {});
    }

    private static boolean last(ResizeWatch watch, List<String> lines) throws StepFailure {
        boolean done = false;
        for (String line : lines) {
            done = watch.line(line);
        }
        return done;
    }

    private static List<String> dump(long kib, String replication, String disk) {
        return List.of(
                "exists resource name:r0 role:Primary suspended:no",
                "exists connection name:r0 peer-node-id:0 conn-name:peer connection:Connected role:Secondary",
                "exists device name:r0 volume:0 minor:0 disk:UpToDate size:" + kib,
                "exists peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:" + replication
                        + " peer-disk:" + disk + " resync-suspended:no out-of-sync:0",
                "exists -");
    }

    private static ResourceState sized(long kib) {
        return new ResourceState(
                "r0",
                Role.parse("Primary"),
                false,
                Map.of(0, new DeviceState(0, 0, DiskState.parse("UpToDate"), null, null, kib, null)),
                PRIMARY.connections());
    }

    private static Optional<DrbdState> state(ResourceState state) {
        return Optional.of(new DrbdState(Map.of("r0", state)));
    }
}
