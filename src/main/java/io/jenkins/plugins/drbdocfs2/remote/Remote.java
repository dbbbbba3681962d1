package io.jenkins.plugins.drbdocfs2.remote;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A node that scripts can be run on. Safe for use by several threads at once: scripts run side by side.
 */
public interface Remote {
    /** The node. */
    Node node();

    /**
     * Runs a script and waits for its end.
     *
     * @throws RemoteException if the node cannot be reached, refuses, is lost in the middle, or a time limit passed;
     *     never because of an exit code
     * @throws InterruptedException if the thread was interrupted; the script has been ended then
     */
    default Answer run(Script script) throws RemoteException, InterruptedException {
        return run(script, line -> {});
    }

    /**
     * Runs a script and hands on each line of its standard output as it comes, without its line end, on a thread of the
     * connection: the consumer must return soon. A line longer than 64 KiB comes in pieces.
     *
     * @throws RemoteException as {@link #run(Script)}
     * @throws InterruptedException as {@link #run(Script)}
     */
    default Answer run(Script script, Consumer<String> stdoutLine) throws RemoteException, InterruptedException {
        return runUntil(script, line -> {
            stdoutLine.accept(line);
            return false;
        });
    }

    /**
     * Runs a script and hands on each line of its standard output as {@link #run(Script, Consumer)} does, until one is
     * enough; then the script is ended and its exit code is that of a process ended by a signal.
     *
     * @param enough takes a line and says whether to end the script
     * @throws RemoteException as {@link #run(Script)}
     * @throws InterruptedException as {@link #run(Script)}
     */
    Answer runUntil(Script script, Predicate<String> enough) throws RemoteException, InterruptedException;
}
