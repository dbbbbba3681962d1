package io.jenkins.plugins.drbdocfs2.engine;

import java.util.ArrayList;
import java.util.List;

/** Gathers reasons not to act, so that all of them are told at once. */
public final class Refusals {
    private final List<Refusal> found = new ArrayList<>();

    /** Adds a reason. */
    public void add(Refusal reason) {
        found.add(reason);
    }

    /** Adds the reasons of another collection. */
    public void addAll(Refusals others) {
        found.addAll(others.found);
    }

    /** The reasons. */
    public List<Refusal> all() {
        return List.copyOf(found);
    }

    /** Whether there is a reason. */
    public boolean any() {
        return !found.isEmpty();
    }

    /**
     * Goes on only where there is no reason not to.
     *
     * @throws RefusedException with all reasons
     */
    public void check() throws RefusedException {
        if (any()) {
            throw exception();
        }
    }

    /** All reasons, of which there is one at least, to be thrown. */
    public RefusedException exception() {
        return new RefusedException(found);
    }
}
