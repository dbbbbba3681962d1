package io.jenkins.plugins.drbdocfs2.operation.storage;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.operation.SimulatedNodes;
import io.jenkins.plugins.drbdocfs2.storage.FilesystemSize;
import org.junit.jupiter.api.Test;

class FilesystemGrowTest {
    private static final FilesystemGrow GROW = new FilesystemGrow("/dev/drbd0");
    private static final String OCFS2 = "ocfs2\n=\n\tBlock Size Bits: 10   Cluster Size Bits: 12\n\tMax Node Slots: 2\n"
            + "\tLabel: Clusters: 5\n\tLinks: 0   Clusters: %d\n";
    private static final String XFS = "xfs\n=\nmeta-data=/dev/drbd0   isize=512    agcount=4, agsize=20480 blks\n"
            + "data     =                       bsize=4096   blocks=%d, imaxpct=25\n"
            + "log      =internal log           bsize=4096   blocks=16384, version=2\n";
    private static final String EXT4 = "ext4\n=\nReserved block count:     20480\nBlock count:              %d\n"
            + "First block:              1\nBlock size:               1024\nReserved GDT blocks:      256\n"
            + "Blocks per group:         8192\nInode blocks per group:   512\n";
    private static final long BLOCKS = 134217728 / 4096;

    private static SimulatedNodes nodes(String type, String size, String... roles) {
        SimulatedNodes nodes = SimulatedNodes.running(roles[1].equals("Primary"), roles)
                .with(
                        "device /dev/drbd0",
                        SimulatedNodes.device("/dev/drbd0", "147:0", "readable\n", "TYPE=" + type + "\n"))
                .with("filesystem size ", size);
        return type.equals("ocfs2")
                ? nodes.with(
                        "ocfs2 volume ",
                        Recorded.text("ocfs2/volume-mounted.txt").replaceAll("(?m)^\\s+\\d+\\s+\\d+\n", ""))
                : nodes;
    }

    private static SimulatedNodes mounted(SimulatedNodes nodes, String type) {
        return nodes.on(
                SV1,
                "mounts",
                SimulatedNodes.mount("98:0", "/dev/root", "ext4", "/")
                        + SimulatedNodes.mount("147:0", "/dev/drbd0", type, "/srv/data"));
    }

    private static void refused(SimulatedNodes nodes, String message) {
        assertThatThrownBy(() -> nodes.plan(GROW, BOTH))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void growsEachFilesystemWithItsTool() throws Exception {
        SimulatedNodes ocfs2 = nodes("ocfs2", OCFS2.formatted(BLOCKS - 1), "Primary", "Primary");
        assertThat(planned(ocfs2.plan(GROW, BOTH), SV1)).containsExactly("tunefs.ocfs2 -S /dev/drbd0");
        assertThat(planned(
                        mounted(nodes("xfs", XFS.formatted(9999), "Primary", "Secondary"), "xfs")
                                .plan(GROW, BOTH),
                        SV1))
                .containsExactly("xfs_growfs /srv/data");
        SimulatedNodes ext4 = nodes("ext4", EXT4.formatted(9999), "Secondary", "Primary");
        assertThat(planned(ext4.plan(GROW, BOTH), SV2))
                .containsExactly("e2fsck -f -p /dev/drbd0 || [ $? = 1 ] && resize2fs /dev/drbd0");
        assertThat(planned(
                        mounted(nodes("ext4", EXT4.formatted(9999), "Primary", "Secondary"), "ext4")
                                .plan(GROW, BOTH),
                        SV1))
                .containsExactly("resize2fs /dev/drbd0");
    }

    @Test
    void changesNothingIfItIsAsLargeAsItsDevice() throws Exception {
        for (SimulatedNodes full : new SimulatedNodes[] {
            nodes("ocfs2", OCFS2.formatted(BLOCKS), "Primary", "Primary"),
            nodes("xfs", XFS.formatted(BLOCKS - 63), "Primary", "Secondary"),
            nodes("ext4", EXT4.formatted(BLOCKS * 4 - 3), "Primary", "Secondary"),
            nodes("ext4", EXT4.formatted(15 * 8192 + 1), "Primary", "Secondary")
                    .change(
                            "device /dev/drbd0",
                            text -> text.replace("134217728", String.valueOf((15 * 8192 + 700) * 1024)))
        }) {
            assertThat(full.plan(GROW, BOTH).isEmpty()).isTrue();
        }
    }

    @Test
    void refusesWhatItsToolCannotGrow() {
        refused(nodes("xfs", XFS.formatted(99), "Primary", "Secondary"), "the XFS on /dev/drbd0 is not mounted");
        refused(nodes("btrfs", "btrfs\n=\n", "Primary", "Secondary"), "/dev/drbd0 holds btrfs");
        refused(nodes("xfs", "xfs\n=\n", "Primary", "Secondary"), "the size of the xfs on /dev/drbd0 cannot be read");
        refused(nodes("ext4", EXT4.formatted(99), "Secondary", "Secondary"), "is Secondary");
    }

    @Test
    void refusesAnOcfs2ThatOnlyOtherNodesHaveMounted() {
        refused(
                nodes("ocfs2", OCFS2.formatted(9), "Primary", "Primary")
                        .with("ocfs2 volume ", Recorded.text("ocfs2/volume-mounted.txt")), // no names without a cluster
                "says that it is mounted by");
    }

    @Test
    void aFilesystemOfUnknownSizeIsTold() {
        assertThat(FilesystemSize.probe("/dev/x")
                        .parser()
                        .apply(new Reading(1, "xfs\n=\n"))
                        .known())
                .isFalse();
    }
}
