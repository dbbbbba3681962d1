package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ocfs2Tune: changes the number of node slots or the label of an OCFS2 filesystem, while no node has it mounted.
 *
 * @param device the path of the device
 * @param nodeSlots the number of nodes that can mount it at the same time; null to keep it
 * @param label its label, less than 64 bytes; null to keep it
 */
public record Ocfs2Tune(String device, Integer nodeSlots, String label) implements Operation, ChangesResources {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    @Override
    public Map<String, Object> subject() {
        return Map.of("device", device == null ? "" : device);
    }

    @Override
    public void check(List<Node> nodes) {
        DevicePathRules.check("device", device);
        Check.that(nodeSlots != null || label != null, "nodeSlots", null, "be given, or label");
        if (nodeSlots != null) {
            Ocfs2Rules.nodeSlots("nodeSlots", nodeSlots);
        }
        if (label != null) {
            Ocfs2Rules.label("label", label);
        }
    }

    private UnmountedVolume unmounted() {
        return new UnmountedVolume(device, "tunefs.ocfs2");
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        return known.node(of.name()) != null ? ProbeSet.of() : unmounted().probes();
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        return DrbdDeviceFacts.resources(node, device);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Plan.Builder plan = new Plan.Builder();
        NodeFacts node = unmounted().node(facts);
        if (unmounted().checks().noteUnseen(node, plan)) {
            return plan.build();
        }
        Refusals refusals = new Refusals();
        unmounted().checkThere(node, refusals);
        refusals.check();
        List<String> words = words(unmounted().volume(node));
        if (words.size() == 1) {
            return plan.build();
        }
        unmounted().checkUnused(facts, node, refusals);
        refusals.check();
        if (nodeSlots != null && nodeSlots < facts.all().size()) {
            plan.note("only " + nodeSlots + " of the " + facts.all().size()
                    + " nodes of this step can mount it at the same time");
        }
        words.add(device);
        return plan.stage(
                        "tune the OCFS2 filesystem",
                        List.of(
                                Command.of(node.name(), words)
                                        .timeout(TIMEOUT)
                                        .guard(unmounted().checks().guard(node))
                                        .hint(
                                                "Is a node outside of this step using it? ocfs2Status shows who has it mounted.")))
                .build();
    }

    private List<String> words(Ocfs2Volume has) {
        List<String> words = new ArrayList<>(List.of("tunefs.ocfs2"));
        if (label != null && !label.equals(has.label())) {
            words.addAll(List.of("--label", label));
        }
        if (nodeSlots != null && nodeSlots != has.slots()) {
            words.addAll(List.of("--node-slots", String.valueOf(nodeSlots)));
        }
        return words;
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        NodeFacts node = unmounted().node(after);
        Ocfs2Volume has = unmounted().volume(node);
        if (has == null || words(has).size() > 1) {
            throw new StepFailure("on " + node.name() + ", the OCFS2 filesystem on " + device
                    + (has == null
                            ? " cannot be read"
                            : " has " + has.slots() + " node slots and the label '" + has.label() + "'")
                    + " after tunefs.ocfs2. See `debugfs.ocfs2 -R stats " + device + "` there.");
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
        return facts.change(
                Ocfs2Probes.volume(device),
                volume -> volume.map(has -> new Ocfs2Volume(
                        label == null ? has.label() : label,
                        has.uuid(),
                        has.blockSize(),
                        has.clusterSize(),
                        nodeSlots == null ? has.slots() : nodeSlots,
                        has.stack(),
                        has.cluster(),
                        has.journalBytes(),
                        has.slotMap())));
    }
}
