package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.node;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.state;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.candidate;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.done;
import static io.jenkins.plugins.drbdocfs2.operation.NewResourceNodes.fresh;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.recorded;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.answered;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.assertRefusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.onlyRefusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.status.Events2;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.StatusJson;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResolveSplitBrain;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.storage.LvmCreateVolume;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes.LvmFacts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Defects of other DRBD automation, one test per defect. */
class DefectsOfOtherAutomationTest {
    private static final DrbdCreateResource CREATE =
            new DrbdCreateResource(NewResourceNodes.SPEC, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE);
    private static final ConfiguredResource NEW = configured(true, GenerationIds.JUST_CREATED);
    private static final ResourceState BLANK =
            state("Secondary", "Inconsistent", "Connected", "Secondary", "Inconsistent");

    /** The scripts of all probes of drbdCreateResource. */
    private static String probeScripts() {
        return Stream.concat(
                        CREATE.probes(SV1, BOTH, new ClusterFacts(List.of())).probes().stream(), Stream.of(candidate()))
                .map(Probe::script)
                .collect(Collectors.joining("\n"));
    }

    @Test
    @DisplayName("D1: finds metadata without dump-md, which fails on every disk that was ever attached")
    void findsMetadataWithoutDumpMd() throws Exception {
        assertThat(probeScripts()).contains("get-gi").doesNotContain("dump-md");
        NodeFacts attachedOnce = recorded("primary-mounted", SV1, "r0");
        assertThat(DrbdFacts.configured(attachedOnce, "r0").metadata()).containsOnlyKeys(0);
    }

