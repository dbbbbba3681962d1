package io.jenkins.plugins.drbdocfs2.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * A command of an exec channel, run by /bin/sh of this machine. It ends like in the OpenSSH server: a closed channel closes
 * only the pipes of the process, and the channel stays open as long as a process holds the
 * outputs.
 */
public final class ShellCommand implements Command {
    private final String command;
    private final Map<String, String> environment;
    private InputStream in;
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;
    private volatile Process process;

    /**
     * @param command the command line
     * @param environment variables added to the environment of this process
     */
    public ShellCommand(String command, Map<String, String> environment) {
        this.command = command;
        this.environment = environment;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment env) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Foreground.command("/bin/sh", "-c", command));
        builder.environment().putAll(environment);
        process = builder.start();
        run(() -> copy(in, process.getOutputStream(), true));
        CompletableFuture<Void> outputs = CompletableFuture.allOf(
                run(() -> copy(process.getInputStream(), out, false)),
                run(() -> copy(process.getErrorStream(), err, false)));
        process.onExit().thenAcceptBoth(outputs, (ended, nothing) -> exit.onExit(ended.exitValue()));
    }

    private static CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, Threads.ONE_EACH);
    }

    private static void copy(InputStream from, OutputStream to, boolean close) {
        byte[] buffer = new byte[32 * 1024];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            // The other end is closed
        }
        if (close) {
            close(to);
        }
    }

    private static void close(AutoCloseable stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // As above
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void destroy(ChannelSession channel) {
        close(process.getOutputStream());
        close(process.getInputStream());
        close(process.getErrorStream());
    }

    /** Writes text to a stream, for tests that answer without a shell. */
    public static void print(OutputStream stream, String text) {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
