package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The steps in order, each as a line that unfolds. */
final class StepsSection {
    private static final int SUBJECT = 200;
    private static final int NODES = 8;

    private final List<?> results;
    private final List<StepHead> steps;
    private final OutputLinks links;
    private final PageLimits limits;
    private final HtmlWriter html;

    /**
     * @param results the results, read one by one
     * @param steps their summaries
     * @param links the URLs of whole outputs, or null
     */
    StepsSection(List<?> results, List<StepHead> steps, OutputLinks links, PageLimits limits, HtmlWriter html) {
        this.results = results;
        this.steps = steps;
        this.links = links;
        this.limits = limits;
        this.html = html;
    }

    void write() {
        html.open("section", "class", "dr-steps", "aria-labelledby", "drbd-steps");
        html.leaf("h2", "Steps", "id", "drbd-steps");
        filter();
        html.open("ol", "class", "dr-list");
        int first = Math.max(0, steps.size() - PageLimits.MAX_STEPS);
        if (first > 0) {
            html.open("li", "class", "dr-step");
            new Truncated<>(List.of(), first).rest(html, "earlier step");
            html.close();
        }
        Set<Integer> detailed = detailed(first);
        for (int i = first; i < steps.size(); i++) {
            step(ReportStep.of(i + 1, results.get(i)), detailed.contains(i));
        }
        html.closeLine().closeLine();
    }

    /** Writes one of them, in detail, by its place from 0. */
    void step(int index, Object result) {
        step(ReportStep.of(index + 1, result), true);
    }

    // Radio buttons that the style sheet evaluates
    void filter() {
        html.open("div", "class", "dr-filters");
        long quiet = steps.stream().filter(step -> step.state().isQuiet()).count();
        long failed = steps.stream().filter(step -> step.state().isFailure()).count();
        if (quiet > 0 && quiet < steps.size()) {
            html.open("fieldset", "class", "dr-filter").leaf("legend", "Steps to show", "class", "dr-hidden");
            choice("all", "all " + steps.size(), true);
            String rest = steps.stream().allMatch(StepHead::dryRun) ? "to change " : "changed or failed ";
            choice("changed", rest + (steps.size() - quiet), false);
            if (failed > 0) {
                choice("failed", "failed " + failed, false);
            }
            html.closeLine();
        }
        html.closeLine();
    }

    private void choice(String id, String text, boolean checked) {
        html.open("label")
                .empty(
                        "input",
                        "type",
                        "radio",
                        "name",
                        "drbd-show",
                        "id",
                        "drbd-show-" + id,
                        "checked",
                        checked ? "" : null);
        html.text(" " + text).close();
    }

