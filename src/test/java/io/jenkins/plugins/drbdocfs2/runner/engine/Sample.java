package io.jenkins.plugins.drbdocfs2.runner.engine;

import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Stands for the result of a step and its values: equal to everything and true, so that a script continues whatever it
 * compares. A key that the result does not have is an error.
 */
public final class Sample extends GroovyObjectSupport {
    /** The value as text. */
    static final String TEXT = "(known at run time)";

    /** A value with any keys. */
    static final Sample ANY = new Sample("", null, null);

    private static final Set<String> OF_ALL =
            Set.of("step", "changed", "dryRun", "durationMillis", "looks", "notes", "nodes");
    private static final Set<String> OF_EACH_NODE = Set.of("changed", "commands", "files", "planned");

    private final String place;
    private final Set<String> keys;
    private final Sample ofNode;

    private Sample(String place, Set<String> keys, Sample ofNode) {
        this.place = place;
        this.keys = keys;
        this.ofNode = ofNode;
    }

    /** The result of a step. */
    static Sample of(String step, Rehearsal.Keys keys) {
        Sample node = new Sample(step + ".nodes.NODE", with(OF_EACH_NODE, keys.ofNode()), null);
        return new Sample(step, with(OF_ALL, keys.whole()), node);
    }

    private static Set<String> with(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }

    @Override
    public Object getProperty(String key) {
        if (keys == null) {
            return ofNode == null ? ANY : ofNode;
        }
        if (!keys.contains(key)) {
            throw new IllegalArgumentException(
                    "The result of " + place + " has no " + key + ", as far as its help tells");
        }
        return key.equals("nodes") && ofNode != null ? new Sample(place + ".nodes", null, ofNode) : ANY;
    }

    /** The value of a key in brackets. */
    public Object getAt(Object key) {
        return key instanceof Number ? ANY : getProperty(String.valueOf(key));
    }

    @Override
    public Object invokeMethod(String name, Object arguments) {
        return ANY;
    }

    /** Always true. */
    public boolean asBoolean() {
        return true;
    }

    /** Calls the closure once, with as many samples as it has parameters. */
    public void each(Closure<?> closure) {
        closure.call(
                Collections.nCopies(closure.getMaximumNumberOfParameters(), ANY).toArray());
    }

    @Override
    public boolean equals(Object other) {
        return true;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return TEXT;
    }
}
