package io.jenkins.plugins.drbdocfs2.facts;

import java.util.function.Function;

/**
 * A read-only POSIX sh script for a node, and the parser of its output.
 *
 * @param key identifies the probe including its values: two probes with the same key are equal
 * @param script the script; it changes nothing, and its standard error is discarded unless redirected
 * @param parser makes a fact of the output, possibly an unknown one; throws {@link IllegalArgumentException} if it is not
 *     valid
 * @param tame whether the script does not exit and changes only variables and parameters of its shell, so that it needs no
 *     subshell, which saves a process
 * @param <T> the type of the fact
 */
public record Probe<T>(String key, String script, Function<Reading, T> parser, boolean tame) {
    /** A probe whose script runs in a subshell. */
    public Probe(String key, String script, Function<Reading, T> parser) {
        this(key, script, parser, false);
    }

    /** A probe whose script does not exit and changes only variables of its shell. */
    public static <T> Probe<T> tame(String key, String script, Function<Reading, T> parser) {
        return new Probe<>(key, script, parser, true);
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
