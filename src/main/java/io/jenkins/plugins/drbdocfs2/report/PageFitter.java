package io.jenkins.plugins.drbdocfs2.report;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Writes as much as there is room for. */
final class PageFitter {
    private PageFitter() {}

    /**
     * Writes with ever tighter limits until it fits.
     *
     * @param lengths of all texts that are to be shown
     * @param bytes how many bytes there is room for; kept to but where the tightest limits are not enough
     * @param part writes it
     */
    static String write(TextLengths lengths, int bytes, BiConsumer<PageLimits, HtmlWriter> part) {
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
