package io.jenkins.plugins.drbdocfs2.runner;

/** The command line or a file of it is wrong; the message says why. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
