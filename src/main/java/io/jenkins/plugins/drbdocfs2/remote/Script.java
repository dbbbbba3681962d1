package io.jenkins.plugins.drbdocfs2.remote;

import java.time.Duration;
import java.util.Objects;

/**
 * A POSIX sh script for one node. It reaches the node over standard input, so it may be of any length and holds any
 * character but NUL; values in it have gone through {@link Sh#quote}. What it starts finds an empty standard input.
 *
 * @param text the script
 * @param timeout how long it may run in all; the channel is closed and what it started is ended after that
 * @param idleTimeout how long it may print nothing; {@link Duration#ZERO} for as long as {@code timeout}
 * @param outputLimit how many bytes of each of its two outputs are kept: of more, the first and the last part
 * @param readOnly whether it only looks: it changes nothing, leaves no process behind, and has no use for its process id,
 *     so that one shell may run it after others, which is quicker
 */
public record Script(String text, Duration timeout, Duration idleTimeout, int outputLimit, boolean readOnly) {
    /** What is kept of each output where nothing else is said: 256 KiB. */
    public static final int DEFAULT_OUTPUT_LIMIT = 256 * 1024;

    /** How long a command may run where nothing else is said. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

    public Script {
        Objects.requireNonNull(text);
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A script cannot hold a NUL character");
        }
    }

    /** A script with the default limits. */
    public static Script of(String text) {
        return new Script(text, DEFAULT_TIMEOUT, Duration.ZERO, DEFAULT_OUTPUT_LIMIT, false);
    }

    /** The same script with another time limit. */
    public Script withTimeout(Duration limit) {
        return new Script(text, limit, idleTimeout, outputLimit, readOnly);
    }

    /** The same script, ended when it prints nothing for so long. */
    public Script withIdleTimeout(Duration limit) {
        return new Script(text, timeout, limit, outputLimit, readOnly);
    }

    /** The same script, of whose outputs so many bytes are kept. */
    public Script withOutputLimit(int bytes) {
        return new Script(text, timeout, idleTimeout, bytes, readOnly);
    }

    /** The same script, known to look only. */
    public Script asReadOnly() {
        return new Script(text, timeout, idleTimeout, outputLimit, true);
    }
}
