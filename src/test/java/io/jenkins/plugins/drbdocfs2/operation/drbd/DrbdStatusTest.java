package io.jenkins.plugins.drbdocfs2.operation.drbd;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.node;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.recorded;
import static io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes.unused;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.cluster;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.refusal;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Drbd9;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.operation.Drbd9Nodes;
import io.jenkins.plugins.drbdocfs2.operation.DrbdNodes;
import io.jenkins.plugins.drbdocfs2.operation.ResourceInUseNodes;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrbdStatusTest {
    private static final DrbdStatus ONE = new DrbdStatus("r0");
    private static final DrbdStatus ALL = new DrbdStatus(null);

    private static NodeFacts recordedNode(Node node) {
        return recorded("primary-mounted", node, "r0");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> first(Map<String, Object> report, String key) {
        return ((List<Map<String, Object>>) report.get(key)).get(0);
    }

    @Test
    void reportsARecordedNodeCompletelyAndPlansNothing() throws Exception {
        Map<String, Object> sv1 = report(ONE, recordedNode(SV1), cluster(recordedNode(SV1), recordedNode(SV2)));
        assertThat(sv1)
                .containsEntry("drbdModule", "8.4.11")
                .containsEntry("stateKnown", true)
                .containsEntry("up", true)
                .containsEntry("role", "Primary")
                .containsEntry("disk", "UpToDate")
                .containsEntry("connection", "Connected")
                .containsEntry("replication", "Established")
                .containsEntry("outOfSyncKib", 0L)
                .containsEntry("suspended", false)
                .containsEntry("mountedAt", List.of("/srv/w"))
                .doesNotContainKeys("quorum", "donePercent");
        assertThat(first(sv1, "volumes"))
                .containsEntry("number", 0)
                .containsEntry("device", "/dev/drbd0")
                .containsEntry("backingDevice", "/dev/vg0/int")
                .containsEntry("bytes", 131_032L * 1024)
                .containsEntry("mountedAt", List.of("/srv/w"))
                .containsEntry("type", "ext4");
        assertThat(first(sv1, "peers")).containsEntry("name", "sv2").containsEntry("role", "Secondary");
        assertThat(ONE.plan(cluster(recordedNode(SV1), recordedNode(SV2))).isEmpty())
                .isTrue();
    }

    @Test
    void warnsOfSuspendedIoOnItsNode() throws Exception {
        String state = "exists resource name:r0 role:Primary suspended:fencing\n"
                + "exists connection name:r0 peer-node-id:0 conn-name:peer connection:Connecting role:Unknown\n"
                + "exists device name:r0 volume:0 minor:0 disk:UpToDate size:131032\n"
                + "exists peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:Off"
                + " peer-disk:DUnknown resync-suspended:no\nexists -\n= events2 0\n";
        NodeFacts frozen = ResourceInUseNodes.read(recordedNode(SV1), DrbdProbes.STATE, state);
        Plan plan = ONE.plan(cluster(frozen, recordedNode(SV2)));
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notes())
                .singleElement()
                .asString()
                .startsWith("warning: sv1: I/O of 'r0' is suspended, so all reads and writes there hang")
                .contains(
                        "fence-peer",
                        "only if it is certainly off, run clusterConfirmNodeDown, or `drbdadm resume-io r0`");
    }

    @Test
    void doesNotSuggestResumeIoWithoutQuorum() throws Exception {
        ClusterFacts facts = Drbd9Nodes.cluster("three-quorum-lost-suspended");
        assertThat(new DrbdStatus("r3").plan(facts).notes())
                .filteredOn(note -> note.startsWith("warning: sv3: I/O of 'r3' is suspended"))
                .singleElement()
                .asString()
                .contains("Quorum is lost: bring the peers back", "`drbdadm secondary --force r3`")
                .contains("`drbdadm resume-io` resumes nothing without quorum, and begins a new generation")
                .doesNotContain("run `drbdadm resume-io", "fence-peer");
    }

    @Test
    void reportsQuorumProgressRateAndTimeLeftOfDrbd9() {
        ClusterFacts facts = Drbd9Nodes.cluster("syncing-midway");
        Map<String, Object> report = report(new DrbdStatus("mv"), facts.node("sv1"), facts);
        assertThat(report)
                .containsEntry("drbdModule", "9.2.18")
                .containsEntry("quorum", true)
                .containsEntry("donePercent", 7.25)
                .containsEntry("secondsLeft", 112L);
        assertThat(first(report, "volumes")).containsEntry("quorum", true).doesNotContainKey("open");
        assertThat(first(first(report, "peers"), "volumes"))
                .containsEntry("replication", "SyncSource")
                .containsEntry("paused", false)
                .containsEntry("secondsLeft", 112L);
    }

    @Test
    void reportsOpenIfDrbdReportsIt() {
        String open = Drbd9.state("syncing-midway", "sv1").replace(" client:no", " client:no open:yes");
        NodeFacts node = ResourceInUseNodes.read(Drbd9Nodes.node("syncing-midway", "sv1"), DrbdProbes.STATE, open);
        assertThat(first(report(new DrbdStatus("mv"), node), "volumes")).containsEntry("open", true);
    }

    @Test
    void reportsASplitBrainWithItsEvidence() {
        Map<String, Object> split = report(ONE, cluster(recorded("split", SV1, "r0"), recorded("split", SV2, "r0")));
        assertThat(split)
                .containsEntry("splitBrain", true)
                .containsEntry("splitBrainKnown", true)
                .containsEntry("splitBetween", List.of("sv1 and sv2"));
        assertThat(split.get("splitBrainBy").toString())
                .startsWith("the generation identifiers in the metadata: volume 0 of sv1 is split from that of sv2")
                .contains("FF415EC7CDFCB5CF:BE6D7C1D599360E5");
    }

    @Test
    void excludesASplitBrainOfConnectedNodesWithoutTheirMetadata() {
        NodeFacts unread =
                recordedNode(SV1).change(DrbdProbes.configured("r0"), configured -> configured.withMetadata(Map.of()));
        assertThat(report(ONE, cluster(unread)))
                .containsEntry("splitBrain", false)
                .containsEntry("splitBrainKnown", true)
                .doesNotContainKey("splitBetween")
                .hasEntrySatisfying("splitBrainBy", by -> assertThat(by.toString())
                        .startsWith("the connections: sv1 is connected to all peers"));
        assertThat(probes(ONE, cluster(unread))).isEmpty();
    }

    @Test
    void readsTheMetadataOfDisconnectedNodesOnce() {
        NodeFacts disconnected = disconnected(SV1);
        List<Probe<?>> probes = probes(ONE, cluster(disconnected, recordedNode(SV2)));
        assertThat(probes).hasSize(2).contains(DrbdProbes.configured("r0"));
        assertThat(probes.get(0).script()).contains("get-gi");
        NodeFacts answered = disconnected.with(probes.get(1), null);
        assertThat(probes(ONE, cluster(answered, recordedNode(SV2)))).isEmpty();
    }

    @Test
    void writesNoDumpWithSharedSecretsToAFile() {
        // bash writes a here-document to a temporary file
        for (Probe<?> probe : List.of(
                DrbdProbes.listed("r0"), DrbdProbes.configured("r0"), DrbdProbes.adjusted("r0"), DrbdDevices.PROBE)) {
            assertThat(probe.script()).contains("dump").doesNotContain("<<");
        }
    }

    private static List<Probe<?>> probes(DrbdStatus status, ClusterFacts known) {
        return status.probes(SV1, BOTH, known).probes();
    }

    private static NodeFacts disconnected(Node node) {
        return recorded("split-not-met", node, "r0");
    }

    @Test
    void splitBrainIsUnknownWithoutAllSides() {
        Map<String, Object> one = report(ONE, cluster(disconnected(SV1)));
        assertThat(one).containsEntry("splitBrain", false).containsEntry("splitBrainKnown", false);
        assertThat(one.get("splitBrainBy").toString()).endsWith("sv2 was not probed");
        NodeFacts unread =
                disconnected(SV2).change(DrbdProbes.configured("r0"), configured -> configured.withMetadata(Map.of()));
        assertThat(report(ONE, cluster(disconnected(SV1), unread))
                        .get("splitBrainBy")
                        .toString())
                .endsWith("the identifiers of volume 0 of sv1 or of sv2 cannot be read");
    }

    @Test
    void reportsAnUnknownStateWithAWarning() throws Exception {
        NodeFacts silent = recordedNode(SV2).with(DrbdProbes.STATE, Optional.empty());
        assertThat(report(ONE, silent, cluster(silent, recordedNode(SV1))))
                .containsEntry("stateKnown", false)
                .containsEntry("configured", true)
                .containsEntry("role", "Unknown")
                .containsEntry("disk", "Unknown")
                .containsEntry("connection", "Unknown")
                .doesNotContainKeys("up", "volumes");
        assertThat(ONE.plan(cluster(recordedNode(SV1), silent)).notes())
                .singleElement()
                .asString()
                .startsWith("warning: sv2: ")
                .contains("the state of DRBD is unknown");
        assertThat(report(ALL, silent.with(DrbdDevices.PROBE, DrbdDevices.NONE)))
                .containsEntry("stateKnown", false);
    }

    @Test
    void doesNotReportUnknownOutOfSyncAsZero() {
        NodeFacts untold = ResourceInUseNodes.read(
                recordedNode(SV1),
                DrbdProbes.STATE,
                "exists resource name:r0 role:Primary suspended:no\n"
                        + "exists connection name:r0 conn-name:peer connection:Connected role:Secondary\n"
                        + "exists device name:r0 volume:0 minor:0 disk:UpToDate\n"
                        + "exists peer-device name:r0 conn-name:peer volume:0 replication:Established"
                        + " peer-disk:UpToDate resync-suspended:no\nexists -\n");
        assertThat(report(ONE, untold)).doesNotContainKey("outOfSyncKib");
    }

    @Test
    void reportsAllResourcesOfAllNodesWithoutAName() throws Exception {
        NodeFacts sv1 = node(SV1, configured(false, SYNCED), ResourceInUseNodes.PRIMARY)
                .with(DrbdProbes.configured("r1"), ConfiguredResource.NONE);
        NodeFacts one = devices(unused(sv1));
        NodeFacts two = devices(unused(
                node(SV2, configured(false, SYNCED), null).with(DrbdProbes.configured("r1"), ConfiguredResource.NONE)));

        assertThat(probes(ALL, cluster(one, two))).hasSize(2).contains(DrbdProbes.configured("r0"));
        assertThat(report(ALL, one, cluster(one, two)).get("resources"))
                .asString()
                .contains("r0={configurationKnown=true, configured=true, stateKnown=true, up=true, role=Primary");
        assertThat(report(ALL, two, cluster(two, one)).get("resources"))
                .asString()
                .contains(
                        "r0={configurationKnown=true, configured=true, stateKnown=true, up=false, onPeerLoss=continue}");
        assertThat(report(ALL, cluster(one, two)).get("resources")).asString().contains("r0={splitBrain=false");
    }

    private static NodeFacts devices(NodeFacts node) {
        return node.with(
                DrbdDevices.PROBE,
                DrbdDevices.NONE.with(
                        DrbdNodes.spec(false).on(BOTH), node.name(), new EffectiveOptions(List.of(), List.of())));
    }

    private static final ConfiguredResource UNREADABLE = new ConfiguredResource(
            null,
            "`drbdadm dump` fails: /etc/drbd.d/x.res:4: in resource x, on sv1: IP 10.0.0.59 not found on this host"
                    + " (exit code 10)",
            false,
            List.of(),
            Map.of());

    @Test
    void doesNotTakeUnreadableFilesForAnUnconfiguredResource() throws Exception {
        NodeFacts unreadable =
                node(SV1, UNREADABLE, ResourceInUseNodes.PRIMARY).with(StorageProbes.MOUNTS, new MountInfo(List.of()));
        DrbdStatus status = new DrbdStatus("r0");
        assertThat(report(status, unreadable))
                .containsEntry("configurationKnown", false)
                .containsEntry("role", "Primary")
                .containsEntry("up", true)
                .containsEntry("configurationError", UNREADABLE.error())
                .doesNotContainKey("configured");
        assertThat(status.plan(cluster(unreadable)).notes())
                .singleElement()
                .asString()
                .startsWith(Plan.WARNING + "sv1: how 'r0' is configured there is not known: `drbdadm dump` fails")
                .contains("10.0.0.59 is not an address of this node");
    }

    @Test
    void refusesWithTheErrorOfDrbdadmIfFilesCannotBeRead() {
        NodeFacts unreadable = node(SV1, UNREADABLE, ResourceInUseNodes.PRIMARY);
        for (Operation operation : List.of(
                new DrbdPromote("r0", "sv1", false),
                new DrbdDemote("r0", "sv1"),
                new DrbdWaitSync("r0", 300),
                new DrbdVerify("r0"),
                new DrbdResize("r0"))) {
            assertThat(refusal(operation, unreadable))
                    .contains("IP 10.0.0.59 not found on this host (exit code 10)")
                    .doesNotContain("Create it", "there is no resource");
        }
    }

    @Test
    void refusesAnUnknownResource() {
        NodeFacts without = unused(node(SV1, ConfiguredResource.NONE, null));
        assertThat(refusal(ONE, without)).contains("there is no resource 'r0' on sv1");
    }
}
