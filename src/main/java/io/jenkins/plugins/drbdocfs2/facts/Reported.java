package io.jenkins.plugins.drbdocfs2.facts;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A state as reported by a node: the state and its word. For an unknown state only the word is known.
 *
 * @param state the state
 * @param word the reported word; {@link #NOTHING} if nothing was reported
 * @param <S> the enum of the states
 */
public record Reported<S extends Enum<S> & Reported.State>(S state, String word) implements Serializable {
    /** The word in results and messages for a state that was not reported, or could not be read. */
    public static final String NOTHING = "Unknown";

    /** The enum of a kind of state implements this. */
    public interface State {
        /** The word of the state; null for the constant of unknown words, and for none. */
        String word();
    }

    /** A state that is known. */
    public static <S extends Enum<S> & State> Reported<S> of(S state) {
        return new Reported<>(state, state.word());
    }

    /**
     * Parses a word.
     *
     * @param word null if nothing was reported
     * @param unknown the constant for unknown words
     */
    public static <S extends Enum<S> & State> Reported<S> parse(String word, S unknown) {
        return Arrays.stream(unknown.getDeclaringClass().getEnumConstants())
                .filter(state -> state != unknown && state.word().equals(word))
                .findFirst()
                .map(Reported::of)
                .orElseGet(() -> new Reported<>(unknown, word == null ? NOTHING : word));
    }

    /** Whether it is this state. */
    public boolean is(S other) {
        return state == other;
    }

    /** Whether the node reported anything, known or unknown. */
    public boolean isPresent() {
        return state.word() != null || !word.equals(NOTHING);
    }

    /** Its word. */
    @Override
    public String toString() {
        return word;
    }
}
