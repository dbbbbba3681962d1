package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.HashMap;
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
public record ObservedFacts(ClusterFacts facts, ClusterFacts seen) {
    /** The names of the values that were not seen, in the result. */
    static final String ASSUMED = "assumed";

    /** Puts what was seen into the result. */
    public void describe(Operation operation, StepResult result) {
        describe(operation, null, result);
    }

    /** Tells of the nodes as {@link #describe}, and what came of the step. */
    void describeOutcome(Operation operation, ClusterFacts before, StepResult result) {
        describe(operation, before, result);
    }

    private void describe(Operation operation, ClusterFacts before, StepResult result) {
        boolean tellsOfMissing = operation.nodeRequirement() == NodeRequirement.ANY;
        Map<String, List<Map<String, Object>>> commands = new HashMap<>();
        facts.names().forEach(name -> commands.put(name, result.node(name).commands()));
        Report report = operation.report(new Findings(facts, before, commands));
        Report ofSeen = operation.report(new Findings(seen, before, commands));
        report.nodes().forEach((name, found) -> {
            Map<String, Object> told =
                    new LinkedHashMap<>(tellsOfMissing ? UnreachedNodes.report(facts, name) : Map.of());
            told.putAll(marked(found, ofSeen.nodes().get(name)));
            result.node(name).found(told);
        });
        facts.missing().keySet().forEach(name -> result.node(name).found(UnreachedNodes.report(facts, name)));
        Map<String, Object> whole = new LinkedHashMap<>(tellsOfMissing ? UnreachedNodes.report(facts) : Map.of());
        whole.putAll(marked(report.whole(), ofSeen.whole()));
        result.found(whole);
    }

    private static Map<String, Object> marked(Map<String, Object> report, Map<String, Object> ofSeen) {
        List<String> simulated = report.keySet().stream()
                .filter(key -> !ofSeen.containsKey(key) || !Objects.equals(report.get(key), ofSeen.get(key)))
                .toList();
        Map<String, Object> marked = new LinkedHashMap<>(report);
        if (!simulated.isEmpty()) {
            marked.put(ASSUMED, simulated);
        }
        return marked;
    }
}
