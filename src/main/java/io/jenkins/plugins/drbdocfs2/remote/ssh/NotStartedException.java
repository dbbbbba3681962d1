package io.jenkins.plugins.drbdocfs2.remote.ssh;

/** The node ended the channel before the script started. */
final class NotStartedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ShellStart.Failure start;

    NotStartedException(ShellStart.Failure start) {
        super(start.output());
        this.start = start;
    }

    /** The stage that it reached, and the output of the node. */
    ShellStart.Failure start() {
        return start;
    }
}
