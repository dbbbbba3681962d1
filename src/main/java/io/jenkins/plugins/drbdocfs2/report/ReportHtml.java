package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import java.util.List;
import java.util.Map;

/**
 * The results of the steps of a build as HTML: a summary, a diagram of the cluster, and each step with its changes and
 * findings. It accepts results of any structure, shows their values as text, and needs no script. It stays below one
 * megabyte by omitting the middle of long outputs, with a note.
 */
public final class ReportHtml {
    private static final int PAGE = 950_000;

    private ReportHtml() {}

    /**
     * A whole page of a build that has ended.
     *
     * @param title the page's title
     * @param results the results of the steps, in order; read several times and never held in memory together, so the
     *     list may read them from a file
     */
    public static String render(String title, List<Map<String, Object>> results) {
        return render(title, results, false);
    }

    /**
     * The same of a build with a result.
     *
     * @param unstable whether the build is unstable, so that failures of steps did not fail it
     */
    public static String render(String title, List<Map<String, Object>> results, boolean unstable) {
        BuildState build = new BuildState(false, unstable);
        String shown = ClippedText.line(title == null || title.isBlank() ? "DRBD and OCFS2" : title, 500);
        List<?> steps = results == null ? List.of() : results;
        ReportOverview overview = ReportOverview.of(steps);
        return PageFitter.write(overview.lengths(), PAGE, (limits, html) -> {
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
            body(steps, overview, null, build, limits, html);
            html.closeLine();
            html.closeLine().closeLine();
        });
    }

    /**
     * The body of the report for another page, which needs the style sheet {@code report.css}. Its headings start at level
     * 2.
     *
     * @param results the results of the steps, as for {@link #render}
     * @param links the URLs of whole outputs
     * @param build the state of the build
     */
    public static String renderBody(List<Map<String, Object>> results, OutputLinks links, BuildState build) {
        ReportOverview overview = ReportOverview.of(results);
        return PageFitter.write(
                overview.lengths(), PAGE, (limits, html) -> body(results, overview, links, build, limits, html));
    }

    private static void body(
            List<?> results,
            ReportOverview overview,
            OutputLinks links,
            BuildState build,
            PageLimits limits,
            HtmlWriter html) {
        html.open("div", "class", "drbd-report");
        Icons.define(html);
        new SummarySection(overview, build, limits, html).write();
        new TopologySection(overview.clusters(), build, limits, html).write();
        new StepsSection(results, overview.steps(), links, limits, html).write();
        html.closeLine();
    }
}
