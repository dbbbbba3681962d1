package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses {@code drbdsetup events2} of DRBD 8.4.6 and newer: lines of {@code ACTION OBJECT KEY:VALUE...}. drbdsetup(8).
 * Unknown actions, objects and keys are ignored, since new versions add some.
 */
public final class Events2 {
    private static final Set<String> ACTIONS =
            Set.of("exists", "create", "change", "destroy", "rename", "call", "response", "-");

    private Events2() {}

    /**
     * Parses the output of {@code drbdsetup events2 --now [--statistics]}.
     *
     * @param output empty, or lines up to and including {@code exists -}; later lines count too
     * @throws TextFormatException if there are lines but {@code exists -} is missing, so that the output was cut off; if a
     *     line does not begin with an action, so that its content is lost; or if DRBD skipped some lines
     */
    public static DrbdState parse(String output) {
        Follower follower = new Follower();
        String[] lines = output.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            boolean cut = i == lines.length - 1 && !lines[i].strip().equals("exists -");
            if (!cut) {
                checkAction(lines[i], i + 1);
                follower.take(lines[i]);
            }
        }
        if (!output.isBlank() && !follower.isInitialised()) {
            throw new TextFormatException("the output of drbdsetup events2 has no line 'exists -': it was cut off");
        }
        if (follower.hasLostEvents()) {
            throw new TextFormatException("drbdsetup events2 reports skipped events: the state is incomplete");
        }
        return follower.tree.state();
    }

    private static void checkAction(String line, int number) {
        String[] words = Follower.words(line);
        if (!line.isBlank() && !ACTIONS.contains(words[0])) {
            throw new TextFormatException(
                    number, 0, "drbdsetup events2 printed a line that begins with " + Check.quoted(words[0]));
        }
    }

    /** Follows {@code drbdsetup events2 [--statistics]} line by line. Not thread-safe. */
    public static final class Follower {
        private static final Pattern SPACE = Pattern.compile(" +");
        private static final Pattern TIMESTAMP = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S+");
        private static final int MAX_LINE = 4096;
        private static final int MAX_EVENTS = 10_000;

        private final Events2Objects tree = new Events2Objects();
        private boolean initialised;
        private boolean lostEvents;
        /** The objects that had an event before the initial dump ended. */
        private final Set<String> seenInEvents = new HashSet<>();

        /**
         * Parses a line without its line end.
         *
         * @return the state after it
         * @throws TextFormatException if it is longer than any line of DRBD, or there are more objects than DRBD can have
         */
        public DrbdState accept(String line) {
            take(line);
            return tree.state();
        }

        private void take(String line) {
            if (line.length() > MAX_LINE) {
                throw new TextFormatException("drbdsetup events2 printed a line of " + line.length() + " characters");
            }
            String[] words = words(line);
            if (words.length > 1) {
                event(words);
            }
        }

        /** The words of a line, without a timestamp. */
        private static String[] words(String line) {
            String[] words = SPACE.split(line.strip());
            boolean timed = words.length > 1 && TIMESTAMP.matcher(words[0]).matches();
            return timed ? Arrays.copyOfRange(words, 1, words.length) : words;
        }

        /** Whether the initial dump has ended, so that the state is complete. */
        public boolean isInitialised() {
            return initialised;
        }

        /**
         * Whether events were lost: DRBD reports it, a change is about an unknown object, or the initial dump has an object
         * in its state before an event. The state may then be wrong: begin again with a new Follower.
         */
        public boolean hasLostEvents() {
            return lostEvents;
        }

        private void event(String[] words) {
            String action = words[0];
            String object = words[1];
            if (object.equals("-")) {
                endDump(action);
            } else if (action.equals("-") && object.equals("skipped")) {
                lostEvents = true;
            } else {
                Map<String, String> keys = keys(words);
                lostEvents |= initialised && action.equals("change") && !tree.knows(object, keys);
                if (!initialised && !lostEvents) {
                    compareWithEvents(action, Events2Objects.id(object, keys));
                }
                tree.apply(action, object, keys);
            }
        }

        private void endDump(String action) {
            if (action.equals("exists")) {
                initialised = true;
                seenInEvents.clear();
            }
        }

        // The dump reports the objects one by one, in their state when it began, with later events in between.
        private void compareWithEvents(String action, String object) {
            if (action.equals("exists")) {
                lostEvents |= seenInEvents.contains(object);
            } else {
                seenInEvents.add(object);
                lostEvents |= seenInEvents.size() > MAX_EVENTS;
            }
        }

        private static Map<String, String> keys(String[] words) {
            Map<String, String> keys = new LinkedHashMap<>();
            for (int i = 2; i < words.length; i++) {
                int colon = words[i].indexOf(':');
                String key = colon < 0 ? "" : words[i].substring(0, colon);
                if (Events2Objects.KEYS.contains(key)) {
                    keys.put(key, words[i].substring(colon + 1));
                }
            }
            return keys;
        }
    }
}
