package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDevices;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.GenerationComparison;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceUse;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * drbdResolveSplitBrain: discards the writes of one node since the split, and resynchronises it from the others. The user
 * names the node; the step never guesses.
 *
 * @param resource the resource
 * @param victim the name of the node that discards its writes
 */
public record DrbdResolveSplitBrain(String resource, String victim) implements ResourceOperation, ChangesResources {
    @Override
    public Map<String, Object> subject() {
        return subject("victim", victim);
    }

    @Override
    public void check(List<Node> nodes) {
        ResourceOperation.super.check(nodes);
        ParameterRules.node("victim", victim, nodes);
    }

    @Override
    public ProbeSet besides(Node node) {
        return ResourceUse.probes();
    }

    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        return known.isEmpty()
                ? ResourceOperation.super.probes(node, nodes, known)
                : node.name().equals(victim) ? BackingDevices.probes(victim, known, resource) : ProbeSet.of();
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        return Set.of(resource);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        return new DrbdResolveSplitBrainPlan(resource, victim, facts).make();
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        for (NodeFacts node : DrbdFacts.members(after, resource)) {
            ResourceState state = DrbdFacts.state(node, resource);
            if (state == null || !state.isConnected()) {
                throw new StepFailure("on " + node.name() + ", '" + resource + "' is "
                        + (state == null ? "down" : "not connected") + " again, although it was connected before."
                        + " See `dmesg` there, then run the step again.");
            }
        }
    }

    @Override
    public Report report(Findings found) {
        return Report.ofNodes(found.facts(), this::nodeReport).and(relations(found.facts()));
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = ResourceReport.of(facts, resource);
        report.put("mountedAt", ResourceUse.of(facts, resource).mountPoints());
        Map<String, Object> generations = new LinkedHashMap<>();
        DrbdFacts.configured(facts, resource)
                .metadata()
                .forEach((volume, ids) -> generations.put(
                        String.valueOf(volume),
                        ids.stream().map(GenerationComparison::words).collect(Collectors.joining(" "))));
        report.put("generations", generations);
        return report;
    }

    private Map<String, Object> relations(ClusterFacts facts) {
        List<NodeFacts> members = DrbdFacts.members(facts, resource);
        Map<String, Object> relations = new LinkedHashMap<>();
        NodeFacts given = facts.node(victim);
        for (NodeFacts member : members) {
            ConfiguredResource configured = DrbdFacts.configured(given, resource);
            if (member != given && configured.isConfigured()) {
                GenerationComparison.relations(given, member, configured.resource())
                        .forEach((volume, relation) -> relations.put(member.name() + "/" + volume, relation.name()));
            }
        }
        return Map.of("victimTo", relations);
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        boolean here = facts.name().equals(victim);
        return facts.change(DrbdProbes.STATE, state -> SimulatedDrbd.reunited(state, resource))
                .change(DrbdProbes.STATE, state -> here ? SimulatedDrbd.demoted(state, resource, true) : state);
    }
}
