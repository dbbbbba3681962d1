package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The summary of the build: its outcome, the number of steps by state, their duration, the failures. */
final class SummarySection {
    private static final int MAX_FAILURES = 20;

    private final List<StepHead> steps;
    private final Findings findings;
    private final BuildState build;
    private final PageLimits limits;
    private final HtmlWriter html;

    SummarySection(ReportOverview overview, BuildState build, PageLimits limits, HtmlWriter html) {
        this.steps = overview.steps();
        this.findings = overview.findings();
        this.build = build;
        this.limits = limits;
        this.html = html;
    }

    void write() {
        Map<StepState, Integer> counts = new EnumMap<>(StepState.class);
        steps.forEach(step -> counts.merge(step.state(), 1, Integer::sum));
        html.open("section", "class", "dr-summary", "aria-labelledby", "drbd-summary");
        html.leaf("h2", "Summary", "id", "drbd-summary", "class", "dr-hidden");
        html.open("ul", "class", "dr-tiles");
        html.open("li", "class", "dr-tile dr-result");
        Icons.state(html, icon(counts), result(counts));
        html.close();
        tile(Amounts.count(steps.size(), "step"));
        counts.forEach((state, count) -> {
            html.open("li", "class", "dr-tile");
            Icons.state(html, state, count + " " + state.word());
            html.close();
        });
        long dryRuns = steps.stream().filter(StepHead::dryRun).count();
        if (dryRuns > 0 && dryRuns < steps.size()) {
            tile(dryRuns + " as dry run");
        }
        tile(Durations.text(steps.stream()
                        .filter(step -> step.state() != StepState.RUNNING)
                        .map(StepHead::millis)
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .sum())
                + " in all");
        started();
        html.closeLine();
        failures();
        warnings();
        differences();
        html.closeLine();
    }

    private void tile(String text) {
        html.leaf("li", text, "class", "dr-tile");
    }

    private void started() {
        steps.stream()
                .map(StepHead::started)
                .filter(time -> !time.isEmpty())
                .findFirst()
                .ifPresent(time -> html.open("li", "class", "dr-tile")
                        .leaf(
                                "time",
                                time.substring(0, 16).replace('T', ' ') + " UTC",
                                "class",
                                "dr-age",
                                "datetime",
                                time)
                        .close());
    }

    private void warnings() {
        steps.stream()
                .filter(step -> !step.warning().isEmpty() && step.state() == StepState.UNSTABLE)
                .limit(MAX_FAILURES)
                .forEach(step -> {
                    html.open("p", "class", "dr-failure dr-warning");
                    html.leaf(
                            "a",
                            "Step " + step.number() + ", " + ClippedText.line(step.name(), limits.line()),
                            "href",
                            "#" + step.id());
                    html.text(" " + ClippedText.line(step.warning(), limits.line()))
                            .closeLine();
                });
    }

    private void differences() {
        if (findings.byNode().values().stream().allMatch(List::isEmpty)) {
            return;
        }
        html.leaf("h3", "Differences from the Jenkinsfile", "class", "dr-differences");
        Truncated.of(findings.byNode().entrySet(), limits.entries())
                .each(node -> {
                    html.open("details", "class", "dr-fold", "open", "").open("summary");
                    html.text(node.getKey() + " ")
                            .leaf(
                                    "span",
                                    node.getValue().isEmpty()
                                            ? "as in the Jenkinsfile"
                                            : Amounts.count(node.getValue().size(), "step") + " would change it",
                                    "class",
                                    "dr-quiet")
                            .close();
                    html.open("ul", "class", "dr-planned");
                    node.getValue().forEach(this::difference);
                    html.close().closeLine();
                })
                .rest(html, "node");
    }

    private void difference(Findings.Difference difference) {
        StepHead step = difference.step();
        html.open("li")
                .leaf("a", step.number() + " " + ClippedText.line(step.name(), limits.line()), "href", "#" + step.id());
        for (String change : difference.changes()) {
            html.text(" ").leaf("code", change);
        }
        html.close();
    }

    private void failures() {
        List<StepHead> failed =
                steps.stream().filter(step -> step.state().isFailure()).toList();
        failed.stream().limit(MAX_FAILURES).forEach(step -> {
            html.open("p", "class", "dr-failure");
            boolean named = step.error().startsWith(step.name());
            String where = "Step " + step.number() + (named ? "" : ", " + ClippedText.line(step.name(), limits.line()));
            html.leaf("a", where, "href", "#" + step.id());
            html.text(" " + ClippedText.line(step.error(), limits.line())).closeLine();
        });
        if (failed.size() > MAX_FAILURES) {
            html.leaf("p", "and " + (failed.size() - MAX_FAILURES) + " more", "class", "dr-quiet");
        }
    }

    private StepState icon(Map<StepState, Integer> counts) {
        if (counts.containsKey(StepState.RUNNING)) {
            return StepState.RUNNING;
        }
        StepState overall = overall(counts);
        if (isUnstable(counts)) {
            return StepState.UNSTABLE;
        }
        boolean planned = steps.stream().allMatch(StepHead::dryRun) && counts.containsKey(StepState.WOULD_CHANGE);
        return overall.isFailure() || !planned ? overall : StepState.WOULD_CHANGE;
    }

    private boolean isUnstable(Map<StepState, Integer> counts) {
        return build.unstable()
                || !overall(counts).isFailure()
                        && steps.stream().anyMatch(step -> !step.warning().isEmpty());
    }

    private static StepState overall(Map<StepState, Integer> counts) {
        return Stream.of(StepState.FAILED, StepState.REFUSED, StepState.CUT_OFF, StepState.ABORTED)
                .filter(counts::containsKey)
                .findFirst()
                .orElse(StepState.UNCHANGED);
    }

    private String result(Map<StepState, Integer> counts) {
        if (steps.isEmpty()) {
            return build.building() ? "No steps yet" : "No steps";
        }
        if (counts.containsKey(StepState.RUNNING)) {
            return "Running";
        }
        if (isUnstable(counts)) {
            return "Unstable";
        }
        if (overall(counts).isFailure()) {
            String word = overall(counts).word();
            return Character.toUpperCase(word.charAt(0)) + word.substring(1);
        }
        if (steps.stream().allMatch(StepHead::dryRun)) {
            return counts.containsKey(StepState.WOULD_CHANGE) ? "Dry run: changes to make" : "Dry run: nothing to do";
        }
        return counts.containsKey(StepState.CHANGED) ? "Success" : "Success, nothing to change";
    }
}
