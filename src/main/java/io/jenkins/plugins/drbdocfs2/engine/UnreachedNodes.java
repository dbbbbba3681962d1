package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a step that makes do with some of its nodes tells of the others. */
final class UnreachedNodes {
    private UnreachedNodes() {}

    /** Of the whole: whether all nodes told. */
    static Map<String, Object> report(ClusterFacts facts) {
        return Map.of("complete", facts.missing().isEmpty());
    }

    /** Of a node: whether it could be asked, and why not. */
    static Map<String, Object> report(ClusterFacts facts, String node) {
        Map<String, Object> report = new LinkedHashMap<>();
        String reason = facts.missing().get(node);
        report.put("reachable", reason == null);
        if (reason != null) {
            report.put("reason", reason);
        }
        return report;
    }

    /** For the log: each node that did not tell. */
    static List<String> notes(ClusterFacts facts) {
        return facts.missing().entrySet().stream()
                .map(node -> Plan.WARNING + node.getKey() + " could not be asked, so the state is not whole: "
                        + node.getValue())
                .toList();
    }
}
