package io.jenkins.plugins.drbdocfs2.remote;

import java.io.IOException;

/**
 * A node could not be reached or was lost. The message is written for the reader of a build log: it names the node, what
 * was being done, what was found and what to do.
 */
public class RemoteException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String nodeName;
    private final Kind kind;

    /** What went wrong. */
    public enum Kind {
        /** No host key is known for the node, or what is known cannot be read. */
        UNKNOWN_HOST_KEY,
        /** The node shows another host key than the known one, or a revoked one. */
        CHANGED_HOST_KEY,
        /** The node does not accept the credentials. */
        AUTHENTICATION,
        /** No connection: refused, no route, no such host, or not in time. */
        UNREACHABLE,
        /** sudo does not let the user in. */
        SUDO,
        /** The node was reached and the login done, but a script did not start: nothing of it ran. */
        NOT_STARTED,
        /** A script ran, or was silent, longer than it may. */
        TIMEOUT,
        /** The connection broke while a script ran: whether it went on is not known. */
        LOST
    }

    /**
     * @param nodeName the node's name
     * @param kind what went wrong
     * @param message a whole sentence or more
     * @param cause what told so, or null
     */
    public RemoteException(String nodeName, Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.nodeName = nodeName;
        this.kind = kind;
    }

    /** The name of the node. */
    public String nodeName() {
        return nodeName;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
