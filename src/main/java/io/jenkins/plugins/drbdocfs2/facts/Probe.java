package io.jenkins.plugins.drbdocfs2.facts;

import java.util.function.Function;

/**
 * One question to a node: a piece of POSIX sh that only looks, and what its answer means.
 *
 * @param key names the question, values included: two probes with one key are the same question
 * @param script what to run; it changes nothing, its standard error is thrown away unless it redirects it
 * @param parser makes a fact of what it printed; never fails: what cannot be understood is an unknown fact
 * @param tame whether the script does not exit and changes nothing of its shell but variables and parameters, so that it needs no
 *     subshell, which is a process less
 * @param <T> the type of the fact
 */
public record Probe<T>(String key, String script, Function<Reading, T> parser, boolean tame) {
    /** A question whose script is given a subshell. */
    public Probe(String key, String script, Function<Reading, T> parser) {
        this(key, script, parser, false);
    }

    /** A question whose script does not exit, and changes nothing of its shell but variables. */
    public static <T> Probe<T> tame(String key, String script, Function<Reading, T> parser) {
        return new Probe<>(key, script, parser, true);
    }

    /**
     * What a probe's script printed.
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
