package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The facts of the nodes and their report in the result. In later steps of a dry run the result names the values that were
 * not read from a node but follow from earlier steps.
 *
 * @param facts the facts for the plan
 * @param seen the facts as read; the same except in a dry run after others
 */
public record ObservedFacts(ClusterFacts facts, ClusterFacts seen) {
    /** The key of the assumed values in the result. */
    static final String ASSUMED = "assumed";

    /** Adds the facts to the result. */
    public void describe(Operation operation, StepResult result) {
        describe(operation, null, result);
    }

    /** Adds the facts like {@link #describe}, and the outcome of the step. */
    void describeOutcome(Operation operation, ClusterFacts before, StepResult result) {
        describe(operation, before, result);
    }

    private void describe(Operation operation, ClusterFacts before, StepResult result) {
        boolean reportsMissing = operation.nodeRequirement().reportsMissing();
        Map<String, List<Map<String, Object>>> commands = new HashMap<>();
        facts.names().forEach(name -> commands.put(name, result.node(name).commands()));
        Report report = operation.report(new Findings(facts, before, commands));
        Report seenReport = operation.report(new Findings(seen, before, commands));
        report.nodes().forEach((name, found) -> {
            Map<String, Object> reported =
                    new LinkedHashMap<>(reportsMissing ? UnreachedNodes.report(facts, name) : Map.of());
            reported.putAll(marked(found, seenReport.nodes().get(name)));
            result.node(name).found(reported);
        });
        facts.missing().keySet().forEach(name -> result.node(name).found(UnreachedNodes.report(facts, name)));
        Map<String, Object> whole = new LinkedHashMap<>(reportsMissing ? UnreachedNodes.report(facts) : Map.of());
        whole.putAll(marked(report.whole(), seenReport.whole()));
        result.found(whole);
    }

    private static Map<String, Object> marked(Map<String, Object> report, Map<String, Object> seenReport) {
        List<String> simulated = report.keySet().stream()
                .filter(key -> !seenReport.containsKey(key) || !Objects.equals(report.get(key), seenReport.get(key)))
                .toList();
        Map<String, Object> marked = new LinkedHashMap<>(report);
        if (!simulated.isEmpty()) {
            marked.put(ASSUMED, simulated);
        }
        return marked;
    }
}
