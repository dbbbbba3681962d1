package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** A shell file beside the class that uses it. */
public final class ShellFile {
    /** The shell function {@code real_path PATH}, which sets {@code $real}. */
    public static final String REAL_PATH = read(ShellFile.class, "real-path.sh");

    private ShellFile() {}

    /**
     * The lines of a file without comment lines.
     *
     * @param beside the class of the same package
     * @param name its name
     */
    public static String read(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("There is no file " + name + " beside " + beside.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.strip().startsWith("#"))
                    .collect(Collectors.joining("\n", "", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A script with its positional parameters: {@code $1} is the first. */
    public static String with(String script, String... parameters) {
        return "set -- " + Sh.command(parameters) + "\n" + script;
    }
}
