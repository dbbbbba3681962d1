package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One thing to do on one node. */
public sealed interface Change {
    /** The name of the node. */
    String node();

    /** What is done, as one line for the log and the report: a command, or what is written where. */
    String summary();

    /**
     * A command to run.
     *
     * @param node the name of the node
     * @param command a line of POSIX sh whose values are quoted; also what is shown
     * @param timeout how long it may run
     * @param hint what to do where it fails, a sentence or more, or null
     * @param script what is run where it is not what is shown, such as with lines before it that look once more; or null
     * @param passedOn whether its output goes to the build log line by line and its exit code to the caller, whatever it is;
     *     else it must end with 0
     */
    record Command(String node, String command, Duration timeout, String hint, String script, boolean passedOn)
            implements Change {
        /** How long a command may run where nothing else is said. */
        public static final Duration TIMEOUT = Duration.ofMinutes(5);

        /** A command that is run as it is shown. */
        public Command(String node, String command, Duration timeout, String hint) {
            this(node, command, timeout, hint, null, false);
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

        /** The same with what to do where it fails. */
        public Command hint(String text) {
            return new Command(node, command, timeout, text, script, passedOn);
        }

        /** The same with another time limit. */
        public Command timeout(Duration limit) {
            return new Command(node, command, limit, hint, script, passedOn);
        }

        /** The same with lines of shell before it that look once more, in the same script; they are not shown. */
        public Command guard(String lines) {
            return new Command(node, command, timeout, hint, lines + command, passedOn);
        }

        /** The same under a short text in place of a long script. */
        public Command shown(String text, String whole) {
            return new Command(node, text, timeout, hint, whole, passedOn);
        }

        /** The same with its output and its exit code for the caller to judge. */
        public Command passOn() {
            return new Command(node, command, timeout, hint, script, true);
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
     * A file to write, whole and at once: it is never seen half written, and is not written where it no longer holds
     * what it held when it was looked at.
     *
     * @param node the name of the node
     * @param path the file; its directory is made where it is missing
     * @param before its text when it was looked at; null where there was none
     * @param after its text from now on; null to remove it
     * @param mode its permissions, such as {@code 0600}
     */
    record PutFile(String node, String path, String before, String after, String mode) implements Change {
        @Override
        public String summary() {
            return (after == null ? "remove " : before == null ? "write " : "change ") + path;
        }
    }

    /**
     * An event to wait for on a stream of lines.
     *
     * @param node the name of the node
     * @param summary what is waited for
     * @param command what prints the lines, followed until {@code watch} is content
     * @param watch judges the lines
     * @param timeout how long to wait
     * @param hint what to do where it does not come, a sentence or more, or null
     */
    record Await(String node, String summary, String command, WatchFactory watch, Duration timeout, String hint)
            implements Change {}

    /** Makes the judge of one stream. */
    interface WatchFactory {
        /** @param progress takes a line of news for the log */
        Watch start(Consumer<String> progress);
    }

    /** Judges a stream line by line. */
    interface Watch {
        /**
         * Takes a line.
         *
         * @return whether what is waited for has come
         * @throws StepFailure if it cannot come any more
         */
        boolean line(String line) throws StepFailure;

        /** What the stream showed last, for the message where time runs out. */
        String last();

        /** Whether the stream has lost lines, so that what it showed may be wrong: it is begun again, judged anew. */
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
