package io.jenkins.plugins.drbdocfs2.remote;

import io.jenkins.plugins.drbdocfs2.remote.Execution.NotSentException;
import io.jenkins.plugins.drbdocfs2.remote.Execution.NotStartedException;
import java.time.Duration;

/** Finds out, once a connection, how sudo makes a user root. */
final class Sudo {
    /** Enough lines for every attempt that sudo allows, so that it does not wait for more after a wrong password. */
    private static final String PROBE = "\n".repeat(64);

    private final SshConnection connection;
    private final Faults faults;
    private final Login login;
    private final Duration limit;

    Sudo(SshConnection connection, Faults faults, Login login, Duration limit) {
        this.connection = connection;
        this.faults = faults;
        this.login = login;
        this.limit = limit;
    }

    /**
     * How scripts become root.
     *
     * @throws RemoteException if they cannot
     */
    Become probe() throws NotSentException, RemoteException, InterruptedException {
        try {
            return probe(Become.SUDO);
        } catch (NotStartedException withoutPassword) {
            if (login.password() == null || login.password().contains("\n")) {
                throw faults.sudo(meaning(withoutPassword.getMessage()), withoutPassword.getMessage());
            }
        }
        try {
            return probe(Become.SUDO_WITH_PASSWORD);
        } catch (NotStartedException withPassword) {
            throw faults.sudo(meaning(withPassword.getMessage()), withPassword.getMessage());
        }
    }

    private Become probe(Become how)
            throws NotSentException, NotStartedException, RemoteException, InterruptedException {
        ShellChannel channel = new ShellChannel(connection, Bootstrap.ONE, how, login);
        new Execution(channel, faults, Script.of(PROBE).withTimeout(limit), null).run();
        return how;
    }

    private String meaning(String said) {
        String user = login.user();
        if (said.contains("tty")) {
            return "sudo wants a terminal, and there is none. Add to /etc/sudoers.d on the node: Defaults:" + user
                    + " !requiretty";
        }
        if (said.contains("No such file") || said.contains("not found")) {
            return "sudo is not installed. Install it, or log in as root";
        }
        if (said.contains("sudoers") || said.contains("not allowed") || said.contains("may not run")) {
            return "sudo does not let " + user + " run commands as root. Add to /etc/sudoers.d on the node: " + user
                    + " ALL=(ALL) ALL";
        }
        if (said.contains("incorrect password") || said.contains("try again")) {
            return "sudo does not take the password of the credentials " + login.credentialsId() + ". Correct it there";
        }
        if (login.password() == null && said.contains("password")) {
            return "sudo asks for a password, and the credentials " + login.credentialsId()
                    + " have none. Use credentials with the user's password, or add to /etc/sudoers.d on the node: "
                    + user
                    + " ALL=(ALL) NOPASSWD: ALL";
        }
        return "sudo does not run commands as root for " + user + ". Try on the node, as " + user + ": sudo -n true";
    }
}