    @Test
    @DisplayName("D2, D7: a second run changes nothing, and never runs create-md on a disk in use")
    void secondRunChangesNothing() throws Exception {
        assertThat(CREATE.plan(cluster(done(SV1), done(SV2))).isEmpty()).isTrue();
        ResourceState primary = state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate");
        assertThat(new DrbdPromote("r0", "sv1", true)
                        .plan(cluster(node(SV1, NEW, primary), node(SV2, NEW, ResourceInUseNodes.SECONDARY)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    @DisplayName("D3, D9: never pipes answers to a tool; uses --force only if the parameters name what is lost")
    void neverPipesAnswersToTools() throws Exception {
        Plan plan = CREATE.plan(cluster(fresh(SV1), fresh(SV2)));
        assertThat(planned(plan, SV1))
                .contains("drbdadm create-md r0/0")
                .noneMatch(command -> command.contains("--force"));
        assertThat(plan.changes())
                .filteredOn(Change.Command.class::isInstance)
                .extracting(change -> ((Change.Command) change).toRun())
                .noneMatch(script -> script.matches("(?s).*(yes|echo)[^\n;]*\\| *drbd.*"));
    }

    @Test
    @DisplayName(
            "D4: starts the first synchronisation with --force, since DRBD 9 silently ignores --overwrite-data-of-peer")
    void startsTheFirstSynchronisationWithForce() throws Exception {
        Plan plan = new DrbdPromote("r0", "sv1", true).plan(cluster(node(SV1, NEW, BLANK), node(SV2, NEW, BLANK)));
        assertThat(planned(plan, SV1)).containsExactly("drbdadm primary --force r0");
    }

    @Test
    @DisplayName("D5: probes write neither metadata nor data")
    void probesWriteNothing() {
        assertThat(probeScripts())
                .doesNotContain("create-md", "wipefs -a", "mkfs", "of=\"$d\"")
                .contains("wipefs -n");
    }

    @Test
    @DisplayName("D6: recognises the metadata of every generation")
    void recognisesMetadataOfEveryGeneration() {
        String v08 = "gi 0 1A2B3C4D5E6F7080:0000000000000000:0000000000000000:0000000000000000:1:1:0:0:0:0:0\n";
        String v09 =
                "gi 0 1A2B3C4D5E6F7080:0000000000000000:0000000000000000:0000000000000000:1:1:0:0:0:0:0:0:0:0:0:0\n";
        for (String text : List.of(v08, v09)) {
            ConfiguredResource read = DrbdProbes.configured("r0").parser().apply(new Reading(0, text));
            assertThat(read.metadata().get(0).get(0).justCreated()).isFalse();
        }
    }

    @Test
    @DisplayName("D8: refuses a second resource with the port of the first")
    void refusesASecondResourceOnTheSamePort() {
        ConfiguredResource clash =
                new ConfiguredResource(null, "conflicting use of IP '10.77.0.1:7789' ...", false, List.of(), Map.of());
        assertRefusal(
                onlyRefusal(CREATE, fresh(SV1).with(candidate(), clash), fresh(SV2)),
                "sv1",
                "conflicting use of IP '10.77.0.1:7789'",
                "drbdadm refuses every command",
                "Correct the step's parameters: port must be one that no other resource has");
    }

    @Test
    @DisplayName("D10: resolves a split brain without a forced promotion")
    void resolvesASplitBrainWithoutForce() throws Exception {
        Plan plan = new DrbdResolveSplitBrain("r0", "sv2")
                .plan(cluster(recorded("split", SV1, "r0"), recorded("split", SV2, "r0")));
        assertThat(plan.changes()).isNotEmpty().noneMatch(change -> change.summary()
                .contains("--force"));
    }

    @Test
    @DisplayName("D11: does not take metadata for missing because a marker file is missing")
    void findsMetadataWithoutMarkerFiles() throws Exception {
        NodeFacts withoutFile = fresh(SV1).with(candidate(), configured(true, SYNCED));
        assertRefusal(
                onlyRefusal(CREATE, withoutFile, fresh(SV2)),
                "sv1",
                "has DRBD metadata ABCD000012340000",
                "invalidate all data",
                "keepMetadata: true");
        DrbdCreateResource keep =
                new DrbdCreateResource(NewResourceNodes.SPEC, Overwrite.NOTHING, true, PeerLossPolicy.CONTINUE);
        assertThat(planned(keep.plan(cluster(withoutFile, fresh(SV2))), SV1))
                .containsExactly("write /etc/drbd.d/r0.res", "drbdadm up r0", "wait for 'r0' to be connected");
    }

    @Test
    @DisplayName("D12: wipes a disk for a volume group only if a parameter names its content")
    void wipesADiskOfAVolumeGroupOnlyIfItsContentIsNamed() throws Exception {
        NodeFacts sv1 = disk(SV1, Map.of("TYPE", "xfs", "LABEL", "www", "UUID", "6c1d"));

        assertRefusal(
                onlyRefusal(volume(""), sv1),
                "sv1",
                "/dev/sdb holds xfs 'www' 6c1d",
                "It would be lost",
                "set overwrite to exactly: xfs 'www' 6c1d");
        assertThat(planned(volume("xfs 'www' 6c1d").plan(cluster(sv1)), SV1))
                .startsWith("wipefs -a /dev/sdb", "vgcreate --physicalextentsize 4M sys /dev/sdb");
    }

    private static LvmCreateVolume volume(String overwrite) {
        return new LvmCreateVolume("sys", "drbd0", "1G", List.of("/dev/sdb"), Overwrite.parse(overwrite), false);
    }

    private static NodeFacts disk(Node node, Map<String, String> blkid) {
        return answered(node)
                .with(StorageProbes.LVM, new LvmFacts(true, List.of(), List.of(), List.of()))
                .with(StorageProbes.MOUNTS, new MountInfo(List.of()))
                .with(BlockDevice.probe("/dev/sys"), BlockDevice.absent("/dev/sys"))
                .with(
                        BlockDevice.probe("/dev/sdb"),
                        BlockDevice.blank("/dev/sdb", 4L << 30).holding(blkid));
    }

    @Test
    @DisplayName("D13: reads a status with unknown words, and refuses a truncated one")
    void readsUnknownWordsAndRefusesTruncatedStatus() {
        String events = "exists resource name:r0 role:Primary suspended:no brand-new:7\n"
                + "exists weather name:r0 sky:blue\nexists -\n";
        assertThat(Events2.parse(events).resource("r0").isPrimary()).isTrue();
        assertThatThrownBy(() -> Events2.parse("exists resource name:r0 role:Primary\n"))
                .hasMessageContaining("cut off");
        assertThat(StatusJson.parse("[{\"name\":\"r0\",\"role\":\"Primary\",\"x\":{\"y\":nan}}]")
                        .resource("r0")
                        .isPrimary())
                .isTrue();
    }
}
