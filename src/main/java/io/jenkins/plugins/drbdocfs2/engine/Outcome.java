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
 */
public record Outcome(Map<String, Object> result, String failure) implements Serializable {
    /** The refusals, each with its ID and parts; empty if it was not refused. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> refusals() {
        return (List<Map<String, Object>>) result.getOrDefault(StepResult.REFUSALS, List.of());
    }
}
