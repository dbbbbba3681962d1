package io.jenkins.plugins.drbdocfs2.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The start of scripts on a node: a constant command line, and its input. See bootstrap.sh,
 * read-only-shell.sh and command-shell.sh.
 */
enum Bootstrap {
    /** Runs one script. */
    ONE("bootstrap.sh"),
    /** Runs read-only scripts one after the other. */
    READ_ONLY("read-only-shell.sh"),
    /** Runs any scripts one after the other. */
    COMMANDS("command-shell.sh");

    private static final String SUDO_STARTS =
            "printf \"\\036drbd-ocfs2 sudo\\n\"; printf \"\\036drbd-ocfs2 sudo\\n\" >&2; ";

    /** A line for each attempt that sudo allows, so that it does not wait for another password after a wrong one. */
    private static final String NO_MORE = "\n".repeat(64);

    private final String text;

    Bootstrap(String file) {
        text = load(file);
    }

    /**
     * The command line, for any login shell. It announces the start of sudo, see
     * {@link ShellStartParser}.
     */
    String commandLine(Privilege how) {
        String sudo =
                switch (how) {
                    case LOGIN -> "";
                    case SUDO -> "sudo -n";
                    case SUDO_WITH_PASSWORD -> "sudo -k -S -p \"\"";
                };
        return how == Privilege.LOGIN
                ? "exec /bin/sh -c '" + text + "'"
                : "exec /bin/sh -c '" + SUDO_STARTS + "exec env LC_ALL=C " + sudo + " -- /bin/sh -c \"$1\"' sh '" + text
                        + "'";
    }

    /**
     * The input of sudo.
     *
     * @param password the password, which sudo uses only if it asks for one
     */
    static byte[] preface(Privilege how, String password) {
        return how == Privilege.SUDO_WITH_PASSWORD
                ? (password + NO_MORE).getBytes(StandardCharsets.UTF_8)
                : new byte[0];
    }

    /**
     * The line before a script.
     *
     * @param mark identifies this run in its outputs
     */
    static byte[] head(String mark, String script) {
        return ("drbd-ocfs2 " + mark + " " + body(script).length + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A script in the form that the command line reads. */
    static byte[] body(String script) {
        return (script + ".").getBytes(StandardCharsets.UTF_8);
    }

    /** Both. */
    static byte[] script(String mark, String script) {
        byte[] head = head(mark, script);
        byte[] body = body(script);
        byte[] whole = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    /** The lines of a file beside this class, without comments, on one line. */
    static String load(String file) {
        try (InputStream in = Bootstrap.class.getResourceAsStream(file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
