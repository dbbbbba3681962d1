package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.time.Duration;
import java.util.Optional;

/**
 * What one execution sends to a shell of a node, and what becomes of its outputs. It is used once. Only what consists of several
 * scripts has something to report before its end.
 */
interface SentScript {
    /** The number of the standard output. */
    int STDOUT = 0;

    /** The number of the standard error. */
    int STDERR = 1;

    /** The script. */
    String text();

    /** Takes bytes of an output, on the thread of the connection. */
    void printed(int output, byte[] bytes, int offset, int length);

    /** Takes the end of an output, on the thread of the connection. */
    void ended(int output);

    /** The time limit of what runs now. */
    Duration limit();

    /**
     * When what runs now began.
     *
     * @param start when the execution began, in nanoseconds
     */
    default long since(long start) {
        return start;
    }

    /** Whether other scripts follow the one that runs now. */
    default boolean hasMore() {
        return false;
    }

    /** Whether a script has ended and was not reported yet. */
    default boolean hasUnreported() {
        return false;
    }

    /** Reports the ends that were not reported yet, on the thread that waits. */
    default void report() {}

    /** The result after both outputs ended with this exit code; empty if the exit code of a part is missing. */
    Optional<ScriptResult> result(int exitCode, long millis);
}
