package io.jenkins.plugins.drbdocfs2.remote.ssh;

import com.jcraft.jsch.JSchException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** One run of what is sent to a channel. The waiting thread sleeps until an event arrives or a limit passes. */
final class ScriptExecution {
    private static final long CLOSE_MILLIS = 200;
    private static final long POLL_MILLIS = 10;

    private final ShellChannel channel;
    private final ScriptErrors errors;
    private final SentScript script;
    private final String mark = UUID.randomUUID().toString();
    private final Stream stdout = new Stream(SentScript.STDOUT);
    private final Stream stderr = new Stream(SentScript.STDERR);
    private final long start = System.nanoTime();

    private boolean opened;
    private long openedAt;
    private boolean abandoned;
    private boolean sent;
    private boolean leftProcesses;
    private boolean unreported;
    private Exception failure;
    private RuntimeException consumerFailure;

    ScriptExecution(ShellChannel channel, ScriptErrors errors, SentScript script) {
        this.channel = channel;
        this.errors = errors;
        this.script = script;
    }

    /**
     * Runs the script and waits for its end.
     *
     * @throws NotSentException if nothing was sent
     * @throws NotStartedException if the node ran something else instead of the script
     * @throws RemoteException if a time limit passed, or the connection was lost
     * @throws InterruptedException if the thread was interrupted
     */
    ScriptResult run() throws NotSentException, NotStartedException, RemoteException, InterruptedException {
        Thread starter = new Thread(null, this::start, "SSH script to " + channel.nodeName(), 0, false);
        starter.setDaemon(true);
        starter.start();
        boolean stays = false;
        try {
            while (!awaitEvent()) {
                script.report();
            }
            script.report();
            if (!channel.takesMore()) {
                awaitClose();
            }
            awaitExitCode();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            ScriptResult result = script.result(exitCode(), millis)
                    .orElseThrow(() -> errors.lost("the node marked no end of a script", script.hasMore()));
            stays = shellStays();
            return result;
        } finally {
            if (!stays) {
                abandon();
            }
        }
    }

    /** Whether the shell can run another script after this one: what this one left behind would print into its output. */
    synchronized boolean shellStays() {
        return channel.takesMore() && !leftProcesses;
    }

    /**
     * Opens the channel and sends the script, on its own thread: the library hides an interrupt here, and waits while a node
     * does not accept the script.
     */
    private void start() {
        try {
            channel.open(stdout.parser, stderr.parser);
            if (isStillWanted()) {
                channel.send(mark, script.text(), this::isToBeSent);
            }
        } catch (JSchException | IOException | RuntimeException e) {
            synchronized (this) {
                failure = e;
                notifyAll();
            }
        }
    }

    /** Waits until the node has announced the script, if it does so; returns whether it is to be sent. */
    private synchronized boolean isToBeSent() {
        while (channel.announces() && !(stdout.begun && stderr.begun) && !abandoned && !over()) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        sent = !abandoned && !over();
        return sent;
    }

    private boolean isStillWanted() {
        boolean wanted;
        synchronized (this) {
            opened = true;
            openedAt = System.nanoTime();
            notifyAll();
            wanted = !abandoned;
        }
        if (!wanted) {
            channel.close();
        }
        return wanted;
    }

    private void consume(Runnable taking) {
        try {
            taking.run();
        } catch (RuntimeException e) {
            synchronized (this) {
                consumerFailure = consumerFailure == null ? e : consumerFailure;
                notifyAll();
            }
        }
    }

    /** Closes the channel if it is open; then the node ends the script. */
    private void abandon() {
        synchronized (this) {
            abandoned = true;
            notifyAll();
            if (!opened) {
                return;
            }
        }
        channel.close();
    }

    /** Waits until all is over, or there is something to report; returns whether all is over. */
    private synchronized boolean awaitEvent() throws RemoteException, InterruptedException {
        while (!over() && !unreported) {
            long now = System.nanoTime();
            boolean started = opened && channel.ready() && (sent || !channel.announces());
            Duration limit = started ? script.limit() : Collections.min(List.of(script.limit(), channel.openTimeout()));
            long since = started || !opened ? script.since(start) : openedAt;
            long remaining = TimeUnit.NANOSECONDS.convert(limit) - (now - since);
            if (remaining <= 0) {
                abandoned = true;
                throw late(limit);
            }
            TimeUnit.MILLISECONDS.timedWait(this, TimeUnit.NANOSECONDS.toMillis(remaining) + 1);
        }
        unreported = false;
        return over();
    }

