package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
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
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.FormatCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DeviceRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FilesystemRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.Blkid;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import io.jenkins.plugins.drbdocfs2.storage.XfsRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * filesystemFormat: creates an XFS or ext4 filesystem once, on the first node that can write to the device. These are
 * single-node filesystems; on a resource that allows two Primaries the step refuses.
 *
 * @param device the path of the device
 * @param type "xfs" or "ext4"
 * @param label the filesystem's label, of at most 12 bytes (xfs) or 16 (ext4); null for none
 * @param overwrite the content of the device that may be lost, in the words of the refusal
 */
public record FilesystemFormat(String device, String type, String label, Overwrite overwrite)
        implements Operation, ChangesResources, Operation.TakesEarlierAnswers {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final Map<String, Integer> MAX_LABEL = Map.of("xfs", 12, "ext4", 16);

    @Override
    public Map<String, Object> subject() {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("device", device);
        subject.put("type", type);
        return subject;
    }

    @Override
    public void check(List<Node> nodes) {
        DevicePathRules.check("device", device);
        Check.oneOf("type", type, List.of("xfs", "ext4"));
        if (label != null) {
            int longest = MAX_LABEL.get(type);
            ParameterText.line("label", label);
            Check.that(
                    label.getBytes(StandardCharsets.UTF_8).length <= longest,
                    "label",
                    label,
                    "have at most " + longest + " bytes for " + type);
            Check.that(
                    label.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c))
                            && !label.startsWith("-"),
                    "label",
                    label,
                    "have no blanks nor control characters and not begin with -");
        }
    }

    private FormatCheck checks() {
        return new FormatCheck(device, overwrite);
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        NodeFacts node = known.node(of.name());
        if (node == null) {
            return checks().probes().and(SystemProbes.tools("mkfs." + type));
        }
        return isTooSmall(node) && !node.has(XfsRules.probe()) ? ProbeSet.of(XfsRules.probe()) : ProbeSet.of();
    }

    private boolean isTooSmall(NodeFacts node) {
        long bytes = checks().on(node).bytes();
        return type.equals("xfs") && bytes > 0 && bytes < XfsRules.MIN_BYTES;
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
        if (node.get(SystemProbes.tools("mkfs." + type)).isEmpty()) {
            refusals.add(Refusal.of(FilesystemRefusal.NO_MKFS)
                    .on(node.name())
                    .found("there is no program mkfs." + type)
                    .remedy("Install " + (type.equals("xfs") ? "xfsprogs" : "e2fsprogs") + " on the node"));
        }
        checkOnePrimary(facts, refusals);
        refusals.check();
        Plan.Builder plan = new Plan.Builder();
        if (checks.noteUnseen(node, plan)) {
            return plan.build();
        }
        if (!checks.isStated(node) && isDone(checks.on(node)) && !checks.isUnfinished(node)) {
            return Plan.nothing();
        }
        checkSize(node, refusals);
        checks.checkAll(facts, node, refusals);
        refusals.check();
        boolean over = !checks.isToCome(node) && !checks.on(node).isBlank();
        plan.stage(
                "create the " + type + " filesystem",
                List.of(Command.of(node.name(), words(over)).timeout(TIMEOUT).guard(checks.guard(node))));
        checks.noteUnfinished(node, plan);
        return plan.build();
    }

    private void checkSize(NodeFacts node, Refusals refusals) {
        String version = isTooSmall(node) ? node.get(XfsRules.probe()) : "";
        if (!version.isEmpty()) {
            refusals.add(Refusal.of(DeviceRefusal.TOO_SMALL)
                    .on(node.name())
                    .found(device + " has " + checks().on(node).bytes() + " bytes, and mkfs.xfs " + version
                            + " makes no filesystem of less than " + XfsRules.MIN_BYTES)
                    .remedy("Take a larger device, of which DRBD's internal metadata take a little, or set "
                            + "type: 'ext4'"));
        }
    }

    private boolean isDone(BlockDevice block) {
        String has = Objects.requireNonNullElse(block.blkid().label(), "");
        return type.equals(block.blkid().type()) && (label == null || label.equals(has));
    }

    private void checkOnePrimary(ClusterFacts facts, Refusals refusals) {
        for (NodeFacts node : facts.all()) {
            checks().drbd(node)
                    .filter(DrbdDeviceFacts::isDualPrimary)
                    .ifPresent(drbd -> refusals.add(Refusal.of(FilesystemRefusal.ONE_NODE)
                            .on(node.name())
                            .found("the resource '" + drbd.resource() + "' allows two Primaries")
                            .wouldLose(type
                                    + " on two Primaries is destroyed: the nodes do not know about each "
                                    + "other's writes")
                            .remedy("Make it with ocfs2Format, or create the resource without dualPrimary")));
        }
    }

    private List<String> words(boolean over) {
        List<String> words = new ArrayList<>(List.of("mkfs." + type, "-q"));
        if (over && type.equals("xfs")) {
            words.add("-f");
        }
        if (label != null) {
            words.addAll(List.of("-L", label));
        }
        words.add(device);
        return words;
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        NodeFacts node = checks().formattingNode(after);
        BlockDevice block = checks().on(node);
        if (!isDone(block)) {
            throw new StepFailure("on " + node.name() + ", " + device + " holds "
                    + (block.content().isEmpty() ? "nothing" : block.content()) + " after mkfs." + type + ", not "
                    + type
                    + (label == null ? "" : " '" + label + "'")
                    + ". Did something else write to it? See `dmesg` there, then run the build again.");
        }
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        BlockDevice block = checks().on(facts);
        if (block.isBlock() && block.blkid().type() != null) {
            report.put("type", block.blkid().type());
            report.put("label", Objects.requireNonNullElse(block.blkid().label(), ""));
            if (block.blkid().values().get(Blkid.TO_COME) == null) {
                report.put("uuid", Objects.requireNonNullElse(block.blkid().uuid(), ""));
            }
        }
        return report;
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        Map<String, String> blkid = new LinkedHashMap<>();
        blkid.put("TYPE", type);
        blkid.put("USAGE", "filesystem");
        blkid.put(Blkid.TO_COME, "to be made by filesystemFormat");
        if (label != null) {
            blkid.put("LABEL", label);
        }
        return facts.change(BlockDevice.probe(device), block -> (block.isBlock() ? block : BlockDevice.blank(device, 0))
                .holding(blkid));
    }
}
