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

/** A result tells what was seen of the nodes last, and names what was not seen. */
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

    private static ObservedFacts look(PlayedNodes nodes, Operation operation) throws Exception {
        ClusterFacts facts = nodes.look(operation, BOTH, (node, probes) -> {});
        return new ObservedFacts(facts, facts);
    }

    /** A look after dry runs of other steps. */
    private static ObservedFacts look(PlayedNodes nodes, Operation operation, Operation... before) throws Exception {
        DryRunState dryRunState = new DryRunState();
        for (Operation earlier : before) {
            nodes.dryRun(earlier, BOTH, dryRunState);
        }
        ClusterFacts seen = nodes.look(operation, BOTH, (node, probes) -> {});
        List<NodeFacts> facts = seen.all().stream().map(dryRunState::apply).toList();
        return new ObservedFacts(new ClusterFacts(facts), seen);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> node(Node node) {
        return (Map<String, Object>) ((Map<String, Object>) result.toMap(null).get("nodes")).get(node.name());
    }

    @Test
    void ofAResourceThatWasRemovedNothingIsToldAsIfItWereUp() throws Exception {
        DrbdRemoveResource remove = new DrbdRemoveResource("r0", false);
        PlayedNodes nodes = PlayedNodes.running(false, "Secondary", "Secondary");
        look(nodes, remove).describe(remove, result);
        assertThat(node(SV1)).containsEntry("up", true).containsEntry("role", "Secondary");

        nodes.on(SV1, "drbd state", "exists -\n");
        look(nodes, remove).describe(remove, result);

        assertThat(node(SV1))
                .containsEntry("up", false)
                .doesNotContainKeys("role", "disk", "connection", "peerRole", "peerDisk", "replication")
                .doesNotContainKeys("outOfSyncKib", "suspended");
    }

    @Test
    void howFarASynchronisationWasIsNotToldOfOneThatHasEnded() throws Exception {
        DrbdWaitSync wait = new DrbdWaitSync("r0", 300);
        PlayedNodes nodes = PlayedNodes.running(false, "Primary", "Secondary");
        String synced = PlayedNodes.state("r0", "Primary", "UpToDate", "Secondary", "UpToDate");
        String syncing = synced.replace(
                        "replication:Established peer-disk:UpToDate", "replication:SyncSource peer-disk:Inconsistent")
                .replace("out-of-sync:0", "done:0.20 out-of-sync:130000");
        nodes.on(SV1, "drbd state", syncing);
        look(nodes, wait).describe(wait, result);
        assertThat(node(SV1)).containsEntry("donePercent", 0.2).containsEntry("outOfSyncKib", 130000L);

        nodes.on(SV1, "drbd state", synced);
        look(nodes, wait).describe(wait, result);

        assertThat(node(SV1)).containsEntry("disk", "UpToDate").doesNotContainKey("donePercent");
        assertThat(node(SV1)).containsEntry("outOfSyncKib", 0L);
    }

    @Test
    void whatIsTheWholesIsToldAnewToo() {
        result.found(Map.of("splitBrain", true, "splitBetween", List.of("sv1 and sv2")));
        result.found(Map.of("splitBrain", false));
        result.add(Map.of("refused", true));
        assertThat(result.toMap(null))
                .containsEntry("splitBrain", false)
                .containsEntry("refused", true)
                .doesNotContainKey("splitBetween");
    }

    @Test
    void whatADryRunAssumesIsNamed() throws Exception {
        PlayedNodes nodes =
                PlayedNodes.empty().with("device /dev/sys/drbd0", PlayedNodes.device("/dev/dm-0", "254:0", BLANK, ""));
        DrbdStatus status = new DrbdStatus("r0");
        look(nodes, status, new DrbdCreateResource(SPEC, Overwrite.NOTHING, false, PeerLossPolicy.CONTINUE))
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
    void whatWasSeenIsNotNamedAsAssumed() throws Exception {
        DrbdStatus status = new DrbdStatus("r0");
        look(PlayedNodes.running(false, "Primary", "Secondary"), status).describe(status, result);
        assertThat(node(SV1)).containsEntry("role", "Primary").doesNotContainKey("assumed");
        assertThat(result.toMap(null)).doesNotContainKey("assumed");
    }

    @Test
    void aFilesystemThatIsYetToBeMadeHasNoUuid() throws Exception {
        PlayedNodes nodes = PlayedNodes.running(false, "Primary", "Secondary");
        FilesystemFormat format = new FilesystemFormat("/dev/drbd0", "ext4", "new", Overwrite.NOTHING);
        look(nodes, format, format).describe(format, result);
        assertThat(node(SV1))
                .containsEntry("type", "ext4")
                .containsEntry("label", "new")
                .containsEntry("assumed", List.of("type", "label"))
                .doesNotContainKey("uuid");
    }

    @Test
    void ofTwoNodesOfWhichOneHasSplitNothingOldIsLeft() throws Exception {
        DrbdSwitchover back = new DrbdSwitchover("r0", "sv2", null, null);
        look(PlayedNodes.running(false, "Primary", "Secondary"), back).describe(back, result);
        PlayedNodes alone = PlayedNodes.running(false, "Primary", "Secondary");
        alone.on(SV2, "drbd state", "exists -\n");
        look(alone, back).describe(back, result);
        assertThat(node(SV2)).containsEntry("up", false).doesNotContainKeys("role", "peerRole");
    }

    @ParameterizedTest
    @EnumSource(value = StepCalls.class, names = "CHECK", mode = Mode.EXCLUDE) // its clocks go on
    void noStepLeavesAnythingOfAnEarlierLook(StepCalls call) throws Exception {
        Operation operation = operation(call);
        StepResult once =
                new StepResult("step", Map.of(), false, List.of("sv1", "sv2"), text -> text, StepProgress.NONE);
        look(PlayedNodes.empty(), operation).describe(operation, once);

        look(call.nodes(call.valid, BOTH), operation).describe(operation, result);
        look(PlayedNodes.empty(), operation).describe(operation, result);

        assertThat(result.toMap(null).get("nodes")).isEqualTo(once.toMap(null).get("nodes"));
        assertThat(result.toMap(null).keySet()).isEqualTo(once.toMap(null).keySet());
    }

    @ParameterizedTest
    @EnumSource(value = StepCalls.class, names = "CHECK", mode = Mode.EXCLUDE) // its clocks go on
    void afterADryRunOfItselfEachValueOfAStepWasSeenOrIsNamed(StepCalls call) throws Exception {
        Operation operation = operation(call);
        PlayedNodes nodes = call.nodes(call.valid, BOTH);
        look(nodes, operation).describe(operation, result);
        Map<String, Object> seen = node(SV1);

        look(nodes, operation, operation).describe(operation, result);

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
