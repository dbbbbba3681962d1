package io.jenkins.plugins.drbdocfs2.remote.ssh;

import com.jcraft.jsch.JSchException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptOutput;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run of one script on a channel. The waiting thread sleeps until an event arrives or a limit passes. */
final class ScriptExecution {
    private static final long CLOSE_MILLIS = 200;
    private static final long POLL_MILLIS = 10;

    private final ShellChannel channel;
    private final ScriptErrors errors;
    private final Script script;
    private final String mark = UUID.randomUUID().toString();
    private final Stream stdout;
    private final Stream stderr;
    private final long start = System.nanoTime();

    private boolean opened;
    private long openedAt;
    private boolean abandoned;
    private boolean sent;
    private boolean leftProcesses;
    private Exception failure;
    private RuntimeException consumerFailure;

    /** @param lines receives the lines of the standard output, or null */
    ScriptExecution(ShellChannel channel, ScriptErrors errors, Script script, Consumer<String> lines) {
        this.channel = channel;
        this.errors = errors;
        this.script = script;
        this.stdout = new Stream(new ScriptOutput(script.outputLimit(), lines));
        this.stderr = new Stream(new ScriptOutput(script.outputLimit(), null));
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
            awaitEnd();
            if (!channel.takesMore()) {
                awaitClose();
            }
            awaitExitCode();
            ScriptResult result = answer();
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

    private synchronized void consumerFailed(RuntimeException e) {
        if (consumerFailure == null) {
            consumerFailure = e;
        }
        notifyAll();
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

    private synchronized void awaitEnd() throws RemoteException, InterruptedException {
        while (!over()) {
            long now = System.nanoTime();
            boolean started = opened && channel.ready() && (sent || !channel.announces());
            Duration limit = started ? script.timeout() : shorter(script.timeout(), channel.openTimeout());
            long remaining = TimeUnit.NANOSECONDS.convert(limit) - (now - (started || !opened ? start : openedAt));
            if (remaining <= 0) {
                abandoned = true;
                throw late(limit);
            }
            TimeUnit.MILLISECONDS.timedWait(this, TimeUnit.NANOSECONDS.toMillis(remaining) + 1);
        }
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

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private synchronized ScriptResult answer() throws NotSentException, NotStartedException, RemoteException {
        if (consumerFailure != null) {
            throw consumerFailure;
        }
        if (stdout.exitCode != null && stderr.exitCode != null) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            return new ScriptResult(
                    stdout.exitCode, stdout.output.text(), stderr.output.text(), millis, stdout.output.isCut());
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
        if (channel.lossReason() != null) {
            throw errors.lost(channel.lossReason());
        }
        if (failure != null) {
            throw errors.lost(failure.getMessage());
        }
        if (!stdout.begun) {
            throw new NotStartedException(startFailure());
        }
        throw errors.lost("the node closed the script's channel without an exit code");
    }

    /** One output, which arrives on the thread of the connection. */
    private final class Stream implements MarkedOutputParser.Listener {
        private final ScriptOutput output;
        private final MarkedOutputParser parser = new MarkedOutputParser(mark, this);
        private boolean begun;
        private boolean closed;
        private Integer exitCode;

        Stream(ScriptOutput output) {
            this.output = output;
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
            try {
                output.write(bytes, offset, length);
            } catch (RuntimeException e) {
                consumerFailed(e);
            }
        }

        @Override
        public void ended(int code, boolean leavesProcesses) {
            try {
                output.end();
            } catch (RuntimeException e) {
                consumerFailed(e);
            }
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
