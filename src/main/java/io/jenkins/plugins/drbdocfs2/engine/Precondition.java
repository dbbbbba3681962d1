package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;

/** A precondition for every operation. */
@FunctionalInterface
public interface Precondition {
    /** Holds always. */
    Precondition NONE = (operation, facts) -> {};

    /**
     * Refuses if it does not hold.
     *
     * @throws RefusedException with all reasons
     */
    void check(Operation operation, ClusterFacts facts) throws RefusedException;
}
