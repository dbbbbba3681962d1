package io.jenkins.plugins.drbdocfs2.faults;

/** What had to hold in a round and did not. */
final class BrokenInvariant extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenInvariant(String message) {
        super(message);
    }
}
