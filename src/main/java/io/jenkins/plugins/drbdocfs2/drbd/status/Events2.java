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
 * Reads {@code drbdsetup events2}, DRBD 8.4.6 and newer: lines of {@code ACTION OBJECT KEY:VALUE...}. drbdsetup(8).
 * Unknown actions, objects and keys are passed over, since versions add to them.
 */
public final class Events2 {
    private static final Set<String> ACTIONS =
            Set.of("exists", "create", "change", "destroy", "rename", "call", "response", "-");

    private Events2() {}

    /**
     * Reads the output of {@code drbdsetup events2 --now [--statistics]}.
     *
     * @param output nothing, or lines up to and including {@code exists -}; what follows counts too
     * @throws TextFormatException if there are lines but {@code exists -} is missing: the output was cut off; if a line does
     *     not begin with an action, so that what it tells is lost; or if DRBD skipped some of it
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
            throw new TextFormatException("drbdsetup events2 says that it skipped some: the state is incomplete");
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

    /** Follows {@code drbdsetup events2 [--statistics]} line by line. Not safe for use by several threads. */
    public static final class Follower {
        private static final Pattern SPACE = Pattern.compile(" +");
        private static final Pattern TIMESTAMP = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S+");
        private static final int LONGEST_LINE = 4096;
        private static final int MOST_EVENTS = 10_000;

        private final Events2Objects tree = new Events2Objects();
        private boolean initialised;
        private boolean lostEvents;
        /** What events told of before the initial dump had ended. */
        private final Set<String> toldByEvents = new HashSet<>();

        /**
         * Takes a line without its line end.
         *
         * @return the state after it
         * @throws TextFormatException if it is longer than DRBD prints, or tells of more objects than DRBD can have
         */
        public DrbdState accept(String line) {
            take(line);
            return tree.state();
        }

        private void take(String line) {
            if (line.length() > LONGEST_LINE) {
                throw new TextFormatException("drbdsetup events2 printed a line of " + line.length() + " characters");
            }
            String[] words = words(line);
            if (words.length > 1) {
                event(words);
            }
        }

        /** The words of a line without its timestamp, if it has one. */
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
         * Whether events were lost, as DRBD says or a change shows of what was never told of, or the initial dump told of
         * something as it was before an event: the state may be wrong, begin again with a new Follower.
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
                toldByEvents.clear();
            }
        }

        // The dump comes object by object, all as they were when it began, and events between them.
        private void compareWithEvents(String action, String object) {
            if (action.equals("exists")) {
                lostEvents |= toldByEvents.contains(object);
            } else {
                toldByEvents.add(object);
                lostEvents |= toldByEvents.size() > MOST_EVENTS;
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
