package io.jenkins.plugins.drbdocfs2.operation.guard;

import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.read;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.PRIMARY;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.SECONDARY;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.drbd.BackingDisks;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes;
import io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResize;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdStatus;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.storage.DeviceSize;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports disks below a running resource that have shrunk or have been replaced, before anything else. */
class BackingDiskCheckTest {
    private static final DrbdResize RESIZE = new DrbdResize("r0");
    private static final long MIB = 1L << 20;

    /** The node with these lines of the probe of backing disks. */
    private static NodeFacts node(NodeFacts node, String... lines) {
        return node.with(BackingDisks.PROBE, read(BackingDisks.PROBE, String.join("\n", lines) + "\n"));
    }

    private static NodeFacts up(String... lines) {
        return node(
                ResourceInUseNodes.free(SV1, PRIMARY)
                        .with(RunningOptions.probe("r0"), RunningOptions.NONE)
                        .with(DeviceSize.probe("/dev/sys/drbd0"), new DeviceSize(1024 * MIB))
                        .with(DeviceSize.probe("/dev/sys/drbd0_meta"), new DeviceSize(128 * MIB)),
                lines);
    }

    private static NodeFacts peer() {
        return ResourceInUseNodes.free(SV2, SECONDARY)
                .with(RunningOptions.probe("r0"), RunningOptions.NONE)
                .with(DeviceSize.probe("/dev/sys/drbd0"), new DeviceSize(1024 * MIB))
                .with(DeviceSize.probe("/dev/sys/drbd0_meta"), new DeviceSize(128 * MIB));
    }

    private static String held(String number, long bytes, String path) {
        return "held 0 " + number + " " + bytes / 512 + " " + path;
    }

    private static final String DATA = "disk 0 253:0 /dev/sys/drbd0";
    private static final String META = "meta-disk 0 253:1 /dev/sys/drbd0_meta";
    private static final String META_HELD = held("253:1", 128 * MIB, "/dev/mapper/sys-drbd0_meta");

    @Test
    void refusesIfDrbdsetupReportsNoDisks() {
        NodeFacts silent =
                up().with(BackingDisks.PROBE, BackingDisks.PROBE.parser().apply(new Reading(1, "")));

        assertThat(refusal(RESIZE, silent, peer()))
                .contains("sv1: `drbdsetup show` does not report which disks 'r0' has");
    }

    @Test
    void refusesAShrunkDiskWithBothSizes() {
        String smaller = held("253:0", 400 * MIB, "/dev/mapper/sys-drbd0");

        assertThat(refusal(RESIZE, up(smaller, META_HELD, DATA, META), peer()))
                .contains("sv1: /dev/mapper/sys-drbd0, the disk of volume 0 of 'r0', has 419430400 bytes, but DRBD uses"
                        + " 1073741824 bytes of it: it has become smaller")
                .contains("lvextend");
    }

    @Test
    void countsInternalMetadataAfterTheData() throws StepFailure {
        assertThat(refusal(RESIZE, up(held("253:0", 1024 * MIB, "/dev/sdb"), DATA), peer()))
                .contains("has 1073741824 bytes, but DRBD uses 1073741824 bytes of it and its metadata behind them");
        assertThat(RESIZE.plan(cluster(up(held("253:0", 1025 * MIB, "/dev/sdb"), DATA), peer()))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void refusesAShrunkMetadataDisk() {
        String data = held("253:0", 1024 * MIB, "/dev/mapper/sys-drbd0");

        assertThat(refusal(RESIZE, up(data, held("253:1", 4096, "/dev/mapper/sys-m"), DATA, META), peer()))
                .contains("sv1: /dev/mapper/sys-m, which has the metadata of volume 0 of 'r0', has 4096 bytes");
    }

    @Test
    void refusesAPathToAnotherOrAMissingDevice() {
        String data = held("253:0", 1024 * MIB, "/dev/mapper/sys-d9");

        assertThat(refusal(RESIZE, up(data, META_HELD, "disk 0 253:7 /dev/sys/drbd0", META), peer()))
                .contains("sv1: DRBD was given /dev/sys/drbd0 as disk of volume 0 of 'r0', which now is another device"
                        + " (253:7); it still uses /dev/mapper/sys-d9")
                .contains("lvrename");
        assertThat(refusal(RESIZE, up(data, META_HELD, "disk 0 - /dev/sys/drbd0", META), peer()))
                .contains("which now does not exist; it still uses /dev/mapper/sys-d9");
        assertThat(refusal(RESIZE, up(data, META_HELD, DATA, "meta-disk 0 - /dev/sys/drbd0_meta"), peer()))
                .contains("DRBD was given /dev/sys/drbd0_meta as metadata disk of volume 0");
    }

    @Test
    void acceptsUnchangedAndUnknownDisks() throws StepFailure {
        NodeFacts whole = up(held("253:0", 1024 * MIB, "/dev/mapper/sys-drbd0"), META_HELD, DATA, META);

        assertThat(RESIZE.plan(cluster(whole, peer())).isEmpty()).isTrue();
        assertThat(RESIZE.plan(cluster(up(DATA, META), peer())).isEmpty()).isTrue();
        assertThat(RESIZE.plan(cluster(up("held 0 253:0 2 /dev/dm-0", "nonsense", "held x"), peer()))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void drbdCreateResourceRefusesAShrunkDisk() {
        DrbdCreateResource create =
                new DrbdCreateResource(NewResourceNodes.SPEC, new Overwrite(List.of()), false, PeerLossPolicy.CONTINUE);
        NodeFacts smaller = node(
                NewResourceNodes.done(SV1), held("253:0", 400 * MIB, "/dev/mapper/sys-drbd0"), META_HELD, DATA, META);

        assertThat(refusal(create, smaller, NewResourceNodes.done(SV2)))
                .contains("has 419430400 bytes, but DRBD uses 1073741824 bytes of it");
    }

    @Test
    void drbdStatusWarnsOfAShrunkDisk() throws StepFailure {
        NodeFacts smaller = up(held("253:0", 400 * MIB, "/dev/mapper/sys-drbd0"), META_HELD, DATA, META);

        assertThat(new DrbdStatus("r0").plan(cluster(smaller, peer())).notes())
                .anyMatch(note -> note.startsWith(
                        Plan.WARNING + "sv1: /dev/mapper/sys-drbd0, the disk of volume 0 of 'r0', has"));
        assertThat(new DrbdStatus(null)
                        .plan(cluster(smaller.with(DrbdDevices.PROBE, DrbdDevices.NONE)))
                        .notes())
                .anyMatch(note -> note.contains("it has become smaller"));
    }
}
