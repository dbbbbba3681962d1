package io.jenkins.plugins.drbdocfs2.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A running program whose output is read line by line. */
public final class RunningProgram {
    private final Process process;
    private final BufferedReader lines;
    private final StringBuilder output = new StringBuilder();

    private RunningProgram(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a program; both of its output streams are read. */
    public static RunningProgram start(ProcessBuilder builder) {
        try {
            return new RunningProgram(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the program and its child processes if it does not end within a time. */
    public RunningProgram killAfter(Duration limit) {
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                });
        return this;
    }

    /** Sends a signal, such as TERM. */
    public void signal(String name) {
        start(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())))
                .await();
    }

    /** Reads until a line matches. */
    public void awaitLine(Predicate<String> wanted) {
        if (!readUntil(wanted)) {
            throw new AssertionError("The line never came:\n" + output);
        }
    }

    /** Reads until a line matches or the output ends; returns whether a line matched. */
    public boolean readUntil(Predicate<String> wanted) {
        for (String line = next(); line != null; line = next()) {
            if (wanted.test(line)) {
                return true;
            }
        }
        return false;
    }

    /** Reads to the end. */
    public ProgramResult await() {
        String line = next();
        while (line != null) {
            line = next();
        }
        try {
            return new ProgramResult(process.waitFor(), output.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String next() {
        try {
            String line = lines.readLine();
            if (line != null) {
                output.append(line).append('\n');
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
