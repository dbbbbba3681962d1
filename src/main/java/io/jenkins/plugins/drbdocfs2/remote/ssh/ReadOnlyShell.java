package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The channel of a node on which one shell runs read-only scripts one after the other. If it is busy or not available, a
 * script runs on its own channel.
 */
final class ReadOnlyShell {
    private final Semaphore channels;
    private final Login login;
    private final ScriptErrors errors;
    private ShellChannel channel;
    private boolean busy;
    private boolean proven;
    private boolean off;

    /** @param channels the semaphore; an open channel holds one permit */
    ReadOnlyShell(Semaphore channels, Login login, ScriptErrors errors) {
        this.channels = channels;
        this.login = login;
        this.errors = errors;
    }

    /** Runs a read-only script; empty if that was not possible here, or there was no answer. */
    Optional<ScriptResult> run(SshConnection connection, Script script) throws RemoteException, InterruptedException {
        ShellChannel taken = take(connection);
        if (taken == null) {
            return Optional.empty();
        }
        boolean usable = false;
        try {
            ScriptResult result = new ScriptExecution(taken, errors, script, null).run();
            usable = true;
            return Optional.of(result);
        } catch (NotSentException | NotStartedException e) {
            failed(connection);
            return Optional.empty();
        } finally {
            giveBack(usable);
        }
    }

    private synchronized ShellChannel take(SshConnection connection) {
        if (off || busy) {
            return null;
        }
        if (channel == null && !channels.tryAcquire()) {
            return null;
        }
        if (channel == null || !channel.isOn(connection)) {
            channel = new ShellChannel(connection, Bootstrap.READ_ONLY, connection.privilege(), login);
            proven = false;
        }
        busy = true;
        return channel;
    }

    /** A node that never ran a script this way is not tried again; another node may have ended an idle shell. */
    private synchronized void failed(SshConnection connection) {
        off = off || !proven && connection.alive();
    }

    private synchronized void giveBack(boolean usable) {
        busy = false;
        proven = proven || usable;
        if (!usable || off) {
            channel.close();
            channel = null;
            channels.release();
        }
    }

    /** Closes the channel now or when its script has ended; returns whether it is closed. */
    synchronized boolean end() throws InterruptedException {
        off = true;
        if (channel == null || busy) {
            return false;
        }
        ShellChannel idle = channel;
        channel = null;
        try {
            idle.end();
        } finally {
            channels.release();
        }
        return true;
    }
}
