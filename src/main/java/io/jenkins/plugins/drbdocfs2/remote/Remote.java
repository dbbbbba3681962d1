package io.jenkins.plugins.drbdocfs2.remote;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A node that runs scripts. Thread-safe: scripts run in parallel.
 */
public interface Remote extends AutoCloseable {
    /** The node. */
    Node node();

    /**
     * Connects if not connected; otherwise the first script would.
     *
     * @throws RemoteException if the node cannot be reached or refuses
     * @throws InterruptedException if the thread was interrupted
     */
    default void connect() throws RemoteException, InterruptedException {}

    /** How many times it has connected so far. What the node said before the last time may be old. */
    default int connections() {
        return 0;
    }

    /**
     * Runs a script and waits for its end.
     *
     * @throws RemoteException if the node cannot be reached, refuses, is lost meanwhile, or a time limit passed; never
     *     because of an exit code
     * @throws InterruptedException if the thread was interrupted; then the script has ended
     */
    default ScriptResult run(Script script) throws RemoteException, InterruptedException {
        return run(script, line -> {});
    }

    /**
     * Runs a script and passes on each line of its standard output as it arrives, without its line end, on a thread of the
     * connection: the consumer must return quickly. A line longer than 64 KiB arrives in pieces. A consumer that throws ends
     * the script and gets no further lines.
     *
     * @throws RemoteException as {@link #run(Script)}
     * @throws InterruptedException as {@link #run(Script)}
     */
    ScriptResult run(Script script, Consumer<String> stdoutLine) throws RemoteException, InterruptedException;

    /** Told what happens while scripts run in order. */
    interface SequenceListener {
        /** The script with this number begins; the first is 0. */
        void begins(int number);

        /** The script with this number has ended. */
        void ended(int number, ScriptResult result);
    }

    /**
     * Runs scripts one after the other until one exits with another code than 0, each with its own time limit and outputs,
     * without a round trip between them where the node can do so. They are one session with one process ID ({@code $$}): what
     * one leaves running may print into the outputs of the next, and ends if the next is ended.
     *
     * @param listener called on this thread
     * @throws RemoteException as {@link #run(Script)}, about the script that began last. After a lost connection the node
     *     continues with the scripts that follow until it notices the loss
     * @throws InterruptedException if the thread was interrupted; then the node ends the script that runs
     */
    default void runInOrder(List<Script> scripts, SequenceListener listener)
            throws RemoteException, InterruptedException {
        boolean goesOn = true;
        for (int i = 0; goesOn && i < scripts.size(); i++) {
            listener.begins(i);
            ScriptResult result = run(scripts.get(i));
            listener.ended(i, result);
            goesOn = result.ok();
        }
    }

    /**
     * Runs a script and passes on the lines of its standard output like {@link #run(Script, Consumer)}, until a line is
     * enough: then it ends the script.
     *
     * @param enough receives a line and returns whether to end the script
     * @return the result of the script if it ended by itself
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

    /** Ends a script from within the consumer of its lines. */
    final class EnoughException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private EnoughException() {
            super(null, null, false, false);
        }
    }

    /**
     * Runs a script that does nothing but wait, as long as it is needed. If the server allows no channel for another script
     * beside it, this one ends.
     *
     * @throws RemoteException as {@link #run(Script)}
     * @throws InterruptedException as {@link #run(Script)}
     */
    default ScriptResult hold(Script script, Consumer<String> stdoutLine) throws RemoteException, InterruptedException {
        return run(script, stdoutLine);
    }

    /** Closes the connection if no script runs on it; the next script connects again. */
    default void closeIfIdle() {}

    /** Ends its running scripts and closes the connection. */
    @Override
    default void close() {}
}
