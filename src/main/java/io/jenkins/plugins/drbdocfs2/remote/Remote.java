package io.jenkins.plugins.drbdocfs2.remote;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A node that scripts can be run on. Safe for use by several threads at once: scripts run side by side.
 */
public interface Remote extends AutoCloseable {
    /** The node. */
    Node node();

    /**
     * Connects, if it is not connected; else the first script does.
     *
     * @throws RemoteException if the node cannot be reached or refuses
     * @throws InterruptedException if the thread was interrupted
     */
    default void connect() throws RemoteException, InterruptedException {}

    /**
     * Runs a script and waits for its end.
     *
     * @throws RemoteException if the node cannot be reached, refuses, is lost in the middle, or a time limit passed;
     *     never because of an exit code
     * @throws InterruptedException if the thread was interrupted; the script has been ended then
     */
    default ScriptResult run(Script script) throws RemoteException, InterruptedException {
        return run(script, line -> {});
    }

    /**
     * Runs a script and hands on each line of its standard output as it comes, without its line end, on a thread of the
     * connection: the consumer must return soon. A line longer than 64 KiB comes in pieces. A consumer that throws ends the
     * script, and is given no further line.
     *
     * @throws RemoteException as {@link #run(Script)}
     * @throws InterruptedException as {@link #run(Script)}
     */
    ScriptResult run(Script script, Consumer<String> stdoutLine) throws RemoteException, InterruptedException;

    /**
     * Runs a script and hands on the lines of its standard output as {@link #run(Script, Consumer)} does, until one is
     * enough: then the script is ended.
     *
     * @param enough takes a line and says whether to end the script
     * @return what the script left behind where it ended by itself
     * @throws RemoteException as {@link #run(Script)}
     * @throws InterruptedException as {@link #run(Script)}
     */
    default Optional<ScriptResult> runUntil(Script script, Predicate<String> enough)
            throws RemoteException, InterruptedException {
        try {
            return Optional.of(run(script, line -> {
                if (enough.test(line)) {
                    throw new EnoughException();
                }
            }));
        } catch (EnoughException e) {
            return Optional.empty();
        }
    }

    /** Ends a script from within the taker of its lines. */
    final class EnoughException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private EnoughException() {
            super(null, null, false, false);
        }
    }

    /** Closes the connection where no script runs on it; the next script connects anew. */
    default void rest() {}

    /** Ends what still runs on it, and the connection. */
    @Override
    default void close() {}
}
