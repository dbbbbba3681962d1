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
    private final PageLimits limits;
    private final HtmlWriter html;

    SummarySection(List<StepHead> steps, PageLimits limits, HtmlWriter html) {
        this.steps = steps;
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
        html.closeLine();
        failures();
        html.closeLine();
    }

    private void tile(String text) {
        html.leaf("li", text, "class", "dr-tile");
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
        boolean planned = steps.stream().allMatch(StepHead::dryRun) && counts.containsKey(StepState.WOULD_CHANGE);
        return overall.isFailure() || !planned ? overall : StepState.WOULD_CHANGE;
    }

    private static StepState overall(Map<StepState, Integer> counts) {
        return Stream.of(StepState.FAILED, StepState.REFUSED, StepState.CUT_OFF, StepState.ABORTED)
                .filter(counts::containsKey)
                .findFirst()
                .orElse(StepState.UNCHANGED);
    }

    private String result(Map<StepState, Integer> counts) {
        if (steps.isEmpty()) {
            return "No steps yet";
        }
        if (counts.containsKey(StepState.RUNNING)) {
            return "Running";
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
