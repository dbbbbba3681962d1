package io.jenkins.plugins.drbdocfs2.facts;

import java.util.function.Function;

/**
 * One question to a node: a piece of POSIX sh that only looks, and what its answer means.
 *
 * @param key names the question, values included: two probes with one key are the same question
 * @param script what to run; it changes nothing, its standard error is thrown away unless it redirects it
 * @param parser makes a fact of what it printed; never fails: what cannot be understood is an unknown fact
 * @param <T> the type of the fact
 */
public record Probe<T>(String key, String script, Function<Reading, T> parser) {
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
