package io.jenkins.plugins.drbdocfs2.remote;

import io.jenkins.plugins.drbdocfs2.remote.Execution.NotSentException;
import io.jenkins.plugins.drbdocfs2.remote.Execution.NotStartedException;
import io.jenkins.plugins.drbdocfs2.remote.StartMarks.StartStage;
import java.time.Duration;

/** Finds out, once a connection, how sudo makes a user root. */
final class Sudo {
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
            boolean another = withoutPassword.start().stage() == StartStage.SUDO
                    && login.password() != null
                    && !login.password().contains("\n");
            if (!another) {
                throw faults.notStarted(withoutPassword.start(), null);
            }
        }
        try {
            return probe(Become.SUDO_WITH_PASSWORD);
        } catch (NotStartedException withPassword) {
            throw faults.notStarted(withPassword.start(), null);
        }
    }

    private Become probe(Become how)
            throws NotSentException, NotStartedException, RemoteException, InterruptedException {
        ShellChannel channel = new ShellChannel(connection, Bootstrap.ONE, how, login);
        new Execution(channel, faults, Script.of("").withTimeout(limit), null).run();
        return how;
    }
}
