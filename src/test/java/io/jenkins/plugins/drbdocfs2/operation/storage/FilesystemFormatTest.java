package io.jenkins.plugins.drbdocfs2.operation.storage;

import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.DRBD0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.UUID;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.drbd0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.fresh;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.ocfs2;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.usedByUnknown;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.volume;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assumed;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.UnfinishedFilesystem;
import io.jenkins.plugins.drbdocfs2.storage.XfsRules;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FilesystemFormatTest {
    private static final FilesystemFormat XFS = format("xfs", "www", null);
    private static final Map<String, String> CONTENT =
            Map.of("TYPE", "xfs", "USAGE", "filesystem", "LABEL", "www", "UUID", "6c1d4a34");

    private static FilesystemFormat format(String type, String label, String overwrite) {
        return new FilesystemFormat(DRBD0, type, label, Overwrite.parse(overwrite));
    }

    private static NodeFacts primary() {
        return tools(Ocfs2Nodes.with(fresh(SV1), "Primary", "UpToDate", "Secondary", false));
    }

    private static NodeFacts secondary() {
        return tools(Ocfs2Nodes.with(fresh(SV2), "Secondary", "UpToDate", "Primary", false))
                .with(BlockDevice.probe(DRBD0), drbd0(false, Map.of()));
    }

    private static NodeFacts tools(NodeFacts node) {
        return node.with(SystemProbes.tools("mkfs.xfs"), Set.of("mkfs.xfs"))
                .with(SystemProbes.tools("mkfs.ext4"), Set.of("mkfs.ext4"));
    }

    @Test
    void formatsOnThePrimaryOnly() throws StepFailure {
        assertThat(planned(XFS.plan(cluster(primary(), secondary())), SV1))
                .containsExactly("mkfs.xfs -q -L www /dev/drbd0");
        assertThat(planned(XFS.plan(cluster(primary(), secondary())), SV2)).isEmpty();
        assertThat(planned(format("ext4", null, null).plan(cluster(primary(), secondary())), SV1))
                .containsExactly("mkfs.ext4 -q /dev/drbd0");
    }

    @Test
    void refusesAnXfsTooSmallForItsMkfs() throws Exception {
        NodeFacts before = primary().with(BlockDevice.probe(DRBD0), BlockDevice.blank(DRBD0, (300L << 20) - 4096));
        assertThat(XFS.probes(SV1, BOTH, cluster(before)).probes()).containsExactly(XfsRules.probe());
        assertThat(refusal(XFS, mkfs(before, "5.19.0"), secondary()))
                .contains("sv1: /dev/drbd0 has 314568704 bytes, and mkfs.xfs 5.19.0 makes no filesystem of less than"
                        + " 314572800")
                .contains("Take a larger device", "type: 'ext4'");
        for (String version : new String[] {"5.18.0", "4.5.0", "unknown"}) {
            assertThat(planned(XFS.plan(cluster(mkfs(before, version), secondary())), SV1))
                    .hasSize(1);
        }
        assertThat(planned(format("ext4", null, null).plan(cluster(before, secondary())), SV1))
                .hasSize(1);
    }

    @Test
    void acceptsAnExistingSmallXfs() throws Exception {
        NodeFacts made = primary()
                .with(
                        BlockDevice.probe(DRBD0),
                        BlockDevice.blank(DRBD0, 128L << 20).holding(CONTENT));
        assertThat(XFS.plan(cluster(mkfs(made, "6.1.0"), secondary())).isEmpty())
                .isTrue();
    }

    private static NodeFacts mkfs(NodeFacts node, String version) {
        return node.with(
                XfsRules.probe(),
                XfsRules.probe().parser().apply(new Reading(0, "mkfs.xfs version " + version + "\n")));
    }

    @Test
    void plansNothingAfterADryRunOfAPromotionAndSaysSo() throws StepFailure {
        NodeFacts before = tools(Ocfs2Nodes.with(fresh(SV1), "Secondary", "UpToDate", "Secondary", false))
                .with(BlockDevice.probe(DRBD0), drbd0(false, Map.of()));
        NodeFacts simulated = assumed(new DrbdPromote("r0", "sv1", false), before);

        Plan plan = XFS.plan(cluster(simulated, secondary()));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes())
                .containsExactly(
                        "sv1: what /dev/drbd0 holds can be read only when its resource is Primary there, so this"
                                + " dry run cannot tell whether it would be formatted. Nothing that it holds would be "
                                + "overwritten"
                                + " unless overwrite names it");
        assertThat(assumed(XFS, simulated).get(BlockDevice.probe(DRBD0)).content())
                .startsWith("xfs 'www'");
        assertThat(refusal(XFS, before, secondary())).contains("Secondary with its disk UpToDate there");
    }

    @Test
    void doesNothingForTheSameFilesystem() throws StepFailure {
        NodeFacts sv1 = primary().with(BlockDevice.probe(DRBD0), drbd0(true, CONTENT));

        assertThat(XFS.plan(cluster(sv1, secondary())).isEmpty()).isTrue();
        assertThat(format("xfs", null, null).plan(cluster(sv1, secondary())).isEmpty())
                .isTrue();
    }

    @Test
    void recreatesAnUnfinishedFilesystem() throws StepFailure {
        NodeFacts sv1 = primary()
                .with(BlockDevice.probe(DRBD0), drbd0(true, CONTENT))
                .with(UnfinishedFilesystem.probe(DRBD0), true);

        Plan plan = XFS.plan(cluster(sv1, secondary()));

        assertThat(planned(plan, SV1)).containsExactly("mkfs.xfs -q -f -L www /dev/drbd0");
        assertThat(plan.notes()).anyMatch(note -> note.contains("xfs 'www' 6c1d4a34, whose creation was interrupted"));
    }

    @Test
    void refusesOtherContentUnlessOverwriteNamesIt() throws StepFailure {
        NodeFacts sv1 = primary()
                .with(BlockDevice.probe(DRBD0), drbd0(true, ocfs2("data")))
                .with(Ocfs2Probes.volume(DRBD0), Optional.of(volume("data", 2, "tclust")));

        assertThat(refusal(XFS, sv1, secondary())).contains("holds ocfs2 'data' " + UUID, "It would be lost");
        assertThat(planned(format("xfs", "www", "ocfs2 'data' " + UUID).plan(cluster(sv1, secondary())), SV1))
                .containsExactly("mkfs.xfs -q -f -L www /dev/drbd0");
    }

    @Test
    void refusesAnOcfs2FilesystemWithUnknownMounts() {
        NodeFacts sv1 = primary().with(BlockDevice.probe(DRBD0), drbd0(true, ocfs2("data")));
        FilesystemFormat overwriting = format("xfs", "www", "ocfs2 'data' " + UUID);

        assertThat(refusal(overwriting, sv1, secondary()))
                .contains("`debugfs.ocfs2 -R slotmap` does not report who has it mounted");
        assertThat(refusal(overwriting, sv1.with(Ocfs2Probes.volume(DRBD0), usedByUnknown()), secondary()))
                .contains("does not report");
    }

    @Test
    void refusesADualPrimaryResource() {
        assertThat(refusal(XFS, tools(fresh(SV1)), tools(fresh(SV2))))
                .contains("'r0' allows two Primaries", "is destroyed", "ocfs2Format");
    }

    @Test
    void refusesTwoPrimariesWhateverTheConfiguration() {
        NodeFacts sv1 = tools(Ocfs2Nodes.with(fresh(SV1), "Primary", "UpToDate", "Primary", false));

        assertThat(refusal(XFS, sv1, secondary())).contains("allows two Primaries");
    }

    @Test
    void refusesWithoutAPrimary() {
        assertThat(refusal(XFS, secondary())).contains("sv2: 'r0'", "Secondary", "drbdPromote");
    }

    @Test
    void refusesMissingTools() {
        assertThat(refusal(XFS, primary().with(SystemProbes.tools("mkfs.xfs"), Set.of()), secondary()))
                .contains("no program mkfs.xfs", "xfsprogs");
    }

    @Test
    void refusesInvalidParameters() {
        assertThatThrownBy(() -> format("ntfs", null, null).check(BOTH)).hasMessageContaining("type must");
        assertThatThrownBy(() -> format("xfs", "thirteenchars", null).check(BOTH))
                .hasMessageContaining("12 bytes");
        assertThatThrownBy(() -> format("ext4", "-n", null).check(BOTH)).hasMessageContaining("label must");
        assertThatThrownBy(() -> format("ext4", "a b", null).check(BOTH)).hasMessageContaining("label must");
        assertThatThrownBy(() -> new FilesystemFormat("/dev/../etc", "xfs", null, Overwrite.NOTHING).check(BOTH))
                .hasMessageContaining("device must");
    }

    @Test
    void dryRunAssumesTheFilesystem() {
        assertThat(assumed(XFS, primary()).get(BlockDevice.probe(DRBD0)).blkid().type())
                .isEqualTo("xfs");
    }
}
