package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.time.Duration;
import java.util.Optional;

/** What one execution sends to a shell of a node, and what becomes of its outputs. It is used once. */
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
    long since(long start);

    /** Whether other scripts follow the one that runs now. */
    boolean hasMore();

    /** Whether a script has ended and was not reported yet. */
    boolean hasUnreported();

    /** Reports the ends that were not reported yet, on the thread that waits. */
    void report();

    /** The result after both outputs ended with this exit code; empty if the exit code of a part is missing. */
    Optional<ScriptResult> result(int exitCode, long millis);
}
