package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.DRBD0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.UUID;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.clustered;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.drbd0;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.formatted;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.fresh;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.mounted;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.ocfs2;
import static io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes.usedBy;
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

import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.Ocfs2Nodes;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.UnfinishedFilesystem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Ocfs2FormatTest {
    private static final Map<String, String> EXT4 =
            Map.of("TYPE", "ext4", "USAGE", "filesystem", "LABEL", "www", "UUID", "6c1d4a34");
    private static final String OURS = "ocfs2 'data' " + UUID;

    private static Ocfs2Format labelled(String label, String overwrite) {
        return new Ocfs2Format(DRBD0, label, null, null, null, null, null, null, null, Overwrite.parse(overwrite));
    }

    private static Ocfs2Format sized(Integer slots, String block, String ofCluster, String journal) {
        return new Ocfs2Format(DRBD0, null, slots, block, ofCluster, journal, null, null, null, Overwrite.NOTHING);
    }

    private static Ocfs2Format featured(String type, String features) {
        return new Ocfs2Format(DRBD0, null, null, null, null, null, type, features, null, Overwrite.NOTHING);
    }

    @Test
    void runsMkfsWithAllOptionsOnOneNodeOnly() throws StepFailure {
        Ocfs2Format operation = new Ocfs2Format(
                DRBD0, "ocfs2_fs", 2, null, "8K", "32M", "mail", "max-features", "tclust", Overwrite.NOTHING);

        Plan plan = operation.plan(cluster(clustered(SV1), clustered(SV2)));

        assertThat(planned(plan, SV1))
                .containsExactly("mkfs.ocfs2 --cluster-size 8K -J size=32M -T mail --node-slots 2 --label ocfs2_fs"
                        + " --mount cluster --fs-feature-level=max-features --cluster-stack=o2cb --cluster-name=tclust"
                        + " /dev/drbd0");
        assertThat(planned(plan, SV2)).isEmpty();
        assertThat(plan.notes()).isEmpty();
    }

    @Test
    void checksTheDeviceAgainInTheSameScript() throws StepFailure {
        Command command = (Command) labelled(null, null)
                .plan(cluster(clustered(SV1), clustered(SV2)))
                .changes()
                .get(0);

        assertThat(command.toRun())
                .contains("blkid -c /dev/null -p -s", "exit 75", "mountinfo")
                .contains(
                        "same_device /dev/drbd0 147:0\n",
                        "same_use /dev/drbd0 1\n",
                        "same_content /dev/drbd0 10737418240 '' '' '' ''\n");
        assertThat(command.toRun()).endsWith(command.command());
    }

    @Test
    void usesTheNumberOfNodesAndTheOnlineCluster() throws StepFailure {
        assertThat(planned(labelled(null, null).plan(cluster(clustered(SV1), clustered(SV2))), SV1))
                .containsExactly("mkfs.ocfs2 --node-slots 2 --mount cluster --cluster-stack=o2cb --cluster-name=tclust"
                        + " /dev/drbd0");
    }

    @Test
    void formatsOnTheUpToDatePrimary() throws StepFailure {
        NodeFacts secondary = Ocfs2Nodes.with(clustered(SV1), "Secondary", "UpToDate", "Primary", true);

        Plan plan = labelled(null, null).plan(cluster(secondary, clustered(SV2)));

        assertThat(planned(plan, SV1)).isEmpty();
        assertThat(planned(plan, SV2)).hasSize(1);
    }

    @Test
    void refusesWithoutAPrimary() {
        NodeFacts sv1 = Ocfs2Nodes.with(clustered(SV1), "Secondary", "UpToDate", "Secondary", true);
        NodeFacts sv2 = Ocfs2Nodes.with(clustered(SV2), "Primary", "Inconsistent", "Secondary", true);

        assertThat(refusal(labelled(null, null), sv1, sv2))
                .contains("sv1: 'r0'", "Secondary with its disk UpToDate", "sv2: 'r0'", "Inconsistent", "drbdPromote");
    }

    @Test
    void unfinishedOcfs2BelowAnotherFilesystemAllowsNothing() {
        NodeFacts sv1 = formatted(SV1)
                .with(UnfinishedFilesystem.probe(DRBD0), true)
                .with(BlockDevice.probe(DRBD0), drbd0(true, EXT4));

        assertThat(refusal(labelled("data", null), sv1, formatted(SV2))).contains("/dev/drbd0 holds ext4 'www'");
    }

    @Test
    void recreatesAnUnfinishedFilesystemWithoutAClusterCheck() throws StepFailure {
        NodeFacts sv1 = formatted(SV1).with(UnfinishedFilesystem.probe(DRBD0), true);

        Plan plan = labelled("data", null).plan(cluster(sv1, formatted(SV2)));

        assertThat(planned(plan, SV1))
                .containsExactly("mkfs.ocfs2 -x -F --node-slots 2 --label data --mount cluster --cluster-stack=o2cb"
                        + " --cluster-name=tclust /dev/drbd0");
        assertThat(plan.notes()).anyMatch(note -> note.contains(OURS + ", whose creation was interrupted"));
    }

    @Test
    void doesNothingIfTheFilesystemIsAsRequestedEvenIfMounted() throws StepFailure {
        assertThat(labelled("data", null)
                        .plan(cluster(mounted(SV1), mounted(SV2)))
                        .isEmpty())
                .isTrue();
        assertThat(labelled(null, null)
                        .plan(cluster(formatted(SV1), formatted(SV2)))
                        .isEmpty())
                .isTrue();
        assertThat(sized(1, "1K", "8K", null)
                        .plan(cluster(formatted(SV1), formatted(SV2)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void refusesADifferentFilesystemWithAllDifferences() {
        Ocfs2Format operation =
                new Ocfs2Format(DRBD0, "other", 3, "4K", "64K", null, null, null, null, Overwrite.NOTHING);

        assertThat(refusal(operation, formatted(SV1), formatted(SV2)))
                .contains(
                        "its label is 'data', not 'other'",
                        "it has 2 node slots, not 3",
                        "its block size is 1K, not 4K",
                        "its cluster size is 8K, not 64K",
                        "It would be lost",
                        "overwrite: \"" + OURS + "\"");
    }

    @Test
    void refusesAFilesystemOfAnotherCluster() {
        NodeFacts sv1 = formatted(SV1).with(Ocfs2Probes.volume(DRBD0), Optional.of(volume("data", 2, "old")));

        assertThat(refusal(labelled("data", null), sv1, formatted(SV2)))
                .contains("bound to the cluster 'old' (o2cb), not to 'tclust'");
    }

    private static Ocfs2Volume withStack(String stack) {
        Ocfs2Volume bound = volume("data", 2, "");
        return new Ocfs2Volume(
                bound.label(),
                bound.uuid(),
                bound.blockSize(),
                bound.clusterSize(),
                bound.slots(),
                stack,
                "",
                bound.journalBytes(),
                bound.slotMap());
    }

    @Test
    void keepsAFilesystemThatAnyClusterMountsUnlessOneIsNamed() throws StepFailure {
        NodeFacts sv1 = formatted(SV1).with(Ocfs2Probes.volume(DRBD0), Optional.of(withStack(Ocfs2Volume.CLASSIC)));
        assertThat(labelled("data", null).plan(cluster(sv1, formatted(SV2))).isEmpty())
                .isTrue();

        Ocfs2Format named =
                new Ocfs2Format(DRBD0, "data", 2, null, null, null, null, null, "tclust", Overwrite.NOTHING);
        assertThat(refusal(named, sv1, formatted(SV2))).contains("it is bound to no cluster, not to 'tclust'");
        NodeFacts local = sv1.with(Ocfs2Probes.volume(DRBD0), Optional.of(withStack(Ocfs2Volume.LOCAL)));
        assertThat(refusal(labelled("data", null), local, formatted(SV2))).contains("it is bound to no cluster");
    }

    @Test
    void refusesAnotherFilesystemUnlessOverwriteNamesIt() throws StepFailure {
        NodeFacts sv1 = clustered(SV1).with(BlockDevice.probe(DRBD0), drbd0(true, EXT4));

        assertThat(refusal(labelled(null, null), sv1, clustered(SV2)))
                .contains("sv1: /dev/drbd0 holds ext4 'www' 6c1d4a34", "It would be lost", "overwrite");
        assertThat(refusal(labelled(null, "ext4 'www' 9999"), sv1, clustered(SV2)))
                .contains("which is not what overwrite names");
        assertThat(refusal(labelled(null, "false"), sv1, clustered(SV2))).contains("It would be lost");
        Plan plan = labelled(null, "ext4 'www' 6c1d4a34").plan(cluster(sv1, clustered(SV2)));
        assertThat(planned(plan, SV1).get(0)).startsWith("mkfs.ocfs2 --node-slots");
    }

    @Test
    void checksTheClusterBeforeItReplacesOcfs2() throws StepFailure {
        Plan checked = labelled("new", OURS).plan(cluster(formatted(SV1), formatted(SV2)));
        NodeFacts offline = formatted(SV1).with(Ocfs2Probes.STATE, O2cbState.OFFLINE);
        Plan unchecked = labelled("new", OURS).plan(cluster(offline, formatted(SV2)));

        assertThat(planned(checked, SV1).get(0)).startsWith("mkfs.ocfs2 -x --node-slots");
        assertThat(planned(unchecked, SV1).get(0)).startsWith("mkfs.ocfs2 -x -F --node-slots");
    }

    @Test
    void ignoresAnOldSuperblockBelowAnotherFilesystem() {
        NodeFacts sv1 = formatted(SV1).with(BlockDevice.probe(DRBD0), drbd0(true, EXT4));

        assertThat(refusal(labelled("data", null), sv1, formatted(SV2))).contains("holds ext4 'www'");
    }

    @Test
    void refusesAMountOnAnyNodeWhateverOverwriteSays() {
        assertThat(refusal(labelled("new", OURS), formatted(SV1), mounted(SV2)))
                .contains("sv2: /dev/drbd0 is in use: mounted at /mnt/shared", "no parameter allows this")
                .doesNotContain("set overwrite");
    }

    @Test
    void refusesDisconnectedPrimaries() {
        assertThat(refusal(
                        labelled(null, null),
                        Ocfs2Nodes.disconnected(clustered(SV1)),
                        Ocfs2Nodes.disconnected(clustered(SV2))))
                .contains("sv1: 'r0' is Primary on sv1 and sv2, which are not connected (Connecting)");
    }

    @Test
    void refusesAMountByANodeOutsideOfTheStep() {
        NodeFacts sv1 = formatted(SV1).with(Ocfs2Probes.volume(DRBD0), usedBy(2));

        assertThat(refusal(labelled("new", OURS), sv1, formatted(SV2))).contains("mounted by node 2", "crashed");
    }

    @Test
    void refusesADiskBelowDrbdWhateverOverwriteSays() {
        NodeFacts sv1 = clustered(SV1)
                .with(
                        DrbdDevices.PROBE,
                        Ocfs2Nodes.devices("/dev/drbd9 minor 9", "/dev/drbd0", "net { allow-two-primaries; }"));

        assertThat(refusal(labelled(null, null), sv1, clustered(SV2)))
                .contains("sv1: /dev/drbd0 is a disk of the DRBD resource 'r0'", "no parameter allows this");
    }

    @Test
    void refusesADeviceWithHolders() {
        BlockDevice used = new BlockDevice(
                DRBD0,
                BlockDevice.Kind.BLOCK,
                DRBD0,
                "147:0",
                1L << 33,
                List.of("sys-lv"),
                true,
                true,
                drbd0(true, Map.of()).blkid(),
                List.of());

        assertThat(refusal(labelled(null, null), clustered(SV1).with(BlockDevice.probe(DRBD0), used), clustered(SV2)))
                .contains("in use: by sys-lv");
    }

    @Test
    void refusesIfDrbdCannotBeRead() {
        NodeFacts sv1 = clustered(SV1).with(DrbdDevices.PROBE, new DrbdDevices(false, List.of()));

        assertThat(refusal(labelled(null, null), sv1, clustered(SV2))).contains("cannot be read", "not known");
    }

    @Test
    void refusesAMissingDevice() {
        Ocfs2Format operation = labelled(null, null);
        NodeFacts none = clustered(SV1)
                .with(
                        io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes.STATE,
                        Optional.of(io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState.NONE))
                .with(DrbdDevices.PROBE, DrbdDevices.NONE)
                .with(BlockDevice.probe(DRBD0), BlockDevice.absent(DRBD0));

        assertThat(refusal(operation, none)).contains("sv1: there is no device /dev/drbd0");
    }

    @Test
    void refusesAnUnreadableClusterConf() {
        NodeFacts broken = fresh(SV1)
                .with(
                        SystemProbes.file(ClusterConf.PATH),
                        new SystemProbes.FileFact(true, "cluster:\n\n\tname = tclust\n", "644"));

        assertThat(refusal(labelled(null, null), broken, fresh(SV2)))
                .contains("sv1: /etc/ocfs2/cluster.conf cannot be read, and o2cb fails on it too: line 3")
                .doesNotContain("no cluster is configured");
    }

    @Test
    void refusesWithoutACluster() {
        assertThat(refusal(labelled(null, null), fresh(SV1), fresh(SV2)))
                .contains("no cluster is configured", "ocfs2ConfigureCluster");
        Ocfs2Format other =
                new Ocfs2Format(DRBD0, null, null, null, null, null, null, null, "other", Overwrite.NOTHING);
        assertThat(refusal(other, clustered(SV1), clustered(SV2))).contains("there is no cluster 'other'");
    }

    @Test
    void notesAResourceThatAllowsOnlyOnePrimary() throws StepFailure {
        NodeFacts sv1 = Ocfs2Nodes.with(clustered(SV1), "Primary", "UpToDate", "Secondary", false);
        NodeFacts sv2 = Ocfs2Nodes.with(clustered(SV2), "Secondary", "UpToDate", "Primary", false);

        assertThat(labelled(null, null).plan(cluster(sv1, sv2)).notes())
                .anyMatch(note -> note.contains("dualPrimary: true"));
    }

    @Test
    void refusesJournalsThatDoNotFit() {
        assertThat(refusal(sized(200, null, null, "256M"), clustered(SV1), clustered(SV2)))
                .contains("/dev/drbd0 has 10G, and 200 journals of 256M do not fit");
    }

    @Test
    void refusesInvalidParameters() {
        assertThatThrownBy(() -> sized(null, "3K", null, null).check(BOTH)).hasMessageContaining("blockSize must");
        assertThatThrownBy(() -> sized(null, null, "12K", null).check(BOTH)).hasMessageContaining("clusterSize must");
        assertThatThrownBy(() -> sized(null, null, null, "1M").check(BOTH)).hasMessageContaining("journalSize must");
        assertThatThrownBy(() -> sized(null, null, null, "-1").check(BOTH)).hasMessageContaining("journalSize must");
        assertThatThrownBy(() -> sized(256, null, null, null).check(BOTH)).hasMessageContaining("nodeSlots must");
        assertThatThrownBy(() -> labelled("x".repeat(64), null).check(BOTH)).hasMessageContaining("label must");
        assertThatThrownBy(() -> featured("database", null).check(BOTH)).hasMessageContaining("type must");
        assertThatThrownBy(() -> featured(null, "max").check(BOTH)).hasMessageContaining("features must");
        assertThatThrownBy(() -> featured(null, "sparse,local").check(BOTH)).hasMessageContaining("features must");
        featured("vmstore", "sparse,nometaecc").check(BOTH);
    }

    @Test
    void failsIfTheFilesystemIsNotAsRequestedAfterwards() throws StepFailure {
        labelled("data", null).confirm(cluster(formatted(SV1), formatted(SV2)));

        assertThatThrownBy(() -> sized(null, null, null, "64M").confirm(cluster(formatted(SV1), formatted(SV2))))
                .hasMessageContaining("its journal size is 32M, not 64M");
        assertThatThrownBy(() -> labelled(null, null).confirm(cluster(clustered(SV1), clustered(SV2))))
                .hasMessageContaining("there is no OCFS2 filesystem");
    }

    @Test
    void dryRunAssumesTheFilesystem() {
        NodeFacts simulated = assumed(labelled("data", null), clustered(SV1));

        assertThat(simulated.get(BlockDevice.probe(DRBD0)).blkid().type()).isEqualTo("ocfs2");
        assertThat(simulated.get(Ocfs2Probes.volume(DRBD0)))
                .hasValueSatisfying(made -> assertThat(made.cluster()).isEqualTo("tclust"));
    }

    @Test
    void reportsTheCreatedFilesystem() {
        assertThat(report(labelled(null, null), formatted(SV1)))
                .containsEntry("label", "data")
                .containsEntry("uuid", UUID)
                .containsEntry("nodeSlots", 2)
                .containsEntry("blockSize", 1024)
                .containsEntry("clusterSize", 8192)
                .containsEntry("journalSize", 32L << 20);
        assertThat(ocfs2("data")).containsEntry("TYPE", "ocfs2");
    }
}
