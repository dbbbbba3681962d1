package io.jenkins.plugins.drbdocfs2.result;

import java.util.stream.Stream;

/**
 * How much of each thing a page shows.
 *
 * @param text the most of one text, in bytes of the page
 * @param entries the most of one list
 */
record Limits(int text, int entries) {
    /** What is shown however much there is. */
    static final Limits TIGHTEST = new Limits(64, 4);

    private static final Limits GENEROUS = new Limits(128 * 1024, 1000);
    private static final int ALL_ENTRIES_FROM = 4096;
    private static final int LINE = 200;
    private static final int IMPORTANT = 4;

    /** From generous to tight: the first with which the page is small enough is the one to use. */
    static Stream<Limits> all() {
        return Stream.iterate(GENEROUS, limits -> limits.text >= TIGHTEST.text, Limits::tighter);
    }

    private Limits tighter() {
        int fewer = text > ALL_ENTRIES_FROM ? entries : Math.max(TIGHTEST.entries, entries / 2);
        return new Limits(text * 2 / 3, fewer);
    }

    /** These, for a text that is more likely to be read. */
    Limits important() {
        return new Limits(text * IMPORTANT, entries);
    }

    /** The most of a text that stands in a line with others. */
    int line() {
        return Math.min(LINE, text);
    }
}
