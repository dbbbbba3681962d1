package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;

/** The preconditions of every operation. */
public final class Preconditions {
    private Preconditions() {}

    /**
     * Refuses if one does not hold.
     *
     * @throws RefusedException with the reasons of the first one that does not hold
     */
    public static void check(Operation operation, ClusterFacts facts) throws RefusedException {
        SuspendedIoCheck.check(operation, facts);
        ManagedElsewhereCheck.check(operation, facts);
    }
}
