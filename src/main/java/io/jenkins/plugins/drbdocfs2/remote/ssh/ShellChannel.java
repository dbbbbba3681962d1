package io.jenkins.plugins.drbdocfs2.remote.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import io.jenkins.plugins.drbdocfs2.remote.ssh.ShellStartParser.StartStage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A channel on which a shell of the node runs one or several scripts, one after the other. */
final class ShellChannel {
    private static final long END_MILLIS = 2000;

    private final SshConnection connection;
    private final Bootstrap bootstrap;
    private final Privilege how;
    private final Login login;
    private final ShellStart start;
    private final Switch stdout;
    private final Switch stderr;
    private volatile ChannelExec attempt;
    private volatile ChannelExec channel;
    private volatile boolean greeted;

    /** Opens nothing yet. */
    ShellChannel(SshConnection connection, Bootstrap bootstrap, Privilege how, Login login) {
        this.connection = connection;
        this.bootstrap = bootstrap;
        this.how = how;
        this.login = login;
        this.start = new ShellStart(how);
        this.stdout = new Switch(start, 0);
        this.stderr = new Switch(start, 1);
    }

    /**
     * Opens the channel if it is not open, which may take long and hides an interrupt, and passes the outputs of the next
     * script to these consumers.
     *
     * @throws JSchException if the server refuses or does not answer, or the connection is lost
     */
    void open(MarkedOutputParser out, MarkedOutputParser err) throws JSchException {
        stdout.to(out);
        stderr.to(err);
        if (channel != null) {
            return;
        }
        ChannelExec exec = connection.newChannel();
        attempt = exec;
        exec.setCommand(bootstrap.commandLine(how));
        exec.setOutputStream(stdout);
        exec.setErrStream(stderr);
        exec.connect();
        channel = exec;
    }

    /**
     * Sends a script when the expected shell runs: any other program that a login starts gets neither a script nor a
     * password. Waits while the node does not accept it.
     *
     * @param wanted called before the script is sent, by a shell that announces it after its head: returns whether to send it
     */
    void send(String mark, String script, BooleanSupplier wanted) throws IOException {
        OutputStream input = channel.getOutputStream();
        if (!greeted && how == Privilege.SUDO_WITH_PASSWORD) {
            start.await(StartStage.SUDO);
            input.write(Bootstrap.preface(how, login.password()));
            input.flush();
        }
        greeted = true;
        start.await(StartStage.READY);
        byte[] rest = Bootstrap.script(mark, script);
        if (announces()) {
            input.write(Bootstrap.head(mark, script));
            input.flush();
            rest = Bootstrap.body(script);
        }
        if (wanted.getAsBoolean()) {
            input.write(rest);
            input.flush();
        }
    }

    /** Whether the shell that runs scripts is ready. */
    boolean ready() {
        return start.stage() == StartStage.READY;
    }

    /** Why that shell did not start. */
    ShellStart.Failure startFailure() {
        ChannelExec open = channel;
        int code = open == null ? -1 : open.getExitStatus();
        return start.failure(code < 0 ? null : code);
    }

    /** Whether it can run another script after the first. */
    boolean takesMore() {
        return bootstrap != Bootstrap.ONE;
    }

    /** Whether a script that had no answer may run again. */
    boolean isReadOnly() {
        return bootstrap == Bootstrap.READ_ONLY;
    }

    /** Whether its shell announces a script before it is sent. */
    boolean announces() {
        return bootstrap == Bootstrap.COMMANDS;
    }

    /**
     * Whether the server refused to open it. The library reports a silent server in the same way, but records a reason only
     * here.
     */
    boolean refused() {
        return attempt != null && attempt.getExitStatus() >= 0;
    }

    /** Closes it; then the node ends what runs on it. */
    void close() {
        start.close();
        ChannelExec open = channel;
        if (open == null) {
            return;
        }
        // A write with the interrupt flag set would close the whole connection, on which other scripts may run
        boolean interrupted = Thread.interrupted();
        open.disconnect();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends its shell and waits briefly until the server has closed it, because it counts against the limit until then.
     */
    void end() throws InterruptedException {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while a shell was ended");
            }
            channel.getOutputStream().close();
            stdout.awaitClose(END_MILLIS);
        } catch (IOException e) {
            // Then it is closed already
        } finally {
            close();
        }
    }

    /** Whether it is a channel of this connection, and not closed. */
    boolean isUsable(SshConnection other) {
        return connection == other && !stdout.isClosed();
    }

    String nodeName() {
        return connection.nodeName();
    }

    Duration openTimeout() {
        return connection.openTimeout();
    }

    String lossReason() {
        return connection.lossReason();
    }

    /** One output, of one script after the other. */
    private static final class Switch extends OutputStream {
        private final ShellStart start;
        private final int number;
        private MarkedOutputParser current;
        private boolean closed;

        Switch(ShellStart start, int number) {
            this.start = start;
            this.number = number;
        }

        synchronized void to(MarkedOutputParser next) {
            current = next;
            if (closed) {
                next.close();
            }
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            int taken = start.take(number, bytes, offset, length);
            if (taken < length) {
                current.write(bytes, offset + taken, length - taken);
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            start.close();
            current.close();
            notifyAll();
        }

        synchronized boolean isClosed() {
            return closed;
        }

        synchronized void awaitClose(long millis) throws InterruptedException {
            long end = System.nanoTime() + millis * 1_000_000;
            for (long left = millis; left > 0 && !closed; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        }
    }
}
