package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.Drbd9;
import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdDemote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdRemoveResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResize;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResolveSplitBrain;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdStatus;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdSwitchover;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdVerify;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdWaitSync;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceSize;
import io.jenkins.plugins.drbdocfs2.storage.ListeningPorts;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the decision of each operation in each recorded state of DRBD 9, and the result of drbdStatus, with
 * {@code src/test/resources/drbd9/decisions.txt}, of which every line has been reviewed. {@code -Ddecisions=write} writes
 * the file again.
 */
class Drbd9DecisionsTest {
    private static final Path FILE = Path.of("src/test/resources/drbd9/decisions.txt");
    private static final int LONGEST = 300;
    private static final List<String> REPORTED = List.of(
            "up",
            "role",
            "disk",
            "quorum",
            "suspended",
            "connection",
            "peerRole",
            "peerDisk",
            "replication",
            "outOfSyncKib",
            "donePercent");

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.drbdocfs2.Drbd9#states")
    void eachOperationDecidesAsExpected(String state) throws Exception {
        String decided = decisions(state);
        if ("write".equals(System.getProperty("decisions"))) {
            write(state, decided);
        }
        assertThat(decided).isEqualTo(expected().get(state));
    }

    @Test
    void everyStateHasExpectedDecisions() {
        assertThat(expected().keySet()).containsExactlyElementsOf(Drbd9.states().toList());
    }

    private static Map<String, String> expected() {
        Map<String, String> expected = new LinkedHashMap<>();
        for (String part : Recorded.drbd9("decisions.txt").split("(?m)^== ")) {
            int end = part.indexOf('\n');
            if (end > 0) {
                expected.put(part.substring(0, end), part.substring(end + 1));
            }
        }
        return expected;
    }

    private static void write(String state, String decided) throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        Drbd9.states().forEach(name -> all.put(name, ""));
        if (Files.exists(FILE)) {
            for (String part : Files.readString(FILE).split("(?m)^== ")) {
                int end = part.indexOf('\n');
                if (end > 0) {
                    all.put(part.substring(0, end), part.substring(end + 1));
                }
            }
        }
        all.put(state, decided);
        Files.writeString(
                FILE,
                all.entrySet().stream()
                        .map(entry -> "== " + entry.getKey() + "\n" + entry.getValue())
                        .collect(Collectors.joining()));
    }

    private static String decisions(String state) {
        String resource = Drbd9.resources().get(state);
        ClusterFacts facts = facts(state, resource);
        List<String> lines = new ArrayList<>();
        facts.all().forEach(node -> lines.add("  status of " + node.name() + ": " + status(resource, node)));
        Map<String, Object> split = report(new DrbdStatus(resource), facts);
        lines.add("  split brain: " + split.get("splitBrain") + ", known: " + split.get("splitBrainKnown")
                + (split.containsKey("splitBetween") ? ", between " + split.get("splitBetween") : ""));
        Map<String, Operation> operations = new LinkedHashMap<>();
        for (String node : facts.names()) {
            operations.put("promote " + node, new DrbdPromote(resource, node, false));
            operations.put("promote " + node + " by force", new DrbdPromote(resource, node, true));
            operations.put("demote " + node, new DrbdDemote(resource, node));
            operations.put("switchover to " + node, new DrbdSwitchover(resource, node, null, null));
            operations.put("resolve the split brain, victim " + node, new DrbdResolveSplitBrain(resource, node));
        }
        operations.put("waitSync", new DrbdWaitSync(resource, 300));
        operations.put("verify", new DrbdVerify(resource));
        operations.put("resize", new DrbdResize(resource));
        operations.put("remove", new DrbdRemoveResource(resource, false));
        config(facts, resource).ifPresent(config -> operations.put("create", create(resource, config)));
        operations.forEach((name, operation) -> lines.add("  " + name + ": " + shortened(decision(operation, facts))));
        return String.join("\n", lines) + "\n";
    }

    private static String status(String resource, NodeFacts node) {
        Map<String, Object> report = ResourceReport.of(node, resource);
        return REPORTED.stream()
                .filter(report::containsKey)
                .map(key -> key + " " + report.get(key))
                .collect(Collectors.joining(", "));
    }

    private static String decision(Operation operation, ClusterFacts facts) {
        try {
            Plan plan = operation.plan(facts);
            String notes =
                    plan.notes().stream().map(note -> "; note: " + begin(note)).collect(Collectors.joining());
            return (plan.isEmpty()
                            ? "nothing"
                            : plan.changes().stream()
                                    .map(change -> change.node() + " " + change.summary())
                                    .collect(Collectors.joining("; ")))
                    + notes;
        } catch (RefusedException e) {
            return "refused: "
                    + e.refusals().stream()
                            .map(one -> (one.node() == null ? "" : one.node() + ": ") + one.finding())
                            .collect(Collectors.joining("; "));
        } catch (StepFailure | InvalidParameterException e) {
            return "failed: " + e.getMessage();
        }
    }

    private static String begin(String note) {
        return note.length() <= 100 ? note : note.substring(0, 100) + "...";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static Optional<String> config(ClusterFacts facts, String resource) {
        return facts.all().stream()
                .map(node -> DrbdFacts.configured(node, resource))
                .filter(ConfiguredResource::isConfigured)
                .map(configured -> ResourceText.render(configured.resource(), DrbdGeneration.V9))
                .findFirst();
    }

    private static DrbdCreateResource create(String resource, String config) {
        ResourceSpec spec = new ResourceSpec(resource, List.of(), List.of(), config, 7789, "C", false, null);
        return new DrbdCreateResource(spec, new Overwrite(List.of()), false, null);
    }

    /** The nodes with their disks grown by 100 MiB and with the file that drbdCreateResource would write. */
    private static ClusterFacts facts(String state, String resource) {
        ClusterFacts recorded = Drbd9Nodes.cluster(state);
        String text = config(recorded, resource).orElse(null);
        return new ClusterFacts(
                recorded.all().stream().map(node -> with(node, resource, text)).toList());
    }

    private static NodeFacts with(NodeFacts node, String resource, String text) {
        NodeFacts facts = node.with(StorageProbes.PORTS, new ListeningPorts(List.of()))
                .with(Ocfs2Probes.STATE, O2cbState.OFFLINE);
        if (text != null) {
            facts = facts.with(SystemProbes.file(ResourceSpec.path(resource)), new FileFact(true, text, "600"));
        }
        ConfiguredResource configured = DrbdFacts.configured(node, resource);
        ResourceState state = DrbdFacts.state(node, resource);
        for (Resource.Volume volume :
                configured.isConfigured() ? configured.resource().volumes() : List.<Resource.Volume>of()) {
            Resource.Disk disk = volume.disks().get(node.name());
            if (disk != null) {
                Long kib = state == null
                        ? null
                        : state.volumes().get(volume.number()).sizeKib();
                long bytes = (kib == null ? 4L << 30 : kib * 1024) + (100 << 20);
                facts = device(facts, disk.device(), bytes);
                if (!disk.metaDisk().isInternal()) {
                    facts = device(facts, disk.metaDisk().device(), 256 << 20);
                }
            }
        }
        return facts;
    }

    private static NodeFacts device(NodeFacts facts, String path, long bytes) {
        return facts.with(BlockDevice.probe(path), BlockDevice.blank(path, bytes))
                .with(DeviceSize.probe(path), new DeviceSize(bytes));
    }
}
