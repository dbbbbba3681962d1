package io.jenkins.plugins.drbdocfs2.hostile;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.util.List;

/**
 * Something that reads text from outside.
 *
 * @param name for messages
 * @param failure the only exception that may come out of it; null where none may
 * @param samples texts that it reads
 * @param reader reads a text
 */
record Parser(String name, Class<? extends Exception> failure, List<String> samples, Reader reader) {
    /** Reads a text. */
    @FunctionalInterface
    interface Reader {
        /** What is in it. */
        Object read(String text) throws Exception;
    }

    /** A probe: what it cannot understand is unknown, or told by the one exception that the inquiry expects. */
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
