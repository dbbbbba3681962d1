package io.jenkins.plugins.drbdocfs2.result;

import java.util.Map;

/** Hears what a step does while it does it; called by several threads at once. */
@FunctionalInterface
public interface StepProgress {
    /** Is not interested. */
    StepProgress NONE = (node, soFar) -> {};

    /**
     * There is something new of a node.
     *
     * @param node its name
     * @param soFar its result so far, besides {@link StepResult#DOING} and {@link StepResult#PROGRESS} where there are
     *     such; plain values without secrets
     */
    void node(String node, Map<String, Object> soFar);
}
