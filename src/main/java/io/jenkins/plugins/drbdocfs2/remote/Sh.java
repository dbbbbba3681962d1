package io.jenkins.plugins.drbdocfs2.remote;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The only way in which a value reaches a shell. */
public final class Sh {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private Sh() {}

    /**
     * The value as one word of a POSIX shell, with any characters.
     *
     * @throws IllegalArgumentException if it contains a NUL character, which no process argument can
     */
    public static String quote(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A shell word cannot hold a NUL character");
        }
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    /** A command line of these words, each quoted. */
    public static String command(String... words) {
        return command(Arrays.asList(words));
    }

    /** A command line of these words, each quoted. */
    public static String command(List<String> words) {
        return words.stream().map(Sh::quote).collect(Collectors.joining(" "));
    }
}
