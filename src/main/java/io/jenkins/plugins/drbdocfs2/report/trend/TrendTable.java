package io.jenkins.plugins.drbdocfs2.report.trend;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.report.HtmlWriter;
import io.jenkins.plugins.drbdocfs2.report.Icons;
import io.jenkins.plugins.drbdocfs2.report.PageLimits;
import io.jenkins.plugins.drbdocfs2.report.Truncated;
import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import java.util.List;
import java.util.Locale;

/** The trend as a table with a row for each build. The roles keep it a table where the style sheet arranges it in lines. */
final class TrendTable {
    private static final String BEHIND = "Out of sync";
    private static final String TOOK = "Steps took";
    private static final List<String> COLUMNS =
            List.of("Build", "Started (UTC)", "Health", BEHIND, TOOK, "Slowest step", "Why");

    private final List<TrendBuild> builds;
    private final PageLimits limits;
    private final HtmlWriter html;

    TrendTable(List<TrendBuild> builds, PageLimits limits, HtmlWriter html) {
        this.builds = builds;
        this.limits = limits;
        this.html = html;
    }

    /** A time to the minute. */
    static String minute(String time) {
        return time.substring(0, 16).replace('T', ' ');
    }

    void write() {
        html.open("table", "class", "dr-table dr-trend-table", "role", "table");
        html.open("thead", "role", "rowgroup").open("tr", "role", "row");
        COLUMNS.forEach(name -> html.leaf("th", name, "scope", "col", "role", "columnheader"));
        html.close().close().open("tbody", "role", "rowgroup");
        Truncated<TrendBuild> shown = Truncated.of(builds, limits.entries()).each(this::row);
        html.close().closeLine();
        shown.rest(html, "build");
    }

    private void row(TrendBuild build) {
        html.open("tr", "role", "row").open("th", "scope", "row", "role", "rowheader");
        html.leaf("a", line(build.name()), "href", build.link());
        html.text(" ").leaf("span", result(build), "class", "dr-quiet").close();
        cell(null, minute(build.startTime()));
        html.open("td", "role", "cell");
        BuildHealth health = build.verdict().health();
        Icons.state(html, health.icon(), health.word());
        html.close();
        long kib = build.outOfSyncKib().orElse(-1);
        cell(BEHIND, kib < 0 ? "–" : Amounts.bytes(kib * 1024.0));
        long millis = build.totalMillis().orElse(-1);
        cell(TOOK, millis < 0 ? "–" : Durations.text(millis));
        cell(
                "Slowest",
                build.slowest()
                        .map(step -> line(step.getKey()) + ", " + Durations.text(step.getValue()))
                        .orElse("–"));
        html.open("td", "role", "cell", "class", "dr-why");
        why(build);
        html.close().closeLine();
    }

    /** @param label the column, for a narrow window; null if it is clear */
    private void cell(String label, String text) {
        html.leaf("td", text, "role", "cell", "data-label", label);
    }

    private void why(TrendBuild build) {
        List<String> reasons = build.verdict().reasons();
        if (!reasons.isEmpty()) {
            html.text(line(reasons.get(0)));
        }
        if (reasons.size() > 1) {
            quiet("and " + (reasons.size() - 1) + " more");
        }
        if (!build.note().isEmpty()) {
            quiet(line(build.note()));
        }
    }

    private void quiet(String text) {
        html.text(" ").leaf("span", text, "class", "dr-quiet");
    }

    private static String result(TrendBuild build) {
        return build.result().isEmpty() ? "running" : build.result().toLowerCase(Locale.ROOT);
    }

    private String line(String text) {
        return ClippedText.line(text, limits.line());
    }
}
