package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What dry runs would change on each node: the differences between the nodes and the Jenkinsfile. */
final class Findings {
    private static final int MAX_STEPS = 50;
    private static final int MAX_CHANGES = 10;
    private static final int LINE = 200;

    private final Map<String, List<Difference>> byNode;

    Findings() {
        this(Map.of());
    }

    private Findings(Map<String, List<Difference>> byNode) {
        this.byNode = new LinkedHashMap<>();
        byNode.forEach((node, differences) -> this.byNode.put(node, new ArrayList<>(differences)));
    }

    /**
     * What one step would change on a node.
     *
     * @param step the step
     * @param changes the first changes, one line each
     */
    record Difference(StepHead step, List<String> changes) {}

    Findings copy() {
        return new Findings(byNode);
    }

    void add(ReportStep step) {
        if (step.state() != StepState.WOULD_CHANGE) {
            return;
        }
        String cluster = step.head().cluster();
        step.nodes().forEach((name, node) -> {
            List<Difference> differences = byNode.computeIfAbsent(
                    ClippedText.line(cluster.isEmpty() ? name : name + " of " + cluster, LINE),
                    key -> new ArrayList<>());
            if (LenientJson.isTrue(node.get("changed")) && differences.size() < MAX_STEPS) {
                differences.add(new Difference(
                        step.head(),
                        LenientJson.list(node.get("planned")).stream()
                                .limit(MAX_CHANGES)
                                .map(change -> ClippedText.line(LenientJson.text(change), LINE))
                                .toList()));
            }
        });
    }

    /** The differences by node; a node without any has an empty list. */
    Map<String, List<Difference>> byNode() {
        return byNode;
    }
}
