package io.jenkins.plugins.drbdocfs2.facts;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A state as a node reported it: which one it is, and the word for it. Of a state that is not known here the word is all
 * that there is.
 *
 * @param state which state it is
 * @param word what the node said; {@link #NOTHING} where it said nothing
 * @param <S> the states that there can be
 */
public record Reported<S extends Enum<S> & Reported.State>(S state, String word) implements Serializable {
    /** Stands in results and messages for a state that was not reported, or could not be read. */
    public static final String NOTHING = "Unknown";

    /** What the enum of a kind of state has. */
    public interface State {
        /** The word for it; null for the constant that stands for any other word, and for none. */
        String word();
    }

    /** A state that is known. */
    public static <S extends Enum<S> & State> Reported<S> of(S state) {
        return new Reported<>(state, state.word());
    }

    /**
     * Reads a word.
     *
     * @param word null where nothing was said
     * @param unknown the constant that stands for any other word
     */
    public static <S extends Enum<S> & State> Reported<S> parse(String word, S unknown) {
        return Arrays.stream(unknown.getDeclaringClass().getEnumConstants())
                .filter(state -> state != unknown && state.word().equals(word))
                .findFirst()
                .map(Reported::of)
                .orElseGet(() -> new Reported<>(unknown, word == null ? NOTHING : word));
    }

    /** Whether it is this one. */
    public boolean is(S other) {
        return state == other;
    }

    /** Whether the node said anything, be it a word that is not known here. */
    public boolean isPresent() {
        return state.word() != null || !word.equals(NOTHING);
    }

    /** Its word. */
    @Override
    public String toString() {
        return word;
    }
}
