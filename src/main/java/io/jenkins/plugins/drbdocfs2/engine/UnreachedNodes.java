package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report of unreachable nodes in a step that continues without them. */
final class UnreachedNodes {
    private UnreachedNodes() {}

    /** For the whole step: whether all nodes answered. */
    static Map<String, Object> report(ClusterFacts facts) {
        return Map.of("complete", facts.missing().isEmpty());
    }

    /** For a node: whether it answered, and the reason if not. */
    static Map<String, Object> report(ClusterFacts facts, String node) {
        Map<String, Object> report = new LinkedHashMap<>();
        String reason = facts.missing().get(node);
        report.put("reachable", reason == null);
        if (reason != null) {
            report.put("reason", reason);
        }
        return report;
    }

    /** For the log: each node that did not answer. */
    static List<String> notes(ClusterFacts facts) {
        return facts.missing().entrySet().stream()
                .map(node -> Plan.WARNING + node.getKey() + " could not be probed, so the state is incomplete: "
                        + node.getValue())
                .toList();
    }
}
