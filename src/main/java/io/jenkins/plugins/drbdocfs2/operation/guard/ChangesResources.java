package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import java.util.Set;

/** An operation that changes DRBD resources or the data on them; see {@link ManagedElsewhereCheck}. */
public interface ChangesResources {
    /** The names of these resources, according to the facts of a node. */
    Set<String> changedResources(NodeFacts node);
}
