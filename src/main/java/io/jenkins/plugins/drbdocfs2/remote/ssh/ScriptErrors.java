package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import java.time.Duration;

/** The failures of scripts apart from exit codes, and their remedies. */
final class ScriptErrors {
    private static final int MAX_QUOTE = 200;

    private final Node node;
    private final Login login;

    ScriptErrors(Node node, Login login) {
        this.node = node;
        this.login = login;
    }

    /** A node and its login, such as {@code sv1 (10.0.0.1:22, user ops)}. */
    static String where(Node node, Login login) {
        return node.name() + " (" + node.host() + ":" + node.port() + ", user " + login.user() + ")";
    }

    RemoteException tooLong(Duration limit) {
        return fault(
                Kind.TIMEOUT,
                "the script ran longer than " + Durations.text(limit)
                        + " and was ended. Find out on the node what it waits for, or allow more time");
    }

    /** @param hasMore whether other scripts follow the one that ran */
    RemoteException lost(String reason, boolean hasMore) {
        return fault(
                Kind.LOST,
                "the connection was lost while a script ran: " + reason + ". It is unknown whether the script "
                        + "finished" + (hasMore ? ", and whether those sent with it ran" : "")
                        + ": the node ends what still runs when it notices the loss. Check the state of "
                        + "the node, then run the step again: it makes only the missing changes");
    }

    RemoteException closed() {
        return fault(
                Kind.NOT_STARTED,
                "the script did not start: the connection was closed, because the step that opened it has ended");
    }

    RemoteException noChannel(String reason) {
        return fault(
                Kind.NOT_STARTED,
                "the script did not start: the SSH server opens no channel for it (" + reason
                        + "). Check in the node's sshd_config that MaxSessions is not 0, and see its log");
    }

    RemoteException noAnswer(Duration limit) {
        return fault(
                Kind.NOT_STARTED,
                "the script did not start: the login works, but the SSH server opened no channel for it within "
                        + Durations.text(limit)
                        + ". Check that the node is not overloaded, or allow more time to connect");
    }

    RemoteException notStarted(ShellStart.Failure failure, Duration limit) {
        return new ScriptStartErrors(node, login).of(failure, limit);
    }

    /** The end of the output, because it may begin with a greeting. */
    static String quoted(String output) {
        String line = output.strip().replaceAll("\\s+", " ");
        if (line.isEmpty()) {
            return "nothing";
        }
        int cut = Math.max(0, line.length() - MAX_QUOTE);
        return (cut == 0 ? "\"" : "\"... ") + line.substring(cut) + "\"";
    }

    private RemoteException fault(Kind kind, String what) {
        return new RemoteException(node.name(), kind, where(node, login) + ": " + what, null);
    }
}
