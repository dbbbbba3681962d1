package io.jenkins.plugins.drbdocfs2.report;

import java.util.stream.Stream;

/**
 * Limits for the parts of a page.
 *
 * @param text the maximum of one text, in bytes of the page
 * @param entries the maximum number of entries of one list
 * @param detailed the number of steps shown in detail
 */
public record PageLimits(int text, int entries, int detailed) {
    /** The maximum number of listed steps. */
    static final int MAX_STEPS = 1000;

    /** The tightest limits. */
    static final PageLimits TIGHTEST = new PageLimits(64, 4, 0);

    private static final PageLimits GENEROUS = new PageLimits(128 * 1024, 1000, MAX_STEPS);
    private static final int FEWEST = 20;
    private static final int ALL_ENTRIES_FROM = 4096;
    private static final int LINE = 200;
    private static final int IMPORTANT = 4;

    /**
     * From generous to tight, without those for which the texts alone would be too large: use the first with which the page
     * is small enough.
     *
     * @param lengths the lengths of all texts of the page
     * @param bytes the limit of the page
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

    /** The limits for an important text. */
    PageLimits important() {
        return new PageLimits(text * IMPORTANT, entries, detailed);
    }

    /** The maximum of a text in a line with others. */
    public int line() {
        return Math.min(LINE, text);
    }
}
