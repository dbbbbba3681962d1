package io.jenkins.plugins.drbdocfs2.runner;

/** The runner was called in a way that it does not know; the message says what is wrong. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what is wrong. */
    public UsageException(String message) {
        super(message);
    }
}
