package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.FormatCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.refusal.O2cbRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.Ocfs2Refusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.Blkid;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * ocfs2Format: creates an OCFS2 filesystem on a device once, on the first node that can write to it.
 *
 * @param device the path of the device, the same on all nodes
 * @param label the filesystem's label, less than 64 bytes; null for none
 * @param nodeSlots the number of nodes that can mount it at the same time; null for the number of nodes
 * @param blockSize 512, 1K, 2K or 4K; null for the choice of mkfs.ocfs2, also for the next three
 * @param clusterSize 4K to 1M, a power of two
 * @param journalSize 4M or more, for each slot
 * @param type mail, datafiles or vmstore
 * @param features a level (max-compat, default, max-features) or features separated by commas; null for the default
 * @param cluster the name of its cluster; null for the online or, if none is online, the configured one
 * @param overwrite the content of the device that may be lost, in the words of the refusal
 */
public record Ocfs2Format(
        String device,
        String label,
        Integer nodeSlots,
        String blockSize,
        String clusterSize,
        String journalSize,
        String type,
        String features,
        String cluster,
        Overwrite overwrite)
        implements Operation, ChangesResources, Operation.TakesEarlierAnswers {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    @Override
    public Map<String, Object> subject() {
        return Map.of("device", device == null ? "" : device);
    }

    @Override
    public void check(List<Node> nodes) {
        DevicePathRules.check("device", device);
        optional(label, value -> Ocfs2Rules.label("label", value));
        optional(nodeSlots, value -> Ocfs2Rules.nodeSlots("nodeSlots", value));
        optional(cluster, value -> Ocfs2Rules.clusterName("cluster", value));
        new Ocfs2FormatSpec(this, nodes.size(), "").check();
    }

    private static <T> void optional(T value, Consumer<T> check) {
        if (value != null) {
            check.accept(value);
        }
    }

    private FormatCheck checks() {
        return new FormatCheck(device, overwrite);
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        return known.node(of.name()) != null
                ? ProbeSet.of()
                : checks().probes()
                        .and(
                                Ocfs2Probes.volume(device),
                                Ocfs2Probes.STATE,
                                SystemProbes.file(ClusterConf.PATH),
                                Ocfs2Facts.MKFS);
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        return DrbdDeviceFacts.resources(node, device);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        FormatCheck checks = checks();
        NodeFacts node = checks.formattingNode(facts);
        Refusals refusals = new Refusals();
        if (node.get(Ocfs2Facts.MKFS).isEmpty()) {
            refusals.add(Refusal.of(Ocfs2Refusal.NOT_INSTALLED)
                    .on(node.name())
                    .found("there is no program mkfs.ocfs2")
                    .remedy("Run ocfs2Install first"));
        }
        Ocfs2FormatSpec layout = layout(facts, node, refusals);
        refusals.check();
        Plan.Builder plan = new Plan.Builder();
        if (checks.noteUnseen(node, plan)) {
            return plan.build();
        }
        Ocfs2Volume found = node.get(Ocfs2Probes.volume(device)).orElse(null);
        // An old superblock can remain below another filesystem: only what blkid reports as OCFS2 counts.
        boolean isOcfs2 = "ocfs2".equals(checks.on(node).blkid().type());
        if (found != null && isOcfs2 && !checks.isStated(node) && !checks.isUnfinished(node)) {
            List<String> differences = layout.differences(found);
            if (differences.isEmpty()) {
                return Plan.nothing();
            }
            refusals.add(Refusal.of(Ocfs2Refusal.NOT_AS_ASKED)
                    .on(node.name())
                    .found("the OCFS2 filesystem on " + device + " differs from the request: "
                            + String.join(", ", differences))
                    .remedy("To keep it, request its properties; `tunefs.ocfs2` can give it another label, more node "
                            + "slots or another"
                            + " cluster"));
        }
        checks.checkAll(facts, node, refusals);
        layout.checkFits(node.name(), checks.on(node), refusals);
        refusals.check();
        plan.stage("create the OCFS2 filesystem", List.of(command(node, layout, found, isOcfs2)));
        checks.noteUnfinished(node, plan);
        noteSharing(facts, node, plan);
        return plan.build();
    }

    private Command command(NodeFacts node, Ocfs2FormatSpec layout, Ocfs2Volume found, boolean isOcfs2) {
        O2cbState state = node.get(Ocfs2Probes.STATE);
        boolean checksCluster = found != null
                && !checks().isUnfinished(node)
                && found.stack().equals("o2cb")
                && state.isOnline(found.cluster());
        return Command.of(node.name(), layout.command(found != null || isOcfs2, checksCluster))
                .timeout(TIMEOUT)
                .guard(checks().guard(node));
    }

    private void noteSharing(ClusterFacts facts, NodeFacts node, Plan.Builder plan) {
        Optional<DrbdDeviceFacts> drbd = checks().drbd(node);
        if (facts.all().size() > 1 && drbd.isPresent() && !drbd.get().isDualPrimary()) {
            plan.note("'" + drbd.get().resource()
                    + "' does not allow two Primaries, so only one node at a time can mount " + device
                    + "; for several create it with dualPrimary: true.");
        }
    }

    private Ocfs2FormatSpec layout(ClusterFacts facts, NodeFacts node, Refusals refusals) {
        return new Ocfs2FormatSpec(this, facts.all().size(), clusterName(node, refusals));
    }

    private String clusterName(NodeFacts node, Refusals refusals) {
        O2cbState.Cluster online = node.get(Ocfs2Probes.STATE).online();
        List<String> known = Ocfs2Facts.configuredClusters(node);
        if (cluster == null && online != null) {
            return online.name();
        }
        if (cluster == null && known.size() == 1) {
            return known.get(0);
        }
        Optional<String> unreadable = Ocfs2Facts.unreadableConf(node);
        if (unreadable.isPresent() && (online == null || !online.name().equals(cluster))) {
            refusals.add(Refusal.of(O2cbRefusal.CONFIGURATION_UNREADABLE)
                    .on(node.name())
                    .found(unreadable.get())
                    .wouldLose("The filesystem could not be mounted: it is bound to its cluster by name")
                    .remedy("Correct the file, or bring the cluster online with ocfs2ConfigureCluster"));
            return "";
        }
        boolean exists =
                known.contains(cluster) || online != null && online.name().equals(cluster);
        if (cluster != null && exists) {
            return cluster;
        }
        refusals.add(Refusal.of(
                        cluster == null && !known.isEmpty() ? O2cbRefusal.SEVERAL_CLUSTERS : O2cbRefusal.NO_CLUSTER)
                .on(node.name())
                .found(
                        cluster != null
                                ? "there is no cluster '" + cluster + "' in " + ClusterConf.PATH
                                : known.isEmpty()
                                        ? "no cluster is configured in " + ClusterConf.PATH
                                        : "several clusters are configured: " + String.join(", ", known))
                .wouldLose("The filesystem could not be mounted: it is bound to its cluster by name")
                .remedy(known.size() > 1 ? "Name one of them with cluster" : "Run ocfs2ConfigureCluster first"));
        return "";
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        NodeFacts node = checks().formattingNode(after);
        Refusals refusals = new Refusals();
        Ocfs2FormatSpec layout = layout(after, node, refusals);
        refusals.check();
        Ocfs2Volume made = node.get(Ocfs2Probes.volume(device)).orElse(null);
        List<String> differences =
                made == null ? List.of("there is no OCFS2 filesystem") : layout.differencesAfterwards(made);
        if (!differences.isEmpty()) {
            throw new StepFailure("on " + node.name() + ", " + device + " differs from the request after mkfs.ocfs2: "
                    + String.join(", ", differences) + ". See `debugfs.ocfs2 -R stats " + device
                    + "` and `dmesg` there, then"
                    + " run the build again.");
        }
        if (checks().drbd(node).isEmpty()) {
            checkSeenByAll(after, node, made);
        }
    }

    private void checkSeenByAll(ClusterFacts after, NodeFacts node, Ocfs2Volume made) throws StepFailure {
        for (NodeFacts other : after.all()) {
            Ocfs2Volume seen = other.get(Ocfs2Probes.volume(device)).orElse(null);
            if (seen == null || !seen.uuid().equals(made.uuid())) {
                throw new StepFailure(device + " on " + other.name() + " is not the device that was formatted on "
                        + node.name() + ": it does not show the same filesystem. OCFS2 needs a device that all nodes"
                        + " share: a dual-primary DRBD device or a disk of a storage network.");
            }
        }
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        facts.get(Ocfs2Probes.volume(device)).ifPresent(volume -> Ocfs2Facts.describeVolume(volume, report));
        return report;
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        Map<String, String> blkid = new LinkedHashMap<>();
        blkid.put("TYPE", "ocfs2");
        blkid.put("USAGE", "filesystem");
        if (label != null) {
            blkid.put("LABEL", label);
        }
        blkid.put(Blkid.TO_COME, "to be made by ocfs2Format");
        String name = Objects.requireNonNullElse(cluster, Ocfs2Facts.clusterOf(facts));
        return facts.change(BlockDevice.probe(device), block -> (block.isBlock() ? block : BlockDevice.blank(device, 0))
                        .holding(blkid))
                .change(
                        Ocfs2Probes.volume(device),
                        volume -> Optional.of(new Ocfs2FormatSpec(this, nodes.size(), name).assumed()));
    }
}
