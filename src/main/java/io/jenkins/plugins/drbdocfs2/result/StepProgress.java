package io.jenkins.plugins.drbdocfs2.result;

import java.util.Map;

/** Receives the progress of a running step; called by several threads. */
@FunctionalInterface
public interface StepProgress {
    /** Ignores the progress. */
    StepProgress NONE = (node, soFar) -> {};

    /**
     * Receives the progress on a node.
     *
     * @param node the name of the node
     * @param soFar its result so far, with {@link StepResult#DOING} and {@link StepResult#PROGRESS} if there are any; plain
     *     values without secrets
     */
    void node(String node, Map<String, Object> soFar);
}
