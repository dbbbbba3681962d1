package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.guard.ToleratesSuspendedIo;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * clusterFenceNode: switches a node off or on with its fencing device, from another node.
 *
 * @param node the node to switch
 * @param action off, on, reboot or status
 * @param lastData whether the node may hold the only good data
 */
public record ClusterFenceNode(String node, String action, boolean lastData)
        implements Operation, ToleratesSuspendedIo {
    /** The actions, the default first. */
    public static final List<String> ACTIONS = List.of("reboot", "off", "on", "status");

    private static final String KEEP_OFF = "/run/drbd-ocfs2-steps/keep-off/";

    @Override
    public Map<String, Object> subject() {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("node", node);
        subject.put("action", action);
        return subject;
    }

    @Override
    public void check(List<Node> nodes) {
        ParameterRules.node("node", node, nodes);
        Check.oneOf("action", action, ACTIONS);
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ANY;
    }

    /** Whether it switches the node off, if only for a moment. */
    boolean switchesOff() {
        return action.equals("off") || action.equals("reboot");
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        if (known.isEmpty()) {
            ProbeSet probes = ProbeSet.of(DrbdProbes.VERSION, DrbdProbes.STATE);
            return of.name().equals(node) ? probes : probes.and(FencingDevices.PROBE, keepOff());
        }
        NodeFacts facts = known.node(of.name());
        List<Probe<?>> probes = new ArrayList<>();
        for (ResourceState state : DrbdFacts.running(facts).values()) {
            probes.add(DrbdProbes.listed(state.name()));
        }
        if (runner(known).filter(facts::equals).isPresent()) {
            probes.add(DeviceAnswer.powerOf(node));
        }
        return ProbeSet.of(probes).missingIn(facts);
    }

    /** Probes the file by which the fence-peer handler of another node leaves the node off. */
    Probe<FileFact> keepOff() {
        return SystemProbes.file(keepOffPath());
    }

    String keepOffPath() {
        return KEEP_OFF + node;
    }

    /** The node that switches: the first one, other than the node itself, that has its device. */
    Optional<NodeFacts> runner(ClusterFacts facts) {
        return facts.all().stream()
                .filter(other -> !other.name().equals(node) && other.has(FencingDevices.PROBE))
                .filter(other -> other.get(FencingDevices.PROBE).nodes().contains(node))
                .findFirst();
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        return new ClusterFenceNodePlan(this, facts).make();
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        String wanted = action.equals("off") ? "off" : "on";
        if (!power(after).equals(wanted)) {
            throw new StepFailure("the fencing device of " + node + " says that it is " + power(after) + ", not "
                    + wanted + ", although its agent succeeded. Run clusterFenceNode with action: 'status'.");
        }
    }

    private String power(ClusterFacts facts) {
        Probe<DeviceAnswer> probe = DeviceAnswer.powerOf(node);
        return runner(facts)
                .filter(other -> other.has(probe))
                .map(other -> other.get(probe).power())
                .orElse("unknown");
    }

    @Override
    public Report report(Findings found) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("powerBefore", power(found.isOutcome() ? found.before() : found.facts()));
        whole.put("power", power(found.facts()));
        return Report.ofNodes(found.facts(), facts -> {
                    Map<String, Object> report = new LinkedHashMap<>();
                    report.put(
                            "hasDevice",
                            facts.has(FencingDevices.PROBE)
                                    && facts.get(FencingDevices.PROBE).nodes().contains(node));
                    if (facts.has(keepOff())) {
                        report.put("keepsOff", facts.get(keepOff()).exists());
                    }
                    return report;
                })
                .and(whole);
    }
}
