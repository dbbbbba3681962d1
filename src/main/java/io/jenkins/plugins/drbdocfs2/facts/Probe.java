package io.jenkins.plugins.drbdocfs2.facts;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A read-only POSIX sh script for a node, and the parser of its output.
 *
 * @param key identifies the probe including its values: two probes with the same key are equal
 * @param script the script; it changes nothing, and its standard error is discarded unless redirected
 * @param parser makes a fact of the output, possibly an unknown one; throws {@link IllegalArgumentException} if it is not
 *     valid
 * @param tame whether the script does not exit and changes only variables and parameters of its shell, so that it needs no
 *     subshell, which saves a process
 * @param lasts which answers may be kept for later steps of a block: see {@link #lasting}
 * @param <T> the type of the fact
 */
public record Probe<T>(
        String key, String script, Function<Reading, T> parser, boolean tame, Predicate<? super T> lasts) {
    /** A probe whose script runs in a subshell. */
    public Probe(String key, String script, Function<Reading, T> parser) {
        this(key, script, parser, false, answer -> false);
    }

    /** A probe whose script does not exit and changes only variables of its shell. */
    public static <T> Probe<T> tame(String key, String script, Function<Reading, T> parser) {
        return new Probe<>(key, script, parser, true, answer -> false);
    }

    /**
     * The same probe with answers that {@link KeptFacts} may keep: a distribution, its package manager, the version of a
     * program, which only a change of the node's software alters, and by which no step decides that nothing is to do. Never
     * what the node has in its kernel, on its devices or in its files: data, devices, mounts, services, programs, the state
     * of DRBD or o2cb. Never that something is missing or unknown, as somebody may be about to install it.
     *
     * @param which the answers that may be kept
     */
    public Probe<T> lasting(Predicate<? super T> which) {
        return new Probe<>(key, script, parser, tame, which);
    }

    /**
     * The output of a probe's script.
     *
     * @param exitCode its exit code
     * @param text its standard output
     */
    public record Reading(int exitCode, String text) {
        /** Whether the exit code is 0. */
        public boolean ok() {
            return exitCode == 0;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Probe<?> probe && key.equals(probe.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
