package io.jenkins.plugins.drbdocfs2.faults;

/** An invariant of a round that is broken. */
final class BrokenInvariant extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenInvariant(String message) {
        super(message);
    }
}
