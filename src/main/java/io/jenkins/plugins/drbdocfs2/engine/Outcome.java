package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * How a step ended.
 *
 * @param result its result as plain values, whole or, where it failed, as far as it came
 * @param failure what went wrong, or null
 */
public record Outcome(Map<String, Object> result, String failure) implements Serializable {
    /** The reasons why it was refused, each with its id and parts; none where it was not. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> refusals() {
        return (List<Map<String, Object>>) result.getOrDefault(StepResult.REFUSALS, List.of());
    }
}
