package io.jenkins.plugins.drbdocfs2.faults;

/** The cluster that a round begins with. */
enum StartingCluster {
    /** Empty nodes. */
    FRESH("fresh nodes"),
    /** That of examples/dual-primary-ocfs2, with files. */
    DUAL("the dual-primary cluster"),
    /** The same, and that of examples/single-primary-xfs beside it, with files too. */
    BOTH("both clusters"),
    /** The first again, after both nodes were written to while they did not see each other. */
    SPLIT("the split dual-primary cluster");

    private final String text;

    StartingCluster(String text) {
        this.text = text;
    }

    /** Whose disks it begins with. */
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
