package io.jenkins.plugins.drbdocfs2.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The log of a round, and its saved files. */
final class RoundLog {
    private final long start = System.nanoTime();
    private final StringBuilder lines = new StringBuilder();
    private final PrintStream out;
    private final Path folder;
    private int builds;

    /** @param folder the folder for saved files */
    RoundLog(PrintStream out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    long seconds() {
        return (System.nanoTime() - start) / 1_000_000_000;
    }

    /** Adds an event. */
    void add(String what) {
        String line = String.format(Locale.ROOT, "  %6.1f s  %s", (System.nanoTime() - start) / 1e9, what);
        lines.append(line).append('\n');
        out.println(line);
    }

    /** Saves the log of a build. */
    void build(String log) {
        keep("build-" + ++builds + ".log", log);
    }

    /** Saves a text. */
    void keep(String name, String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saves this log, and returns the folder. */
    Path end() {
        keep("round.txt", lines.toString());
        return folder;
    }
}
