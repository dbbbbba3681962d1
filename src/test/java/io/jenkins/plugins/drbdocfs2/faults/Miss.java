package io.jenkins.plugins.drbdocfs2.faults;

/** What had to hold in a round and did not. */
final class Miss extends Exception {
    private static final long serialVersionUID = 1L;

    Miss(String message) {
        super(message);
    }
}
