package io.jenkins.plugins.drbdocfs2.report.trend;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.report.HtmlWriter;
import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The trend as a chart, the oldest build on the left: the health as icons, the duration and the amount out of sync as bars.
 * It is as wide as the page; only its height is fixed. The table has the same for keyboards and screen readers.
 */
final class TrendChart {
    private static final int FEWEST_COLUMNS = 30;
    private static final int LABEL = 14;
    private static final int ICON = 11;
    private static final int BAR = 44;
    private static final int GAP = 12;
    private static final int NAME = 20;

    private final List<TrendBuild> builds;
    private final HtmlWriter html;
    private final double column;

    /** @param newestFirst the builds, the newest first */
    TrendChart(List<TrendBuild> newestFirst, HtmlWriter html) {
        this.builds = new ArrayList<>(newestFirst);
        Collections.reverse(builds);
        this.html = html;
        this.column = 100.0 / Math.max(FEWEST_COLUMNS, builds.size());
    }

    void write() {
        long longest = most(TrendBuild::totalMillis);
        long furthest = most(TrendBuild::outOfSyncKib);
        int bars = LABEL + ICON + GAP;
        int sync = bars + LABEL + BAR + GAP;
        int names = furthest > 0 ? sync + LABEL + BAR : bars + LABEL + BAR;
        int height = names + LABEL + 2;
        html.open(
                "svg",
                "class",
                "dr-trend",
                "role",
                "img",
                "aria-label",
                description(),
                "width",
                "100%",
                "height",
                String.valueOf(height));
        for (int i = 0; i < builds.size(); i++) {
            TrendBuild build = builds.get(i);
            html.open("a", "href", build.link(), "tabindex", "-1").leaf("title", words(build));
            rect("dr-column", i, 1, 0, names);
            icon(build.verdict().health(), i);
            bar("dr-took", i, build.totalMillis(), longest, bars + LABEL + BAR);
            bar("dr-behind", i, build.outOfSyncKib(), furthest, sync + LABEL + BAR);
            html.close();
        }
        text("0", "start", LABEL - 4, "Health");
        text("0", "start", bars + LABEL - 4, "Steps took, up to " + Durations.text(longest));
        line(bars + LABEL + BAR);
        if (furthest > 0) {
            text("0", "start", sync + LABEL - 4, "Out of sync, up to " + Amounts.bytes(furthest * 1024.0));
            line(sync + LABEL + BAR);
        }
        text("0", "start", names + LABEL - 1, builds.get(0).name());
        if (builds.size() > FEWEST_COLUMNS / 6) {
            text(
                    percent(builds.size() * column),
                    "end",
                    names + LABEL - 1,
                    builds.get(builds.size() - 1).name());
        }
        html.closeLine();
    }

    private long most(Function<TrendBuild, OptionalLong> amount) {
        return builds.stream()
                .map(amount)
                .flatMapToLong(OptionalLong::stream)
                .max()
                .orElse(0);
    }

    private void icon(BuildHealth health, int index) {
        html.open(
                "svg",
                "class",
                "dr-mark dr-is-" + health.icon().id(),
                "x",
                percent((index + 0.5) * column),
                "y",
                String.valueOf(LABEL),
                "overflow",
                "visible");
        html.empty(
                "use",
                "href",
                "#drbd-icon-" + health.icon().id(),
                "x",
                String.valueOf(-ICON / 2.0),
                "width",
                String.valueOf(ICON),
                "height",
                String.valueOf(ICON));
        html.close();
    }

    private void bar(String style, int index, OptionalLong amount, long most, int bottom) {
        if (most > 0 && amount.isPresent() && amount.getAsLong() > 0) {
            int height = (int) Math.max(1, Math.round((double) BAR * amount.getAsLong() / most));
            rect(style, index + 0.2, 0.6, bottom - height, height);
        }
    }

    private void rect(String style, double at, double columns, int y, int height) {
        html.empty(
                "rect",
                "class",
                style,
                "x",
                percent(at * column),
                "y",
                String.valueOf(y),
                "width",
                percent(columns * column),
                "height",
                String.valueOf(height));
    }

    private void line(int y) {
        html.empty(
                "rect",
                "class",
                "dr-base",
                "x",
                "0",
                "y",
                String.valueOf(y),
                "width",
                percent(builds.size() * column),
                "height",
                "1");
    }

    private void text(String x, String anchor, int y, String text) {
        html.leaf(
                "text",
                ClippedText.line(text, anchor.equals("end") || y > NAME ? 40 : NAME),
                "class",
                "dr-lane",
                "x",
                x,
                "y",
                String.valueOf(y),
                "text-anchor",
                anchor);
    }

    private static String words(TrendBuild build) {
        String took = build.totalMillis().isPresent()
                ? ", steps took " + Durations.text(build.totalMillis().getAsLong())
                : "";
        long kib = build.outOfSyncKib().orElse(0);
        String behind = kib > 0 ? ", " + Amounts.bytes(kib * 1024.0) + " out of sync" : "";
        return ClippedText.line(build.name(), 100) + ", "
                + TrendTable.minute(build.startTime()) + " UTC: "
                + build.verdict().health().word() + took + behind;
    }

    private String description() {
        Map<BuildHealth, Integer> counts = new EnumMap<>(BuildHealth.class);
        builds.forEach(build -> counts.merge(build.verdict().health(), 1, Integer::sum));
        return "Trend of " + Amounts.count(builds.size(), "build") + ": "
                + counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey().word())
                        .collect(Collectors.joining(", "))
                + ". The table below has the values.";
    }

    private static String percent(double amount) {
        return String.format(Locale.ROOT, "%.3f%%", amount);
    }
}
