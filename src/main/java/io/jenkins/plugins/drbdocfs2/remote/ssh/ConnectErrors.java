package io.jenkins.plugins.drbdocfs2.remote.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.ssh.SshConnection.Phase;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reasons for failed connections, and their remedies. */
final class ConnectErrors {
    private static final Pattern AUTH_FAILED = Pattern.compile("Auth (?:fail|cancel) for methods '([^']*)'");
    private static final Pattern DISCONNECTED = Pattern.compile("SSH_MSG_DISCONNECT: (\\d+) (.*)", Pattern.DOTALL);
    private static final String NO_MORE_AUTH_METHODS = "14";
    private static final String PROTOCOL_ERROR = "2";

    private final Node node;
    private final Login login;
    private final SshSettings settings;

    ConnectErrors(Node node, Login login, SshSettings settings) {
        this.node = node;
        this.login = login;
        this.settings = settings;
    }

    /** The error for an unusable private key. */
    RemoteException badKey(SshLogin.BadKeyException cause) {
        return fault(
                Kind.AUTHENTICATION,
                "the login was not attempted: the credentials " + login.credentialsId() + " " + cause.getMessage(),
                cause);
    }

    /** The error for a failed connect. */
    RemoteException of(
            Exception failure,
            DeadlineSocketFactory sockets,
            JschHostKeyVerifier verifier,
            Phase phase,
            SshLogin shown) {
        RemoteException hostKey = verifier.fault();
        if (hostKey != null) {
            return hostKey;
        }
        if (failure instanceof JSchAlgoNegoFailException algorithms) {
            return unreachable(SshAlgorithms.noneInCommon(algorithms), failure);
        }
        Exception cause = sockets.failure() != null ? sockets.failure() : failure;
        return sockets.reached() ? afterReaching(cause, phase, shown) : beforeReaching(cause);
    }

    private RemoteException beforeReaching(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof UnknownHostException) {
            return unreachable(
                    "there is no host named " + node.host() + ". Correct the node's host, or make the name known",
                    failure);
        }
        if (cause instanceof NameLookup.TooSlowException) {
            return unreachable(
                    "the name service did not resolve " + node.host() + " within "
                            + Durations.text(settings.connectTimeout())
                            + ". See whether it answers, or give the node's IP address as its host",
                    failure);
        }
        if (cause instanceof SocketTimeoutException) {
            return unreachable(
                    "no answer within " + Durations.text(settings.connectTimeout())
                            + ". Check that the node is up, and that no firewall drops port " + node.port(),
                    failure);
        }
        if (cause instanceof ConnectException) {
            return unreachable(
                    "the connection was refused (" + cause.getMessage()
                            + "). Check that its SSH server runs and listens" + " at port " + node.port(),
                    failure);
        }
        return unreachable("no connection: " + cause.getMessage() + ". Check the route to the node", failure);
    }

    private RemoteException afterReaching(Exception failure, Phase phase, SshLogin shown) {
        if (failure instanceof SocketTimeoutException) {
            return unreachable(
                    "it accepted the connection, but the login did not finish within "
                            + Durations.text(settings.connectTimeout()) + ": it stopped " + phase.words()
                            + ". Check that an SSH server answers at port " + node.port()
                            + " and is not overloaded, or allow more time to connect",
                    failure);
        }
        if (failure instanceof EOFException) {
            return unreachable(
                    "it accepted the connection and closed it before the login finished, " + phase.words()
                            + ". Check that an SSH server"
                            + " answers at port " + node.port() + "; its log says why it closed (MaxStartups, a ban,"
                            + " too many wrong logins)" + serverMessage(shown),
                    failure);
        }
        String message = String.valueOf(failure.getMessage()).replaceFirst("[.\\s]+$", "");
        Matcher refused = AUTH_FAILED.matcher(message);
        if (refused.find()) {
            return refused(refused.group(1), shown, failure);
        }
        Matcher disconnected = DISCONNECTED.matcher(message);
        if (disconnected.find()) {
            String code = disconnected.group(1);
            boolean login = code.equals(NO_MORE_AUTH_METHODS) || code.equals(PROTOCOL_ERROR);
            return fault(
                    login ? Kind.AUTHENTICATION : Kind.UNREACHABLE,
                    "the server ended the connection before the login finished, " + phase.words() + ": "
                            + disconnected.group(2).strip() + ". Its log may say more" + serverMessage(shown),
                    failure);
        }
        return unreachable(
                "the connection failed before the login finished, " + phase.words() + ": " + message + rootOf(failure)
                        + ". Check that an SSH server answers at port " + node.port() + serverMessage(shown),
                failure);
    }

    /** The message of the server during the login: from PAM, or a banner. */
    private static String serverMessage(SshLogin shown) {
        return shown == null || shown.banner().isEmpty()
                ? ""
                : ". The server said: " + ScriptErrors.quoted(shown.banner());
    }

    /** The root cause of a failure. */
    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == failure ? "" : " (" + root + ")";
    }

    private RemoteException refused(String methods, SshLogin shown, Exception failure) {
        return shown.accepted().isEmpty() ? notAccepted(methods, shown, failure) : notContent(methods, shown, failure);
    }

    private RemoteException notAccepted(String methods, SshLogin shown, Exception failure) {
        String what = login.privateKeys().isEmpty()
                ? "a password"
                : login.password() == null ? "a private key" : "a private key and a password";
        return fault(
                Kind.AUTHENTICATION,
                "the node does not let " + login.user() + " in with the credentials " + login.credentialsId() + " ("
                        + what + "); it allows: " + methods
                        + ". Check the user name, and that the key is in the user's authorized_keys on the node, or that the"
                        + " password is the user's; the node's log says more" + serverMessage(shown),
                failure);
    }

    /** The server accepted a method and requires another: AuthenticationMethods, sshd_config(5). */
    private RemoteException notContent(String methods, SshLogin shown, Exception failure) {
        boolean password = methods.matches(".*(password|keyboard-interactive).*");
        boolean has = password ? login.password() != null : !login.privateKeys().isEmpty();
        return fault(
                Kind.AUTHENTICATION,
                "the node accepted the " + name(shown.accepted().get(0)) + " of the credentials "
                        + login.credentialsId()
                        + " for " + login.user() + ", and also requires a " + (password ? "password" : "private key")
                        + " (" + methods + ")" + (has ? ", which it did not accept" : ", which they have not")
                        + ". Let the user in by one of them: AuthenticationMethods in the node's sshd_config"
                        + serverMessage(shown),
                failure);
    }

    private static String name(String method) {
        return method.equals("publickey") ? "private key" : "password";
    }

    private RemoteException unreachable(String what, Exception cause) {
        return fault(Kind.UNREACHABLE, what, cause);
    }

    private RemoteException fault(Kind kind, String what, Exception cause) {
        return new RemoteException(
                node.name(), kind, "Connecting to " + ScriptErrors.where(node, login) + ": " + what, cause);
    }
}
