package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import java.util.List;
import java.util.Map;

/**
 * What a step has found, for its result.
 *
 * @param facts what the nodes say
 * @param before what they said before the step was carried out, also where there was nothing to do; null as long as it was
 *     not: at first, in a dry run and of a refusal
 * @param commands the commands that were run on each node so far, as in its result
 */
public record Findings(ClusterFacts facts, ClusterFacts before, Map<String, List<Map<String, Object>>> commands) {
    /** Whether the step was carried out. */
    public boolean isOutcome() {
        return before != null;
    }

    /** The commands that were run on a node so far. */
    public List<Map<String, Object>> commands(String node) {
        return commands.getOrDefault(node, List.of());
    }
}
