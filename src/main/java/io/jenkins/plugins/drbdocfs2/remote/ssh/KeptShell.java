package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * A channel of a node on which one shell stays and runs scripts one after the other. If it is busy or not available, a script
 * runs on its own channel.
 */
final class KeptShell {
    private final Bootstrap bootstrap;
    private final Semaphore channels;
    private final Login login;
    private final ScriptErrors errors;
    private ShellChannel channel;
    private boolean busy;
    private boolean proven;
    private boolean off;

    /**
     * @param bootstrap how the shell starts
     * @param channels the semaphore; an open channel holds one permit
     */
    KeptShell(Bootstrap bootstrap, Semaphore channels, Login login, ScriptErrors errors) {
        this.bootstrap = bootstrap;
        this.channels = channels;
        this.login = login;
        this.errors = errors;
    }

    /** Runs a script; empty if it did not run here, or if a read-only script had no answer. */
    Optional<ScriptResult> run(SshConnection connection, SentScript script)
            throws RemoteException, InterruptedException {
        ShellChannel taken = take(connection);
        if (taken == null) {
            return Optional.empty();
        }
        boolean usable = false;
        try {
            ScriptExecution execution = new ScriptExecution(taken, errors, script);
            ScriptResult result = execution.run();
            usable = execution.shellStays();
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
        if (channel != null && !channel.isUsable(connection)) {
            channel.close();
            channel = null;
        }
        if (channel == null) {
            channel = new ShellChannel(connection, bootstrap, connection.privilege(), login);
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
