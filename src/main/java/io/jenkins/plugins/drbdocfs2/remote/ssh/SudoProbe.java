package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ssh.ShellStartParser.StartStage;
import java.time.Duration;

/** Probes, once per connection, how sudo makes a user root. */
final class SudoProbe {
    private final SshConnection connection;
    private final ScriptErrors errors;
    private final Login login;
    private final Duration limit;

    SudoProbe(SshConnection connection, ScriptErrors errors, Login login, Duration limit) {
        this.connection = connection;
        this.errors = errors;
        this.login = login;
        this.limit = limit;
    }

    /**
     * How scripts become root.
     *
     * @throws RemoteException if they cannot
     */
    Privilege probe() throws NotSentException, RemoteException, InterruptedException {
        try {
            return probe(Privilege.SUDO);
        } catch (NotStartedException withoutPassword) {
            boolean another = withoutPassword.start().stage() == StartStage.SUDO
                    && login.password() != null
                    && !login.password().contains("\n");
            if (!another) {
                throw errors.notStarted(withoutPassword.start(), null);
            }
        }
        try {
            return probe(Privilege.SUDO_WITH_PASSWORD);
        } catch (NotStartedException withPassword) {
            throw errors.notStarted(withPassword.start(), null);
        }
    }

    private Privilege probe(Privilege how)
            throws NotSentException, NotStartedException, RemoteException, InterruptedException {
        ShellChannel channel = new ShellChannel(connection, Bootstrap.ONE, how, login);
        new ScriptExecution(channel, errors, new SingleScript(Script.of("").withTimeout(limit), null)).run();
        return how;
    }
}
