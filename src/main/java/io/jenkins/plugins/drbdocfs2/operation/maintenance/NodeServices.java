package io.jenkins.plugins.drbdocfs2.operation.maintenance;

import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceUse;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The look of withNodeInMaintenance for what to move to another node: the resources that may have one Primary only, and have
 * it on this node.
 *
 * @param node the node
 */
public record NodeServices(String node) implements Operation {
    /** The key of the services in the result. */
    public static final String SERVICES = "services";

    /** The key of the node that can take over a service. */
    public static final String TO = "to";

    @Override
    public void check(List<Node> nodes) {
        ParameterRules.node("node", node, nodes);
    }

    @Override
    public Map<String, Object> subject() {
        return Map.of("node", node == null ? "" : node);
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL_CHOSEN;
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        if (known.isEmpty()) {
            return RebootCheck.probes().and(ResourceUse.probes().probes());
        }
        ProbeSet probes = ProbeSet.of();
        for (String resource : DrbdFacts.running(known.node(of.name())).keySet()) {
            probes = probes.and(DrbdFacts.probes(resource).probes());
        }
        return probes.missingIn(known.node(of.name()));
    }

    @Override
    public Plan plan(ClusterFacts facts) {
        return Plan.nothing();
    }

    @Override
    public Report report(Findings found) {
        return Operation.super.report(found).and(Map.of(SERVICES, services(found.facts())));
    }

    private List<Map<String, Object>> services(ClusterFacts facts) {
        List<Map<String, Object>> services = new ArrayList<>();
        NodeFacts here = facts.node(node);
        for (ResourceState state : DrbdFacts.running(here).values()) {
            List<String> mountPoints = ResourceUse.of(here, state.name()).mountPoints();
            String to = successor(facts, state);
            if (to != null && mountPoints.size() <= 1) {
                String mountPoint = mountPoints.isEmpty() ? null : mountPoints.get(0);
                Map<String, Object> service = new MovedService(state.name(), mountPoint).toMap();
                service.put(TO, to);
                services.add(service);
            }
        }
        return services;
    }

    /** The first other node that can become Primary instead of this one; null if none can, or there is no need. */
    private String successor(ClusterFacts facts, ResourceState state) {
        boolean alone = state.isPrimary()
                && !state.hasPrimaryPeer()
                && state.isUpToDateEverywhere()
                && !DrbdFacts.configured(facts.node(node), state.name()).dualPrimary();
        if (!alone) {
            return null;
        }
        return facts.all().stream()
                .filter(other -> !other.name().equals(node))
                .filter(other -> DrbdFacts.state(other, state.name()) != null
                        && DrbdFacts.state(other, state.name()).isReady())
                .map(NodeFacts::name)
                .findFirst()
                .orElse(null);
    }
}
