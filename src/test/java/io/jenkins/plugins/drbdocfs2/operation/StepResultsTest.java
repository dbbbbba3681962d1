package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV1;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.SV2;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.engine.DryRunState;
import io.jenkins.plugins.drbdocfs2.engine.ObservedFacts;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdRemoveResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdStatus;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdSwitchover;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdWaitSync;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.storage.FilesystemFormat;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.result.StepProgress;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A result shows what was last read from the nodes, and marks assumed values. */
class StepResultsTest {
    private static final String BLANK = "readable\nzero begin\nzero end\nzero inside\n";
    private static final ResourceSpec SPEC = new ResourceSpec(
            "r0",
            List.of(new VolumeSpec(0, "/dev/drbd0", "/dev/sys/drbd0", "internal")),
            List.of(),
            null,
            7789,
            "C",
            false,
            "net { verify-alg sha1; }");

    private final StepResult result =
            new StepResult("step", Map.of(), false, List.of("sv1", "sv2"), text -> text, StepProgress.NONE);

    private static ObservedFacts probe(SimulatedNodes nodes, Operation operation) throws Exception {
        ClusterFacts facts = nodes.collectFacts(operation, BOTH, (node, probes) -> {});
        return new ObservedFacts(facts, facts);
    }

    /** Runs the probes after dry runs of other steps. */
    private static ObservedFacts probe(SimulatedNodes nodes, Operation operation, Operation... before)
            throws Exception {
        DryRunState dryRunState = new DryRunState();
        for (Operation earlier : before) {
            nodes.dryRun(earlier, BOTH, dryRunState);
        }
        ClusterFacts seen = nodes.collectFacts(operation, BOTH, (node, probes) -> {});
        List<NodeFacts> facts = seen.all().stream().map(dryRunState::apply).toList();
        return new ObservedFacts(new ClusterFacts(facts), seen);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> node(Node node) {
        return (Map<String, Object>) ((Map<String, Object>) result.toMap(null).get("nodes")).get(node.name());
    }

    @Test
    void removedResourceHasNoStateOfARunningOne() throws Exception {
        DrbdRemoveResource remove = new DrbdRemoveResource("r0", false);
        SimulatedNodes nodes = SimulatedNodes.running(false, "Secondary", "Secondary");
        probe(nodes, remove).describe(remove, result);
        assertThat(node(SV1)).containsEntry("up", true).containsEntry("role", "Secondary");

        nodes.on(SV1, "drbd state", "exists -\n");
        probe(nodes, remove).describe(remove, result);

        assertThat(node(SV1))
                .containsEntry("up", false)
                .doesNotContainKeys("role", "disk", "connection", "peerRole", "peerDisk", "replication")
                .doesNotContainKeys("outOfSyncKib", "suspended");
    }

    @Test
    void endedSynchronisationHasNoProgress() throws Exception {
        DrbdWaitSync wait = new DrbdWaitSync("r0", 300);
        SimulatedNodes nodes = SimulatedNodes.running(false, "Primary", "Secondary");
        String synced = SimulatedNodes.state("r0", "Primary", "UpToDate", "Secondary", "UpToDate");
        String syncing = synced.replace(
                        "replication:Established peer-disk:UpToDate", "replication:SyncSource peer-disk:Inconsistent")
                .replace("out-of-sync:0", "done:0.20 out-of-sync:130000");
        nodes.on(SV1, "drbd state", syncing);
        probe(nodes, wait).describe(wait, result);
        assertThat(node(SV1)).containsEntry("donePercent", 0.2).containsEntry("outOfSyncKib", 130000L);

        nodes.on(SV1, "drbd state", synced);
        probe(nodes, wait).describe(wait, result);

        assertThat(node(SV1)).containsEntry("disk", "UpToDate").doesNotContainKey("donePercent");
        assertThat(node(SV1)).containsEntry("outOfSyncKib", 0L);
    }

    @Test
    void replacesTheResultOfTheStepAsAWhole() {
        result.found(Map.of("splitBrain", true, "splitBetween", List.of("sv1 and sv2")));
        result.found(Map.of("splitBrain", false));
        result.add(Map.of("refused", true));
        assertThat(result.toMap(null))
                .containsEntry("splitBrain", false)
                .containsEntry("refused", true)
                .doesNotContainKey("splitBetween");
    }

    @Test
    void marksAssumedValues() throws Exception {
        SimulatedNodes nodes = SimulatedNodes.empty()
                .with("device /dev/sys/drbd0", SimulatedNodes.device("/dev/dm-0", "254:0", BLANK, ""));
        DrbdStatus status = new DrbdStatus("r0");
        probe(nodes, status, new DrbdCreateResource(SPEC, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE))
                .describe(status, result);
        assertThat(node(SV1)).containsEntry("role", "Secondary").containsEntry("stateKnown", true);
        assertThat(node(SV1).get("assumed"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("configured", "up", "role", "disk", "connection", "peers", "volumes")
                .doesNotContain("stateKnown", "drbdUtils", "drbdModule");
        assertThat(result.toMap(null).get("assumed"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("splitBrain", "splitBrainBy");
    }

    @Test
    void doesNotMarkValuesThatWereRead() throws Exception {
        DrbdStatus status = new DrbdStatus("r0");
        probe(SimulatedNodes.running(false, "Primary", "Secondary"), status).describe(status, result);
        assertThat(node(SV1)).containsEntry("role", "Primary").doesNotContainKey("assumed");
        assertThat(result.toMap(null)).doesNotContainKey("assumed");
    }

    @Test
    void assumedFilesystemHasNoUuid() throws Exception {
        SimulatedNodes nodes = SimulatedNodes.running(false, "Primary", "Secondary");
        FilesystemFormat format = new FilesystemFormat("/dev/drbd0", "ext4", "new", Overwrite.NOTHING);
        probe(nodes, format, format).describe(format, result);
        assertThat(node(SV1))
                .containsEntry("type", "ext4")
                .containsEntry("label", "new")
                .containsEntry("assumed", List.of("type", "label"))
                .doesNotContainKey("uuid");
    }

    @Test
    void keepsNothingOldOfANodeThatIsDown() throws Exception {
        DrbdSwitchover back = new DrbdSwitchover("r0", "sv2", null, null);
        probe(SimulatedNodes.running(false, "Primary", "Secondary"), back).describe(back, result);
        SimulatedNodes alone = SimulatedNodes.running(false, "Primary", "Secondary");
        alone.on(SV2, "drbd state", "exists -\n");
        probe(alone, back).describe(back, result);
        assertThat(node(SV2)).containsEntry("up", false).doesNotContainKeys("role", "peerRole");
    }

    @ParameterizedTest
    @EnumSource(
            value = StepCalls.class,
            names = {"CHECK", "HEALTH"},
            mode = Mode.EXCLUDE) // their clocks advance
    void keepsNothingOfEarlierProbes(StepCalls call) throws Exception {
        Operation operation = operation(call);
        StepResult once =
                new StepResult("step", Map.of(), false, List.of("sv1", "sv2"), text -> text, StepProgress.NONE);
        probe(SimulatedNodes.empty(), operation).describe(operation, once);

        probe(call.nodes(call.valid, BOTH), operation).describe(operation, result);
        probe(SimulatedNodes.empty(), operation).describe(operation, result);

        assertThat(result.toMap(null).get("nodes")).isEqualTo(once.toMap(null).get("nodes"));
        assertThat(result.toMap(null).keySet()).isEqualTo(once.toMap(null).keySet());
    }

    @ParameterizedTest
    @EnumSource(
            value = StepCalls.class,
            names = {"CHECK", "HEALTH"},
            mode = Mode.EXCLUDE) // their clocks advance
    void eachValueAfterADryRunWasReadOrIsMarked(StepCalls call) throws Exception {
        Operation operation = operation(call);
        SimulatedNodes nodes = call.nodes(call.valid, BOTH);
        probe(nodes, operation).describe(operation, result);
        Map<String, Object> seen = node(SV1);

        probe(nodes, operation, operation).describe(operation, result);

        List<?> simulated = (List<?>) node(SV1).getOrDefault("assumed", List.of());
        node(SV1).forEach((key, value) -> {
            if (!key.equals("assumed") && !simulated.contains(key)) {
                assertThat(seen).containsEntry(key, value);
            }
        });
        assertThat(node(SV1).toString()).doesNotContain("made by");
    }

    private static Operation operation(StepCalls call) throws Exception {
        return ((ClusterStep) call.valid.bind()).operation();
    }
}
