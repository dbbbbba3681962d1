package io.jenkins.plugins.drbdocfs2.faults;

/** The cluster that a round starts with. */
enum StartingCluster {
    /** Empty nodes. */
    FRESH("fresh nodes"),
    /** The cluster of examples/dual-primary-ocfs2, with files. */
    DUAL("the dual-primary cluster"),
    /** The same with the cluster of examples/single-primary-xfs beside it, both with files. */
    BOTH("both clusters"),
    /** The dual-primary cluster after writes on both nodes while they were disconnected. */
    SPLIT("the split dual-primary cluster");

    private final String text;

    StartingCluster(String text) {
        this.text = text;
    }

    /** The cluster whose saved disks it starts with. */
    StartingCluster saved() {
        return this == SPLIT ? DUAL : this;
    }

    boolean hasShared() {
        return this != FRESH;
    }

    boolean hasSingle() {
        return this == BOTH;
    }

    @Override
    public String toString() {
        return text;
    }
}
