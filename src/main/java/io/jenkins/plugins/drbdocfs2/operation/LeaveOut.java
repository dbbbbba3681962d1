package io.jenkins.plugins.drbdocfs2.operation;

/** Whether a step may go on without a node that cannot be reached, by its {@code nodes}. */
public enum LeaveOut {
    /** What it does on a node is about that node alone. */
    SAFE("To go on without"),
    /** What the other node does, if it runs at all, matters. */
    WHEN_OFF("If it is off for sure, and stays off until it can rejoin, go on without"),
    /** All nodes of the resource or the cluster have to be asked. */
    NO(null);

    private final String words;

    LeaveOut(String words) {
        this.words = words;
    }

    /** What to do about nodes that could not be reached while others could; empty where there is no such way. */
    String remedy(String missing, String others) {
        return words == null ? "" : "\n" + words + " " + missing + ": nodes: '" + others + "'";
    }
}
