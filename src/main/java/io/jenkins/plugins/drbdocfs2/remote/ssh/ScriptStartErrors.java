package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import java.time.Duration;
import java.util.regex.Pattern;

/** The reasons why no script started after a successful login: the program that answered, its output, and the remedy. */
final class ScriptStartErrors {
    private static final Pattern EXPIRED = words("password (has )?expired|password is expired|password change required"
            + "|required to change your password|change your password|account (has )?expired|account is expired"
            + "|account or password is expired|account validation failure");
    private static final Pattern NO_LOGIN = words("account is (currently )?not available|not available");
    private static final Pattern NO_SUDO = words("(env|sh|exec): .*\\bsudo\\b.*(no such file|not found)");
    private static final Pattern BROKEN_SUDO =
            words("no valid sudoers|syntax error|parse error|unable to (open|stat|read)"
                    + "|is world writable|is owned by|should be mode|must be owned by|effective uid is not 0|no new "
                    + "privileges");
    private static final Pattern TERMINAL = words("must have a tty|terminal is required to run");
    private static final Pattern NOT_ALLOWED =
            words("not in the sudoers|may not run|not allowed|i'm afraid i can't|not permitted");
    private static final Pattern WRONG_PASSWORD = words("incorrect password|sorry, try again|incorrect authentication");
    private static final Pattern WANTS_PASSWORD = words(
            "password is required|read the password|no tty present" + "|authentication (is )?required|no askpass");

    private final Node node;
    private final Login login;

    ScriptStartErrors(Node node, Login login) {
        this.node = node;
        this.login = login;
    }

    /** The same; {@code limit} is the time limit, null if the start ended by itself. */
    RemoteException of(ShellStart.Failure failure, Duration limit) {
        return switch (failure.stage()) {
            case LOGIN -> fault(Kind.NOT_STARTED, login(failure, limit));
            case SUDO -> fault(Kind.SUDO, sudo(failure, limit));
                // After a timeout the script may have been sent completely, and it is unknown whether it still started
            case READY -> fault(limit == null ? Kind.NOT_STARTED : Kind.TIMEOUT, shell(failure, limit));
        };
    }

    private RemoteException fault(Kind kind, String what) {
        return new RemoteException(node.name(), kind, ScriptErrors.where(node, login) + ": " + what, null);
    }

    private static String notStarted(Duration limit) {
        return "the login works, but the script did not start"
                + (limit == null ? "" : " within " + Durations.text(limit));
    }

    private static String shell(ShellStart.Failure failure, Duration limit) {
        return notStarted(limit) + ", though its shell did. The node said: " + quotedOutput(failure)
                + ". Check that head and setsid are there, and that the node can start processes";
    }

    private String login(ShellStart.Failure failure, Duration limit) {
        String start =
                notStarted(limit) + ": the user's login shell, one of its start files or a forced command answered. It"
                        + " said: " + quotedOutput(failure) + ". ";
        if (EXPIRED.matcher(failure.output()).find()) {
            return start + "The password or the account of " + login.user()
                    + " has expired on the node: renew it there (passwd, chage), or use another user";
        }
        if (NO_LOGIN.matcher(failure.output()).find()) {
            return start + "Give " + login.user() + " a login shell on the node (chsh), or use another user";
        }
        if (failure.outputIsMissing()) {
            return start
                    + "One of standard output and standard error does not arrive: see to it that no start file and no"
                    + " forced command redirects them";
        }
        return start
                + (limit == null
                        ? "Check the user's login shell and its start files (such as ~/.bashrc), ForceCommand in "
                                + "sshd_config,"
                                + " and command= in authorized_keys"
                        : "Check the user's start files (such as ~/.bashrc): one that starts another shell, waits for "
                                + "input or does"
                                + " not come to its end lets no script run");
    }

    private String sudo(ShellStart.Failure failure, Duration limit) {
        String output = failure.output();
        return meaning(output, limit)
                + (output.isBlank() && failure.exitCode() == null ? "" : ". sudo said: " + quotedOutput(failure));
    }

    private String meaning(String output, Duration limit) {
        String user = login.user();
        if (limit != null) {
            return "sudo did not start the script within " + Durations.text(limit)
                    + ". Find out on the node what it waits for: sudo -n true";
        }
        if (EXPIRED.matcher(output).find()) {
            return "sudo does not serve " + user + ", whose password or account has expired on the node. Renew it there"
                    + " (passwd, chage), or use another user";
        }
        if (TERMINAL.matcher(output).find()) {
            return "sudo wants a terminal, and there is none. Add to /etc/sudoers.d on the node: Defaults:" + user
                    + " !requiretty";
        }
        if (NO_SUDO.matcher(output).find()) {
            return "sudo is not installed. Install it, or log in as root";
        }
        if (BROKEN_SUDO.matcher(output).find()) {
            return "sudo does not work on the node: its files or its configuration are broken. Repair "
                    + "them (visudo"
                    + " -c)";
        }
        if (NOT_ALLOWED.matcher(output).find()) {
            return "sudo does not let " + user + " run commands as root. Add to /etc/sudoers.d on the node: " + user
                    + " ALL=(ALL) ALL";
        }
        if (WRONG_PASSWORD.matcher(output).find()) {
            return "sudo does not take the password of the credentials " + login.credentialsId() + ". Correct it there";
        }
        if (login.password() == null && WANTS_PASSWORD.matcher(output).find()) {
            return "sudo asks for a password, and the credentials " + login.credentialsId()
                    + " have none. Use credentials with the user's password, or add to /etc/sudoers.d on the node: "
                    + user
                    + " ALL=(ALL) NOPASSWD: ALL";
        }
        return "sudo does not run commands as root for " + user + ". Try on the node, as " + user + ": sudo -n true";
    }

    private static String quotedOutput(ShellStart.Failure failure) {
        String code = failure.exitCode() == null ? "" : " (exit code " + failure.exitCode() + ")";
        return ScriptErrors.quoted(failure.output()) + code;
    }

    private static Pattern words(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
    }
}