    private RemoteException late(Duration limit) {
        if (!opened) {
            return errors.noAnswer(limit);
        }
        boolean begun = channel.announces() ? sent : stdout.begun;
        return begun ? errors.tooLong(limit) : errors.notStarted(startFailure(), limit);
    }

    private ShellStart.Failure startFailure() {
        ShellStart.Failure failure = channel.startFailure();
        String output = failure.output() + stdout.parser.noise() + stderr.parser.noise();
        return new ShellStart.Failure(failure.stage(), output, failure.exitCode(), failure.outputIsMissing());
    }

    private boolean over() {
        boolean ended = stdout.exitCode != null && stderr.exitCode != null;
        return failure != null || consumerFailure != null || ended || opened && closed();
    }

    private boolean closed() {
        return stdout.closed && stderr.closed;
    }

    /**
     * Waits briefly until the server has closed the channel, because it counts against the limit until then. The wait is
     * limited, because a daemon that the script started may hold the channel open.
     */
    private synchronized void awaitClose() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        for (long left = CLOSE_MILLIS; left > 0 && failure == null && consumerFailure == null && !closed(); ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    /** Waits briefly for the exit code of a failed start, which follows the end of its outputs. */
    private synchronized void awaitExitCode() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        while (opened
                && !stdout.begun
                && channel.lossReason() == null
                && channel.startFailure().exitCode() == null
                && System.nanoTime() < end) {
            wait(POLL_MILLIS);
        }
    }

    private synchronized int exitCode() throws NotSentException, NotStartedException, RemoteException {
        if (consumerFailure != null) {
            throw consumerFailure;
        }
        if (stdout.exitCode != null && stderr.exitCode != null) {
            return stdout.exitCode;
        }
        // From here on nothing is sent, because the following depends on it
        abandoned = true;
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        if (!opened && !channel.refused() && waited.compareTo(channel.openTimeout()) >= 0) {
            throw errors.noAnswer(Duration.ofSeconds(waited.toSeconds()));
        }
        if (!opened) {
            throw new NotSentException(String.valueOf(failure.getMessage()));
        }
        boolean unsent = !channel.ready() || channel.announces() && !sent;
        if (channel.lossReason() != null && unsent) {
            throw new NotSentException(channel.lossReason());
        }
        if (channel.ready() && unsent) {
            throw new NotSentException("the node's shell has ended");
        }
        if (!stdout.begun && (channel.isReadOnly() || unsent)) {
            throw new NotStartedException(startFailure());
        }
        if (channel.lossReason() != null || failure != null) {
            String reason = channel.lossReason() != null ? channel.lossReason() : failure.getMessage();
            throw errors.lost(reason, script.hasMore());
        }
        if (!stdout.begun) {
            throw new NotStartedException(startFailure());
        }
        throw errors.lost("the node closed the script's channel without an exit code", script.hasMore());
    }

    /** One output, which arrives on the thread of the connection. */
    private final class Stream implements MarkedOutputParser.Listener {
        private final int number;
        private final MarkedOutputParser parser = new MarkedOutputParser(mark, this);
        private boolean begun;
        private boolean closed;
        private Integer exitCode;

        Stream(int number) {
            this.number = number;
        }

        @Override
        public void begun() {
            synchronized (ScriptExecution.this) {
                begun = true;
                ScriptExecution.this.notifyAll();
            }
        }

        @Override
        public void printed(byte[] bytes, int offset, int length) {
            consume(() -> script.printed(number, bytes, offset, length));
            if (script.hasUnreported()) {
                synchronized (ScriptExecution.this) {
                    unreported = true;
                    ScriptExecution.this.notifyAll();
                }
            }
        }

        @Override
        public void ended(int code, boolean leavesProcesses) {
            consume(() -> script.ended(number));
            synchronized (ScriptExecution.this) {
                exitCode = code;
                leftProcesses |= leavesProcesses;
                ScriptExecution.this.notifyAll();
            }
        }

        @Override
        public void closed() {
            synchronized (ScriptExecution.this) {
                closed = true;
                ScriptExecution.this.notifyAll();
            }
        }
    }
}
