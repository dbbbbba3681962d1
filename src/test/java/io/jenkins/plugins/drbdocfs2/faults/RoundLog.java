package io.jenkins.plugins.drbdocfs2.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What happened in a round and when, and what is kept of it. */
final class RoundLog {
    private final long start = System.nanoTime();
    private final StringBuilder lines = new StringBuilder();
    private final PrintStream out;
    private final Path folder;
    private int builds;

    /** @param folder where to keep what tells more */
    RoundLog(PrintStream out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    long seconds() {
        return (System.nanoTime() - start) / 1_000_000_000;
    }

    /** Tells what happens now. */
    void tell(String what) {
        String line = String.format(Locale.ROOT, "  %6.1f s  %s", (System.nanoTime() - start) / 1e9, what);
        lines.append(line).append('\n');
        out.println(line);
    }

    /** Keeps the log of a build. */
    void build(String log) {
        keep("build-" + ++builds + ".log", log);
    }

    /** Keeps a text. */
    void keep(String name, String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes itself down, and tells where all is kept. */
    Path end() {
        keep("story.txt", lines.toString());
        return folder;
    }
}
