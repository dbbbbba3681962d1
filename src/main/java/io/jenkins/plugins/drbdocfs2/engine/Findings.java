package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import java.util.List;
import java.util.Map;

/**
 * The findings of a step for its result.
 *
 * @param facts the facts of the nodes
 * @param before the facts before the execution, also if there was nothing to do; null before the execution, in a dry run
 *     and after a refusal
 * @param commands the commands executed on each node so far, as in its result
 */
public record Findings(ClusterFacts facts, ClusterFacts before, Map<String, List<Map<String, Object>>> commands) {
    /** Whether the step was executed. */
    public boolean isOutcome() {
        return before != null;
    }

    /** The commands executed on a node so far. */
    public List<Map<String, Object>> commands(String node) {
        return commands.getOrDefault(node, List.of());
    }
}
