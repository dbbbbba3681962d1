package io.jenkins.plugins.drbdocfs2.remote;

import java.io.IOException;

/**
 * A node could not be reached or was lost. The message is for the build log: it names the node, the action, the finding and
 * the remedy.
 */
public class RemoteException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String nodeName;
    private final Kind kind;

    /** What went wrong. */
    public enum Kind {
        /** No host key is known for the node, or the known keys cannot be read. */
        UNKNOWN_HOST_KEY,
        /** The node presents another host key than the known one, or a revoked one. */
        CHANGED_HOST_KEY,
        /** The node does not accept the credentials. */
        AUTHENTICATION,
        /** No connection: refused, no route, unknown host, or timeout. */
        UNREACHABLE,
        /** sudo does not let the user in. */
        SUDO,
        /** The node was reached and the login done, but a script did not start: nothing of it ran. */
        NOT_STARTED,
        /** A script ran, or printed nothing, for too long. */
        TIMEOUT,
        /** The connection was lost while a script ran; its outcome is unknown. */
        LOST
    }

    /**
     * @param nodeName the node's name
     * @param kind what went wrong
     * @param message one or more complete sentences
     * @param cause the cause, or null
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
