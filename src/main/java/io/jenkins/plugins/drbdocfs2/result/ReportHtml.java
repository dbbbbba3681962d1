package io.jenkins.plugins.drbdocfs2.result;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The results of a build's steps as HTML: a summary, the cluster as a picture, and each step with what it did and found.
 * It takes results of any shape, shows whatever is in them as text, needs no script, and stays below one megabyte by
 * leaving out the middle of long outputs, which it says where it does.
 */
public final class ReportHtml {
    private static final int PAGE = 950_000;

    private ReportHtml() {}

    /**
     * A whole page.
     *
     * @param title the page's title
     * @param results the results of the steps, in order
     */
    public static String render(String title, List<Map<String, Object>> results) {
        String shown = Clip.line(title == null || title.isBlank() ? "DRBD and OCFS2" : title, 500);
        return fitting(results, (limits, html) -> {
            html.doctype().open("html", "lang", "en").open("head");
            html.empty("meta", "charset", "utf-8");
            html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
            html.empty("meta", "http-equiv", "Content-Security-Policy", "content", StyleSheet.policy());
            html.empty("meta", "name", "color-scheme", "content", "light dark");
            html.leaf("title", shown).styleSheet();
            html.closeLine();
            html.open("body", "class", "drbd-page");
            html.open("header", "class", "drbd-header").leaf("h1", shown).closeLine();
            html.open("main");
            body(ReportStep.all(results), limits, html);
            html.closeLine();
            html.closeLine().closeLine();
        });
    }

    /**
     * The part of it that goes into another page, which needs the {@link #style}. Its headings begin at level 2.
     *
     * @param results the results of the steps, in order
     */
    public static String renderBody(List<Map<String, Object>> results) {
        return fitting(results, (limits, html) -> body(ReportStep.all(results), limits, html));
    }

    /** The style sheet that {@link #renderBody} needs: all its rules are for what is inside of that. */
    public static String style() {
        return StyleSheet.TEXT;
    }

    private static String fitting(Object results, BiConsumer<Limits, HtmlWriter> page) {
        for (Limits limits : (Iterable<Limits>) Limits.all(results, PAGE)::iterator) {
            try {
                String html = write(page, limits, PAGE);
                if (html.getBytes(StandardCharsets.UTF_8).length <= PAGE) {
                    return html;
                }
            } catch (HtmlWriter.TooLong e) {
                continue; // with less
            }
        }
        return write(page, Limits.TIGHTEST, Integer.MAX_VALUE);
    }

    private static String write(BiConsumer<Limits, HtmlWriter> page, Limits limits, int most) {
        HtmlWriter html = new HtmlWriter(most);
        page.accept(limits, html);
        return html.toString();
    }

    private static void body(List<ReportStep> steps, Limits limits, HtmlWriter html) {
        html.open("div", "class", "drbd-report");
        Icons.define(html);
        new SummarySection(steps, limits, html).write();
        new TopologySection(Topology.of(steps), limits, html).write();
        new StepsSection(steps, limits, html).write();
        html.closeLine();
    }
}
