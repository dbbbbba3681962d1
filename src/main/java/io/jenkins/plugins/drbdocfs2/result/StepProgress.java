package io.jenkins.plugins.drbdocfs2.result;

import java.util.Map;

/** Receives the progress of a running step; called by several threads. */
@FunctionalInterface
public interface StepProgress {
    /** Is not interested. */
    StepProgress NONE = (node, soFar) -> {};

    /**
     * There is progress on a node.
     *
     * @param node its name
     * @param soFar its result so far, besides {@link StepResult#DOING} and {@link StepResult#PROGRESS} where there are
     *     such; plain values without secrets
     */
    void node(String node, Map<String, Object> soFar);
}
