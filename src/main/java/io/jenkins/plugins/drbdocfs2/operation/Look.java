package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.result.NodeResult;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A look at the nodes, and what the result says of it. What it says of a later step of a dry run is named there, since
 * nobody has seen it: it would be so after the steps before.
 *
 * @param facts what the operation decides by
 * @param seen what the nodes said; the same but in a dry run after others
 */
record Look(ClusterFacts facts, ClusterFacts seen) {
    /** The names of the values that were not seen, in the result. */
    static final String ASSUMED = "assumed";

    void describe(Operation operation, StepResult result) {
        boolean tellsOfMissing = operation.nodeNeed() == NodeNeed.ANY;
        for (NodeFacts node : facts.all()) {
            NodeResult to = result.node(node.name());
            Map<String, Object> report =
                    new LinkedHashMap<>(tellsOfMissing ? Reached.report(facts, node.name()) : Map.of());
            report.putAll(marked(
                    operation.report(node, facts, to.commands()),
                    operation.report(seen.node(node.name()), seen, to.commands())));
            to.found(report);
        }
        facts.missing().keySet().forEach(name -> result.node(name).found(Reached.report(facts, name)));
        Map<String, Object> whole = new LinkedHashMap<>(tellsOfMissing ? Reached.report(facts) : Map.of());
        whole.putAll(marked(operation.report(facts), operation.report(seen)));
        result.found(whole);
    }

    /** Adds what came of the step. */
    void describeOutcome(Operation operation, ClusterFacts before, StepResult result) {
        for (NodeFacts node : facts.all()) {
            result.node(node.name()).add(operation.report(before.node(node.name()), node));
        }
        result.add(operation.report(before, facts));
    }

    private static Map<String, Object> marked(Map<String, Object> report, Map<String, Object> ofSeen) {
        List<String> assumed = report.keySet().stream()
                .filter(key -> !ofSeen.containsKey(key) || !Objects.equals(report.get(key), ofSeen.get(key)))
                .toList();
        Map<String, Object> marked = new LinkedHashMap<>(report);
        if (!assumed.isEmpty()) {
            marked.put(ASSUMED, assumed);
        }
        return marked;
    }
}
