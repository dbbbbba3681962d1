package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The outcome of a step.
 *
 * @param result its result as plain values, complete or, after a failure, partial
 * @param failure the error, or null
 * @param unstable why the step makes the build unstable; null if it does not
 * @param toLock the names of the nodes to lock, if the step ended before it would have changed a node, because that needs
 *     locks; else empty: see {@link Engine.Locking}
 */
public record Outcome(Map<String, Object> result, String failure, String unstable, List<String> toLock)
        implements Serializable {
    /** Whether the step ended because it needs locks. */
    public boolean needsLock() {
        return !toLock.isEmpty();
    }

    /** The names of the nodes that it changed or, in a dry run, would. */
    public List<String> changedNodes() {
        return result.get("nodes") instanceof Map<?, ?> nodes
                ? nodes.entrySet().stream()
                        .filter(node ->
                                node.getValue() instanceof Map<?, ?> found && Boolean.TRUE.equals(found.get("changed")))
                        .map(node -> String.valueOf(node.getKey()))
                        .toList()
                : List.of();
    }

    /** The refusals, each with its ID and parts; empty if it was not refused. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> refusals() {
        return (List<Map<String, Object>>) result.getOrDefault(StepResult.REFUSALS, List.of());
    }
}
