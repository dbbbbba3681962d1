package io.jenkins.plugins.drbdocfs2.operation.describe;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something about the nodes that no step says, or that a step would change or refuse.
 *
 * @param node the node; null if it is of no single node
 * @param step the step that it is about; null if there is none
 * @param text the remark
 */
record Remark(String node, String step, String text) {
    /** A remark about a node. */
    static Remark on(String node, String text) {
        return new Remark(node, null, text);
    }

    /** The comments for remarks; one for all nodes with the same text. */
    static List<String> comments(List<Remark> remarks) {
        Map<String, Set<String>> nodes = new LinkedHashMap<>();
        for (Remark remark : remarks) {
            Set<String> names = nodes.computeIfAbsent(remark.text, key -> new LinkedHashSet<>());
            if (remark.node != null) {
                names.add(remark.node);
            }
        }
        return nodes.entrySet().stream()
                .map(entry -> entry.getValue().isEmpty()
                        ? entry.getKey()
                        : String.join(", ", entry.getValue()) + ": " + entry.getKey())
                .toList();
    }

    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        if (node != null) {
            report.put("node", node);
        }
        if (step != null) {
            report.put("step", step);
        }
        report.put("text", text);
        return report;
    }
}
