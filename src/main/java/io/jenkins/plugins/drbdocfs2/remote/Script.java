package io.jenkins.plugins.drbdocfs2.remote;

import java.time.Duration;
import java.util.Objects;

/**
 * A POSIX sh script for one node. It is sent over standard input, so it may have any length and contain any character
 * except NUL; its values are quoted by {@link Sh#quote}. Its commands have an empty standard input.
 *
 * @param text the script
 * @param timeout the time limit; then the channel is closed and its processes are ended
 * @param outputLimit the number of bytes kept of each of its two outputs: the first and the last part
 * @param readOnly whether it is read-only: it changes nothing, leaves no process behind and does not use its process ID.
 *     One shell may then run it after others, which is faster
 */
public record Script(String text, Duration timeout, int outputLimit, boolean readOnly) {
    /** The default limit of each output: 256 KiB. */
    public static final int DEFAULT_OUTPUT_LIMIT = 256 * 1024;

    /** The default time limit of a command. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

    public Script {
        Objects.requireNonNull(text);
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A script cannot contain a NUL character");
        }
    }

    /** A script with the default limits. */
    public static Script of(String text) {
        return new Script(text, DEFAULT_TIMEOUT, DEFAULT_OUTPUT_LIMIT, false);
    }

    /** The same script with another time limit. */
    public Script withTimeout(Duration limit) {
        return new Script(text, limit, outputLimit, readOnly);
    }

    /** The same script with another limit of its outputs. */
    public Script withOutputLimit(int bytes) {
        return new Script(text, timeout, bytes, readOnly);
    }

    /** The same script, marked as read-only. */
    public Script asReadOnly() {
        return new Script(text, timeout, outputLimit, true);
    }
}
