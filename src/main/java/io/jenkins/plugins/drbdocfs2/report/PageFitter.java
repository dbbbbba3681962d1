package io.jenkins.plugins.drbdocfs2.report;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Writes as much as fits. */
public final class PageFitter {
    private PageFitter() {}

    /**
     * Writes with tighter and tighter limits until it fits.
     *
     * @param lengths the lengths of all texts to show
     * @param bytes the number of bytes available; exceeded only if the tightest limits are not enough
     * @param part writes it
     */
    public static String write(TextLengths lengths, int bytes, BiConsumer<PageLimits, HtmlWriter> part) {
        for (PageLimits limits : (Iterable<PageLimits>) PageLimits.all(lengths, bytes)::iterator) {
            try {
                String html = write(limits, bytes, part);
                if (html.getBytes(StandardCharsets.UTF_8).length <= bytes) {
                    return html;
                }
            } catch (HtmlWriter.TooLong e) {
                continue; // with less
            }
        }
        return write(PageLimits.TIGHTEST, Integer.MAX_VALUE, part);
    }

    private static String write(PageLimits limits, int most, BiConsumer<PageLimits, HtmlWriter> part) {
        HtmlWriter html = new HtmlWriter(most);
        part.accept(limits, html);
        return html.toString();
    }
}
