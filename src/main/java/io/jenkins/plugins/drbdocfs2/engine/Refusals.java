package io.jenkins.plugins.drbdocfs2.engine;

import java.util.ArrayList;
import java.util.List;

/** Collects refusals, to report all of them at once. */
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
     * Throws if there are refusals.
     *
     * @throws RefusedException with all reasons
     */
    public void check() throws RefusedException {
        if (any()) {
            throw exception();
        }
    }

    /** An exception with all refusals; there must be at least one. */
    public RefusedException exception() {
        return new RefusedException(found);
    }
}
