package io.jenkins.plugins.drbdocfs2.report;

import java.util.stream.Stream;

/**
 * How much of each thing a page shows.
 *
 * @param text the most of one text, in bytes of the page
 * @param entries the most of one list
 * @param detailed of how many steps there is more than a line
 */
record PageLimits(int text, int entries, int detailed) {
    /** The most steps that are listed. */
    static final int MOST_STEPS = 1000;

    /** What is shown however much there is. */
    static final PageLimits TIGHTEST = new PageLimits(64, 4, 0);

    private static final PageLimits GENEROUS = new PageLimits(128 * 1024, 1000, MOST_STEPS);
    private static final int FEWEST = 20;
    private static final int ALL_ENTRIES_FROM = 4096;
    private static final int LINE = 200;
    private static final int IMPORTANT = 4;

    /**
     * From generous to tight, but for generous ones with which the texts alone would be too much: the first with which the
     * page is small enough is the one to use.
     *
     * @param lengths of all texts that the page is of
     * @param bytes what the page may have
     */
    static Stream<PageLimits> all(TextLengths lengths, int bytes) {
        return Stream.iterate(GENEROUS, limits -> !limits.equals(TIGHTEST), PageLimits::tighter)
                .dropWhile(limits -> limits.entries == GENEROUS.entries && lengths.cutTo(limits.text) > bytes);
    }

    private PageLimits tighter() {
        if (text == TIGHTEST.text) {
            return new PageLimits(text, entries, detailed < FEWEST ? 0 : detailed * 2 / 3);
        }
        int fewer = text > ALL_ENTRIES_FROM ? entries : Math.max(TIGHTEST.entries, entries / 2);
        return new PageLimits(Math.max(TIGHTEST.text, text * 2 / 3), fewer, detailed);
    }

    /** These, for a text that is more likely to be read. */
    PageLimits important() {
        return new PageLimits(text * IMPORTANT, entries, detailed);
    }

    /** The most of a text that stands in a line with others. */
    int line() {
        return Math.min(LINE, text);
    }
}
