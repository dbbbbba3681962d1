package io.jenkins.plugins.drbdocfs2.hostile;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.util.List;

/**
 * A parser of external text.
 *
 * @param name for messages
 * @param failure the only exception that it may throw; null for none
 * @param samples valid texts
 * @param reader parses a text
 */
record Parser(String name, Class<? extends Exception> failure, List<String> samples, Reader reader) {
    /** Reads a text. */
    @FunctionalInterface
    interface Reader {
        /** The parsed value. */
        Object read(String text) throws Exception;
    }

    /** The parser of a probe; it reports invalid text as unknown or with TextFormatException. */
    static Parser of(Probe<?> probe, String... samples) {
        return new Parser("probe " + probe.key(), TextFormatException.class, List.of(samples), text -> probe.parser()
                .apply(new Reading(0, text)));
    }

    static Parser of(String name, Class<? extends Exception> failure, Reader reader, String... samples) {
        return new Parser(name, failure, List.of(samples), reader);
    }

    @Override
    public String toString() {
        return name;
    }
}
