package io.jenkins.plugins.drbdocfs2.remote.hostkeys;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The reasons for refused host keys, and their remedies. */
public final class HostKeyErrors {
    private HostKeyErrors() {}

    /** The error for a verdict; null if the key is accepted. */
    public static RemoteException of(Node node, HostKeys hostKeys, HostKey shown, HostKeys.Verdict verdict) {
        return switch (verdict) {
            case ACCEPTED -> null;
            case UNKNOWN -> unknown(node, hostKeys, shown);
            case CHANGED -> changed(node, hostKeys, shown);
            case REVOKED -> new RemoteException(
                    node.name(),
                    Kind.CHANGED_HOST_KEY,
                    at(node) + ": its host key is revoked: it shows " + shown + ", which " + hostKeys.where()
                            + " marks as @revoked. A thief of that key can impersonate the node: nothing was sent to it."
                            + " Give the node a new host key and remove the revoked one from it",
                    null);
        };
    }

    private static RemoteException unknown(Node node, HostKeys hostKeys, HostKey shown) {
        return new RemoteException(
                node.name(),
                Kind.UNKNOWN_HOST_KEY,
                at(node) + ": its host key is not known: it shows " + shown + ", and there is no key for "
                        + KnownHosts.name(node.host(), node.port()) + " in " + hostKeys.where() + ". "
                        + compare(shown) + " If they are the same, "
                        + hostKeys.howToTrust(node.host(), node.port(), shown),
                null);
    }

    private static RemoteException changed(Node node, HostKeys hostKeys, HostKey shown) {
        String name = KnownHosts.name(node.host(), node.port());
        return new RemoteException(
                node.name(),
                Kind.CHANGED_HOST_KEY,
                at(node) + ": its host key has changed: it shows " + shown + ", but for " + name + " "
                        + hostKeys.where() + " has " + list(node, hostKeys)
                        + ". Either the node was reinstalled, or another machine impersonates it: nothing was sent to it. "
                        + compare(shown) + " If they are the same, "
                        + hostKeys.howToReplace(node.host(), node.port(), shown),
                null);
    }

    /** The error for known keys that cannot be read, or a key that cannot be saved. */
    public static RemoteException unreadable(Node node, HostKeys hostKeys, IOException cause) {
        return new RemoteException(
                node.name(),
                Kind.UNKNOWN_HOST_KEY,
                at(node) + ": its host key could not be checked with " + hostKeys.where() + ": " + cause
                        + ". Make that file one that the user "
                        + System.getProperty("user.name") + " can use",
                cause);
    }

    private static String compare(HostKey shown) {
        return "Compare the fingerprint with what ssh-keygen -lf /etc/ssh/ssh_host_"
                + shown.type().replaceAll("^ssh-|-.*", "") + "_key.pub prints on the node's console.";
    }

    private static String list(Node node, HostKeys hostKeys) {
        try {
            List<HostKey> known = hostKeys.known(node.host(), node.port());
            return known.stream().map(HostKey::toString).collect(Collectors.joining(", "));
        } catch (IOException e) {
            return "others";
        }
    }

    private static String at(Node node) {
        return node.name() + " (" + node.host() + ":" + node.port() + ")";
    }
}