    // the failed and running ones first, then the latest of the others
    private Set<Integer> detailed(int first) {
        return IntStream.range(first, steps.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> !isOpen(steps.get(i)))
                        .thenComparing(Comparator.reverseOrder()))
                .limit(limits.detailed())
                .collect(Collectors.toSet());
    }

    private static boolean isOpen(StepHead step) {
        return step.state().isFailure() || step.state() == StepState.RUNNING;
    }

    private void step(ReportStep step, boolean inDetail) {
        StepHead head = step.head();
        html.open(
                "li",
                "id",
                head.id(),
                "class",
                "dr-step dr-step-" + step.state().id());
        html.open("details", "open", isOpen(head) ? "" : null);
        html.open("summary");
        html.leaf("span", String.valueOf(head.number()), "class", "dr-number");
        Icons.state(html, step.state());
        html.leaf("h3", ClippedText.line(head.name(), limits.line()));
        subject(step);
        nodes(step);
        if (!head.started().isEmpty()) {
            html.leaf(
                    "time", head.started().substring(11, 19), "class", "dr-time dr-clock", "datetime", head.started());
        }
        html.leaf("span", head.millis() == null ? "" : Durations.text(head.millis()), "class", "dr-time");
        html.closeLine();
        if (inDetail) {
            details(step);
        } else {
            leftOut(head);
        }
        html.close().closeLine();
    }

    private void leftOut(StepHead step) {
        html.open("p", "class", "dr-quiet dr-whole").text("Left out: there are too many steps.");
        if (links != null) {
            html.text(" ").leaf("a", "All of it as text", "href", links.step(step.number()));
        }
        html.close();
    }

    private void details(ReportStep step) {
        if (!step.refusals().isEmpty()) {
            new RefusalsSection(step.refusals(), limits, html).write();
        } else if (!step.error().isEmpty()) {
            html.open("pre", "class", "dr-error");
            html.clipped(ClippedText.of(step.error(), limits.important().text()));
            html.closeLine();
        }
        if (!step.problems().isEmpty()) {
            new RefusalsSection(step.problems(), limits, html).write();
        }
        // the notes of clusterHealth are its problems, for the log
        if (step.problems().isEmpty() || !step.head().name().equals("clusterHealth")) {
            notes(step);
        }
        facts(step);
        html.open("div", "class", "dr-nodes");
        Truncated.of(nodes(step, limits.entries()), limits.entries())
                .each(node -> new NodeSection(step, node, step.nodes().get(node), links, limits, html).write())
                .rest(html, "node");
        html.close();
    }

    private void subject(ReportStep step) {
        html.open("span", "class", "dr-subject");
        for (Map.Entry<String, String> part : step.subject().entrySet()) {
            html.open("span").leaf("span", part.getKey(), "class", "dr-key").text(" ");
            html.leaf("code", ClippedText.line(part.getValue(), Math.min(SUBJECT, limits.line())))
                    .close()
                    .text(" ");
        }
        html.close();
    }

    /** The nodes in their order; those where something failed first if not all can be shown. */
    private static List<String> nodes(ReportStep step, int most) {
        Comparator<String> order = step.nodes().size() > most
                ? Comparator.comparing(node -> !step.stateOn(node).isFailure())
                : (one, other) -> 0;
        return step.nodes().keySet().stream().sorted(order).toList();
    }

    private void nodes(ReportStep step) {
        html.open("span", "class", "dr-on");
        Truncated.of(nodes(step, NODES), NODES)
                .each(node -> {
                    StepState state = step.stateOn(node);
                    html.open("span", "class", "dr-node dr-on-" + state.id());
                    html.text(ClippedText.line(node, 40));
                    html.leaf("span", " " + state.word(), "class", "dr-hidden");
                    html.close().text(" ");
                })
                .rest(html, "node");
        html.close();
    }

    private void notes(ReportStep step) {
        List<Object> notes = LenientJson.list(step.result().get("notes"));
        if (!notes.isEmpty()) {
            html.open("ul", "class", "dr-notes");
            Truncated.of(notes, limits.entries())
                    .each(note -> note(step.head(), LenientJson.text(note)))
                    .rest(html, "note");
            html.closeLine();
        }
    }

    /** A note; a warning that an earlier step has shown already is not repeated. */
    private void note(StepHead head, String note) {
        html.open("li");
        Optional<StepHead> first = steps.stream()
                .limit(head.number() - 1L)
                .filter(earlier -> earlier.warns(note, head.cluster()))
                .findFirst();
        if (first.isPresent()) {
            html.open("span", "class", "dr-quiet").text("The same warning as in ");
            html.leaf(
                            "a",
                            "step " + first.get().number(),
                            "href",
                            "#" + first.get().id())
                    .close();
        } else {
            html.clipped(ClippedText.of(note, limits.text()));
        }
        html.close();
    }

    private void facts(ReportStep step) {
        Map<String, Object> details = step.details();
        if (!details.isEmpty()) {
            html.open("div", "class", "dr-whole");
            html.leaf("h4", "Result");
            new FactTable(limits, html).write(details);
            html.closeLine();
        }
    }
}
