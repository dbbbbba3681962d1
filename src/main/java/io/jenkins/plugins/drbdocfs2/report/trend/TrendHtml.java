package io.jenkins.plugins.drbdocfs2.report.trend;

import io.jenkins.plugins.drbdocfs2.report.HtmlWriter;
import io.jenkins.plugins.drbdocfs2.report.Icons;
import io.jenkins.plugins.drbdocfs2.report.PageFitter;
import io.jenkins.plugins.drbdocfs2.report.PageLimits;
import io.jenkins.plugins.drbdocfs2.report.TextLengths;
import io.jenkins.plugins.drbdocfs2.report.TopologyPicture;
import io.jenkins.plugins.drbdocfs2.report.Truncated;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import java.util.List;

/**
 * The page of a job as HTML: its clusters as last seen, and the trend over its builds. It needs the style sheet {@code
 * report.css} and no script. It stays below one megabyte.
 */
public final class TrendHtml {
    private static final int PAGE = 950_000;
    private static final int MAX_CLUSTERS = 12;
    private static final int MAX_REASONS = 5;

    private final Trend trend;
    private final PageLimits limits;
    private final HtmlWriter html;
    private int pictures;

    private TrendHtml(Trend trend, PageLimits limits, HtmlWriter html) {
        this.trend = trend;
        this.limits = limits;
        this.html = html;
    }

    /** The body for a page of Jenkins; its headings start at level 2. */
    public static String renderBody(Trend trend) {
        return PageFitter.write(new TextLengths(), PAGE, (limits, html) -> new TrendHtml(trend, limits, html).write());
    }

    private void write() {
        html.open("div", "class", "drbd-report dr-job");
        Icons.define(html);
        if (trend.builds().isEmpty()) {
            html.leaf("p", "No build has a report now.", "class", "dr-quiet");
        } else {
            clusters(trend.clusters());
            builds();
        }
        html.leaf("p", trend.limits(), "class", "dr-quiet dr-bounds");
        html.closeLine();
    }

    private void clusters(List<LastSeen> clusters) {
        html.open("section", "class", "dr-cluster", "aria-labelledby", "drbd-clusters");
        html.leaf("h2", clusters.size() > 1 ? "Clusters as last seen" : "Cluster as last seen", "id", "drbd-clusters");
        if (clusters.isEmpty()) {
            boolean building = trend.builds().stream().anyMatch(TrendBuild::building);
            html.leaf(
                    "p",
                    building ? "No step has reported a node yet." : "No step reported a node.",
                    "class",
                    "dr-quiet");
        }
        Truncated.of(clusters, Math.min(MAX_CLUSTERS, limits.entries()))
                .each(this::cluster)
                .rest(html, "cluster");
        html.closeLine();
    }

    private void cluster(LastSeen cluster) {
        html.open("div", "class", "dr-seen").open("div", "class", "dr-seen-head");
        html.leaf("h3", line(cluster.name()), "class", "dr-cluster-name");
        html.open("p");
        BuildHealth health = cluster.verdict().health();
        Icons.state(html, health.icon(), health.word());
        html.text(" ");
        when(cluster.judgedBy().lastTime(cluster.judged()));
        html.text(" by ");
        link(cluster.judgedBy());
        html.close().closeLine();
        if (cluster.verdict().health() != BuildHealth.HEALTHY) {
            html.open(
                    "ul",
                    "class",
                    "dr-reasons dr-reasons-" + cluster.verdict().health().word());
            Truncated.of(cluster.verdict().reasons(), MAX_REASONS)
                    .each(reason -> html.leaf("li", line(reason)))
                    .rest(html, "reason");
            html.closeLine();
        }
        html.open(
                "div", "class", "dr-scroll", "tabindex", "0", "role", "group", "aria-label", "Picture of the cluster");
        pictures++;
        new TopologyPicture(
                        cluster.pictured().topology(),
                        pictures,
                        cluster.picturedBy().building(),
                        step -> "from " + step.name() + " of "
                                + cluster.picturedBy().name(),
                        html)
                .write();
        html.closeLine();
        if (cluster.picturedBy().number() != cluster.judgedBy().number()) {
            html.open("p", "class", "dr-quiet").text("The picture is of ");
            when(cluster.picturedBy().lastTime(cluster.pictured()));
            html.text(" by ");
            link(cluster.picturedBy());
            html.text(": newer builds did not report these states.").closeLine();
        }
        if (cluster.pictured().topology().isAssumed()) {
            html.leaf(
                    "p",
                    "Italic or dashed: known only from a dry run, which assumes the changes of earlier dry runs.",
                    "class",
                    "dr-quiet");
        }
        html.closeLine();
    }

    private void builds() {
        html.open("section", "class", "dr-builds", "aria-labelledby", "drbd-builds");
        html.leaf("h2", "Builds", "id", "drbd-builds");
        new TrendChart(trend.builds(), html).write();
        new TrendTable(trend.builds(), limits, html).write();
        html.closeLine();
    }

    private void when(String time) {
        html.leaf("time", TrendTable.minute(time) + " UTC", "class", "dr-age", "datetime", time);
    }

    private void link(TrendBuild build) {
        html.leaf("a", line(build.name()), "href", build.link());
    }

    private String line(String text) {
        return ClippedText.line(text, limits.line());
    }
}
