package io.jenkins.plugins.drbdocfs2.engine;

/** What a step needs of the nodes that it works on: reachable, the named ones, and running scripts as root. */
public enum NodeRequirement {
    /** All of them must be, and all nodes of the resource or the cluster must be asked. */
    ALL(null),
    /** All of them must be; what is done on a node is about that node alone, so {@code nodes} may leave others out. */
    ALL_CHOSEN("To go on without"),
    /** All of them must be; {@code nodes} may leave out one that is off, since what it does, if it runs at all, matters. */
    ALL_RUNNING("If it is off for sure, and stays off until it can rejoin, go on without"),
    /** One must be. The step tells what these say, of the others why they could not be asked. */
    ANY(null),
    /**
     * None must be: the step looks for just that, in a node's {@link io.jenkins.plugins.drbdocfs2.facts.ProbeOutcome}.
     */
    NONE(null);

    private final String words;

    NodeRequirement(String words) {
        this.words = words;
    }

    /** Whether the step fails where one of its nodes is not. */
    boolean isAll() {
        return this != ANY && this != NONE;
    }

    /** What to do about nodes that could not be reached while others could; empty where there is no such way. */
    String remedy(String missing, String others) {
        return words == null ? "" : "\n" + words + " " + missing + ": nodes: '" + others + "'";
    }
}
