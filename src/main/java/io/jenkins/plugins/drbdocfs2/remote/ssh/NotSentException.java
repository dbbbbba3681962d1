package io.jenkins.plugins.drbdocfs2.remote.ssh;

/** No channel was opened, so nothing was sent: the connection is lost, or the server refused. */
final class NotSentException extends Exception {
    private static final long serialVersionUID = 1L;

    NotSentException(String message) {
        super(message);
    }
}
