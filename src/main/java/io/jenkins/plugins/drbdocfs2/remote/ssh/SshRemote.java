package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A node over SSH. It has one connection, made by {@link #connect} or the first script, on which up to {@value #CHANNELS}
 * scripts run in parallel, fewer if the server allows fewer; further ones wait. One shell that stays runs the read-only
 * scripts one after the other while it is free, and another one the others, except those whose lines are passed on. After a
 * loss the next script connects again. No script runs twice, except a read-only one without an answer. It needs a POSIX sh
 * with head and setsid on the node, and leaves nothing there.
 */
public final class SshRemote implements Remote {
    /** The number of scripts that run at the same time; sshd allows 10 by default. */
    public static final int CHANNELS = 8;

    private final Node node;
    private final Login login;
    private final HostKeys hostKeys;
    private final SshSettings settings;
    private final ScriptErrors errors;
    private final Semaphore channels = new Semaphore(CHANNELS, true);
    private final AtomicInteger allowed = new AtomicInteger(CHANNELS);
    private final KeptShell readOnlyShell;
    private final KeptShell commandShell;
    private final ReentrantLock connecting = new ReentrantLock();
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();
    private final AtomicReference<ShellChannel> waiting = new AtomicReference<>();
    private volatile SshConnection connection;
    private volatile boolean closed;
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * Does not connect yet.
     *
     * @param node the node
     * @param login how to log in
     * @param hostKeys the accepted host keys
     * @param settings the settings of the connection
     */
    public SshRemote(Node node, Login login, HostKeys hostKeys, SshSettings settings) {
        this.node = Objects.requireNonNull(node);
        this.login = Objects.requireNonNull(login);
        this.hostKeys = Objects.requireNonNull(hostKeys);
        this.settings = Objects.requireNonNull(settings);
        this.errors = new ScriptErrors(node, login);
        this.readOnlyShell = new KeptShell(Bootstrap.READ_ONLY, channels, login, errors);
        this.commandShell = new KeptShell(Bootstrap.COMMANDS, channels, login, errors);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void connect() throws RemoteException, InterruptedException {
        connection();
    }

    @Override
    public int connections() {
        return connections.get();
    }

    @Override
    public ScriptResult run(Script script) throws RemoteException, InterruptedException {
        return runWhileInUse(() -> new SingleScript(script, null), script.readOnly() ? readOnlyShell : commandShell);
    }

    @Override
    public void runInOrder(List<Script> scripts, SequenceListener listener)
            throws RemoteException, InterruptedException {
        if (scripts.size() < 2) {
            Remote.super.runInOrder(scripts, listener);
            return;
        }
        listener.begins(0);
        runWhileInUse(() -> new ScriptSequence(scripts, listener), commandShell);
    }

    @Override
    public ScriptResult run(Script script, Consumer<String> stdoutLine) throws RemoteException, InterruptedException {
        Objects.requireNonNull(stdoutLine);
        return runWhileInUse(() -> new SingleScript(script, stdoutLine), null);
    }

    /** Its channel does not count among the {@value #CHANNELS}. */
    @Override
    public ScriptResult hold(Script script, Consumer<String> stdoutLine) throws RemoteException, InterruptedException {
        SshConnection used = connection();
        ShellChannel channel = new ShellChannel(used, Bootstrap.ONE, used.privilege(), login);
        waiting.set(channel);
        ScriptResult ended = null;
        RemoteException failure = null;
        try {
            ended = new ScriptExecution(channel, errors, new SingleScript(script, stdoutLine)).run();
        } catch (NotSentException e) {
            failure = errors.noChannel(e.getMessage());
        } catch (NotStartedException e) {
            failure = errors.notStarted(e.start(), null);
        } catch (RemoteException e) {
            failure = e;
        } finally {
            // taken by a script that found no channel
            if (!waiting.compareAndSet(channel, null) && used.alive()) {
                failure = errors.noChannel("it allows no other script beside one that waits");
            }
        }
        if (failure != null) {
            throw failure;
        }
        return ended;
    }

    /** @param shell the shell that stays for it; null if it is to have its own channel */
    private ScriptResult runWhileInUse(Supplier<SentScript> script, KeptShell shell)
            throws RemoteException, InterruptedException {
        inUse.readLock().lockInterruptibly();
        try {
            return runOnce(script, shell);
        } finally {
            inUse.readLock().unlock();
        }
    }

    private ScriptResult runOnce(Supplier<SentScript> script, KeptShell shell)
            throws RemoteException, InterruptedException {
        if (shell != null) {
            Optional<ScriptResult> answer = shell.run(connection(), script.get());
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        channels.acquire();
        try {
            while (true) {
                SshConnection before = connection;
                SshConnection used = connection();
                try {
                    return run(used, script.get());
                } catch (NotSentException e) {
                    if (used.alive()) {
                        awaitAnotherChannel(e);
                    } else if (used != before) {
                        throw errors.lost(reason(used), false);
                    }
                    // Otherwise an old connection turned out to be dead, and nothing was sent
                }
            }
        } finally {
            channels.release();
        }
    }

    /** The server allows fewer channels than expected: from now on use fewer too, by keeping the permit. */
    private void awaitAnotherChannel(NotSentException refusal) throws RemoteException, InterruptedException {
        if (commandShell.end() || readOnlyShell.end()) {
            return;
        }
        ShellChannel waits = waiting.getAndSet(null);
        if (waits != null) {
            waits.end();
            return;
        }
        if (allowed.getAndUpdate(now -> Math.max(1, now - 1)) == 1) {
            throw errors.noChannel(refusal.getMessage());
        }
        channels.acquire();
    }

    private ScriptResult run(SshConnection used, SentScript script)
            throws NotSentException, RemoteException, InterruptedException {
        try {
            ShellChannel channel = new ShellChannel(used, Bootstrap.ONE, used.privilege(), login);
            return new ScriptExecution(channel, errors, script).run();
        } catch (NotStartedException e) {
            throw errors.notStarted(e.start(), null);
        }
    }

    private static String reason(SshConnection lost) {
        return Objects.requireNonNullElse(lost.lossReason(), "the node closed it");
    }

    private SshConnection connection() throws RemoteException, InterruptedException {
        SshConnection open = connection;
        if (open != null && open.alive()) {
            return open;
        }
        connecting.lockInterruptibly();
        try {
            if (connection == null || !connection.alive()) {
                reconnect();
            }
            return connection;
        } finally {
            connecting.unlock();
        }
    }

    private void reconnect() throws RemoteException, InterruptedException {
        if (connection != null) {
            connection.close();
        }
        requireOpen();
        SshConnection made = SshConnection.open(node, login, hostKeys, settings);
        boolean usable = false;
        try {
            if (settings.sudo() && !login.user().equals("root")) {
                made.setPrivilege(new SudoProbe(made, errors, login, settings.connectTimeout()).probe());
            }
            connections.incrementAndGet();
            connection = made;
            requireOpen();
            usable = true;
        } catch (NotSentException e) {
            throw errors.lost(reason(made), false);
        } finally {
            if (!usable) {
                made.close();
            }
        }
    }

    private void requireOpen() throws RemoteException {
        if (closed) {
            throw errors.closed();
        }
    }

    @Override
    public void closeIfIdle() {
        if (waiting.get() == null && inUse.writeLock().tryLock()) {
            try {
                if (connection != null) {
                    connection.close();
                }
            } finally {
                inUse.writeLock().unlock();
            }
        }
    }

    /** Ends what runs on the node and closes the connection. No scripts can run afterwards. */
    @Override
    public void close() {
        closed = true;
        SshConnection open = connection;
        if (open != null) {
            open.close();
        }
    }
}
