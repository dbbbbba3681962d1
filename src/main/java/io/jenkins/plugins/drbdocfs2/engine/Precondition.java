package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;

/** What has to hold before any operation decides, whatever it is about. */
@FunctionalInterface
public interface Precondition {
    /** Holds always. */
    Precondition NONE = (operation, facts) -> {};

    /**
     * Refuses where it does not hold.
     *
     * @throws RefusedException with all reasons
     */
    void check(Operation operation, ClusterFacts facts) throws RefusedException;
}
