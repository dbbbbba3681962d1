package io.jenkins.plugins.drbdocfs2.remote;

import io.jenkins.plugins.drbdocfs2.remote.Execution.NotSentException;
import io.jenkins.plugins.drbdocfs2.remote.Execution.NotStartedException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The channel of a node on which scripts that look are run one after the other by one shell. A script for which it is not
 * free, or not to be had, is left to a channel of its own.
 */
final class Looks {
    private final Semaphore channels;
    private final Login login;
    private final Faults faults;
    private ShellChannel channel;
    private boolean busy;
    private boolean proven;
    private boolean off;

    /** @param channels of which the open channel holds one */
    Looks(Semaphore channels, Login login, Faults faults) {
        this.channels = channels;
        this.login = login;
        this.faults = faults;
    }

    /** Runs a script that looks; empty where that was not possible here, or nothing was heard of it. */
    Optional<Answer> run(SshConnection connection, Script script) throws RemoteException, InterruptedException {
        ShellChannel taken = take(connection);
        if (taken == null) {
            return Optional.empty();
        }
        boolean usable = false;
        try {
            Answer answer = new Execution(taken, faults, script, null).run();
            usable = true;
            return Optional.of(answer);
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
            channel = new ShellChannel(connection, Bootstrap.LOOKS, connection.become(), login);
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
