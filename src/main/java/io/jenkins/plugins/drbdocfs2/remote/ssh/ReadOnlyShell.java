package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.remote.ssh.ScriptExecution.NotSentException;
import io.jenkins.plugins.drbdocfs2.remote.ssh.ScriptExecution.NotStartedException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The channel of a node on which scripts that look are run one after the other by one shell. A script for which it is not
 * free, or not to be had, is left to a channel of its own.
 */
final class ReadOnlyShell {
    private final Semaphore channels;
    private final Login login;
    private final ScriptErrors errors;
    private ShellChannel channel;
    private boolean busy;
    private boolean proven;
    private boolean off;

    /** @param channels of which the open channel holds one */
    ReadOnlyShell(Semaphore channels, Login login, ScriptErrors errors) {
        this.channels = channels;
        this.login = login;
        this.errors = errors;
    }

    /** Runs a script that looks; empty where that was not possible here, or nothing was heard of it. */
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
            channel = new ShellChannel(connection, Bootstrap.READ_ONLY, connection.become(), login);
            proven = false;
        }
        busy = true;
        return channel;
    }

    /** A node that never ran a script this way is not asked to again; one that did may have ended an idle shell. */
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

    /** Frees the channel for good, now or when its script has ended, and says whether that is done. */
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
