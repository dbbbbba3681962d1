package io.jenkins.plugins.drbdocfs2.engine;

/** How many nodes of a step must be usable: reachable, with the expected name, and root. */
public enum NodeRequirement {
    /** All of them, and all nodes of the resource or the cluster must be part of the step. */
    ALL(null),
    /** All of them; nodes are independent, so {@code nodes} may exclude some. */
    ALL_CHOSEN("To go on without"),
    /** All of them; {@code nodes} may exclude a node only if it is off, because a running node matters. */
    ALL_RUNNING("If it is off for sure, and stays off until it can rejoin, go on without"),
    /** At least one. The step reports the facts of these, and for the others the reason. */
    ANY(null),
    /** None: like {@link #ANY}, but the step also reports that no node is usable. */
    ANY_OR_NONE(null),
    /**
     * None: the step itself checks it, by the {@link io.jenkins.plugins.drbdocfs2.facts.ProbeOutcome}.
     */
    NONE(null);

    private final String words;

    NodeRequirement(String words) {
        this.words = words;
    }

    /** Whether the step fails if one of its nodes is not usable. */
    boolean isAll() {
        return !reportsMissing() && this != NONE;
    }

    /** Whether the step reports the nodes that are not usable, and continues without them. */
    boolean reportsMissing() {
        return this == ANY || this == ANY_OR_NONE;
    }

    /** The remedy if some nodes are unreachable; empty if there is none. */
    String remedy(String missing, String others) {
        return words == null ? "" : "\n" + words + " " + missing + ": nodes: '" + others + "'";
    }
}
