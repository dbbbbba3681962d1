package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the dry runs of a cluster's block would have brought about, so that a later step's dry run can see the nodes as if
 * it stood. Safe for use by several threads at once.
 */
public final class Assumptions {
    private final List<Operation> operations = new CopyOnWriteArrayList<>();

    /** Assumes from now on that the operation has been carried out. */
    public void add(Operation operation) {
        operations.add(operation);
    }

    /** The facts as they would be. */
    public NodeFacts apply(NodeFacts facts) {
        NodeFacts assumed = facts;
        for (Operation operation : operations) {
            assumed = operation.assume(assumed);
        }
        return assumed;
    }
}
