package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A change on one node. */
public sealed interface Change {
    /** The name of the node. */
    String node();

    /** The change in one line for the log and the report: a command, or the file that is written. */
    String summary();

    /** The same while it is made. */
    default String doing() {
        return summary();
    }

    /**
     * Whether it can neither destroy data nor stop anything. Then it may be sent together with the change before it. A node
     * that has lost the connection makes it nevertheless, until it notices the loss.
     */
    default boolean isHarmless() {
        return false;
    }

    /**
     * A command to run.
     *
     * @param node the name of the node
     * @param command a line of POSIX sh with quoted values; also shown in the log
     * @param timeout how long it may run
     * @param hint the remedy if it fails, one or more sentences, or null
     * @param script the script to run if it differs from the shown command, such as with checks before it; or null
     * @param passedOn whether its output goes to the build log line by line
     * @param anyExitCode whether any exit code is returned; otherwise it must exit with 0
     * @param changeCode the exit code by which it says that it changed something, and with 0 that it did not; null if it
     *     always changes something
     * @param isHarmless see {@link Change#isHarmless}
     */
    record Command(
            String node,
            String command,
            Duration timeout,
            String hint,
            String script,
            boolean passedOn,
            boolean anyExitCode,
            Integer changeCode,
            boolean isHarmless)
            implements Change {
        /** The default time limit of a command. */
        public static final Duration TIMEOUT = Duration.ofMinutes(5);

        /** A command that runs as shown. */
        public Command(String node, String command, Duration timeout, String hint) {
            this(node, command, timeout, hint, null, false, false, null, false);
        }

        /** A command of these words. */
        public static Command of(String node, String... words) {
            return new Command(node, Sh.command(words), TIMEOUT, null);
        }

        /** A command of these words. */
        public static Command of(String node, List<String> words) {
            return new Command(node, Sh.command(words), TIMEOUT, null);
        }

        /** A line of shell. */
        public static Command shell(String node, String line) {
            return new Command(node, line, TIMEOUT, null);
        }

        /** The same with a remedy. */
        public Command hint(String text) {
            return new Command(node, command, timeout, text, script, passedOn, anyExitCode, changeCode, isHarmless);
        }

        /** The same with another time limit. */
        public Command timeout(Duration limit) {
            return new Command(node, command, limit, hint, script, passedOn, anyExitCode, changeCode, isHarmless);
        }

        /** The same with shell lines before it that check again in the same script; they are not shown. */
        public Command guard(String lines) {
            return shown(command, lines + toRun());
        }

        /** The same with a short text for a long script. */
        public Command shown(String text, String whole) {
            return new Command(node, text, timeout, hint, whole, passedOn, anyExitCode, changeCode, isHarmless);
        }

        /** The same with its output in the build log. */
        public Command passOn() {
            return new Command(node, command, timeout, hint, script, true, anyExitCode, changeCode, isHarmless);
        }

        /** The same with any exit code returned to the caller. */
        public Command withAnyExitCode() {
            return new Command(node, command, timeout, hint, script, passedOn, true, changeCode, isHarmless);
        }

        /** The same, which says with this exit code that it changed something, and with 0 that it did not. */
        public Command changesOn(int exitCode) {
            return new Command(node, command, timeout, hint, script, passedOn, anyExitCode, exitCode, isHarmless);
        }

        /** The same, which can neither destroy data nor stop anything. */
        public Command harmless() {
            return new Command(node, command, timeout, hint, script, passedOn, anyExitCode, changeCode, true);
        }

        /** What is run. */
        public String toRun() {
            return script == null ? command : script;
        }

        @Override
        public String summary() {
            return command;
        }
    }

    /**
     * A file to write atomically: it is never visible half written, and is not overwritten if it changed after it was read.
     *
     * @param node the name of the node
     * @param path the path; a missing directory is created
     * @param before the current text; null if there is no file
     * @param after the new text; null to remove the file
     * @param mode its permissions, such as {@code 0600}
     * @param mask hides its secrets where its text is shown
     */
    record PutFile(String node, String path, String before, String after, String mode, UnaryOperator<String> mask)
            implements Change {
        /** A file of which only the secrets of the operation are hidden. */
        public PutFile(String node, String path, String before, String after, String mode) {
            this(node, path, before, after, mode, UnaryOperator.identity());
        }

        /** A file that is written is: it is not overwritten if it changed after it was read. */
        @Override
        public boolean isHarmless() {
            return after != null;
        }

        @Override
        public String summary() {
            return (after == null ? "remove " : before == null ? "write " : "change ") + path;
        }
    }

    /**
     * An event in words.
     *
     * @param awaited what to wait for, such as "'r0' to be connected"
     * @param reached what is true afterwards, such as "'r0' is connected"
     */
    record Event(String awaited, String reached) {
        /** The event that something is in a state. */
        public static Event of(String subject, String state) {
            return new Event(subject + " to be " + state, subject + " is " + state);
        }
    }

    /**
     * An event to wait for on a stream of lines.
     *
     * @param node the name of the node
     * @param event the event, for messages
     * @param command the command that prints the lines, followed until {@code watch} is satisfied
     * @param watch evaluates the lines
     * @param timeout how long to wait
     * @param hint the remedy if it does not happen, one or more sentences, or null
     */
    record Await(String node, Event event, String command, WatchFactory watch, Duration timeout, String hint)
            implements Change {
        @Override
        public String summary() {
            return "wait for " + event.awaited();
        }

        @Override
        public String doing() {
            return "waiting for " + event.awaited();
        }
    }

    /**
     * A reboot, which ends when the node answers after it.
     *
     * @param node the name of the node
     * @param timeout how long it may take
     */
    record Reboot(String node, Duration timeout) implements Change {
        @Override
        public String summary() {
            return "reboot";
        }
    }

    /** Creates the watch of one stream. */
    interface WatchFactory {
        /** @param progress receives lines of progress for the log */
        Watch start(Consumer<String> progress);
    }

    /** Evaluates a stream line by line. */
    interface Watch {
        /**
         * Takes a line.
         *
         * @return whether the event has happened
         * @throws StepFailure if it can no longer happen
         */
        boolean line(String line) throws StepFailure;

        /** The last state of the stream, for the message after a timeout. */
        String last();

        /** Whether the stream has lost lines, so that its state may be wrong: then it is started and evaluated again. */
        default boolean hasLostLines() {
            return false;
        }

        /**
         * What the stream shows of the node, by the names of its result, and under {@link
         * io.jenkins.plugins.drbdocfs2.result.StepResult#PROGRESS} how far it is; nothing unless overridden.
         */
        default Map<String, Object> now() {
            return Map.of();
        }
    }
}
