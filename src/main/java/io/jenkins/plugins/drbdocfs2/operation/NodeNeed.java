package io.jenkins.plugins.drbdocfs2.operation;

/** What a step needs of the nodes that it works on: reachable, the named ones, and running scripts as root. */
public enum NodeNeed {
    /** All of them must be. */
    ALL,
    /** One must be. The step tells what these say, of the others why they could not be asked. */
    ANY,
    /** None must be: the step looks for just that, in a node's {@link io.jenkins.plugins.drbdocfs2.facts.Contact}. */
    NONE
}
