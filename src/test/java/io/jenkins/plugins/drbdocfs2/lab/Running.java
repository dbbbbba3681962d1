package io.jenkins.plugins.drbdocfs2.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** A program that runs, and whose output is read line by line. */
final class Running {
    private final Process process;
    private final BufferedReader lines;
    private final StringBuilder output = new StringBuilder();

    private Running(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Running start(ProcessBuilder builder) {
        try {
            return new Running(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on until a line is as wanted. */
    void awaitLine(Predicate<String> wanted) {
        for (String line = next(); line != null; line = next()) {
            if (wanted.test(line)) {
                return;
            }
        }
        throw new AssertionError("The line never came:\n" + output);
    }

    /** Reads on to the end. */
    Finished await() {
        String line = next();
        while (line != null) {
            line = next();
        }
        try {
            return new Finished(process.waitFor(), output.toString());
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
