package io.jenkins.plugins.drbdocfs2.faults;

/** The kinds of faults. */
enum Fault {
    POWER_LOSS("power loss", true),
    LINK_CUT("replication link cut", false),
    SSHD_KILLED("sshd and its sessions killed", false),
    CONNECTION_RESET("connection reset", false),
    DISK_FULL("root filesystem full", true),
    RUNNER_KILLED("runner killed", false),
    ABORT("build aborted", false);

    private final String text;
    private final boolean mayOutlastTheBuild;

    Fault(String text, boolean mayOutlastTheBuild) {
        this.text = text;
        this.mayOutlastTheBuild = mayOutlastTheBuild;
    }

    /** Whether it may last until the build has ended; the build must then end by itself. */
    boolean mayOutlastTheBuild() {
        return mayOutlastTheBuild;
    }

    /** Whether it affects a node, and not the runner. */
    boolean affectsNode() {
        return this != RUNNER_KILLED && this != ABORT;
    }

    @Override
    public String toString() {
        return text;
    }
}
