package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The values of the result of a step: plain values, in order.
 *
 * @param whole the values of the whole step
 * @param nodes the values of each node, by name
 */
public record Report(Map<String, Object> whole, Map<String, Map<String, Object>> nodes) {
    /** A report with these values of each node. */
    public static Report ofNodes(ClusterFacts facts, Function<NodeFacts, Map<String, Object>> report) {
        Map<String, Map<String, Object>> nodes = new LinkedHashMap<>();
        facts.all().forEach(node -> nodes.put(node.name(), report.apply(node)));
        return new Report(Map.of(), nodes);
    }

    /** The same with values of the whole step. */
    public Report and(Map<String, Object> whole) {
        return new Report(whole, nodes);
    }
}
