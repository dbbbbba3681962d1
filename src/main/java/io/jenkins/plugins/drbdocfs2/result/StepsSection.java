package io.jenkins.plugins.drbdocfs2.result;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps in order, each a line that unfolds. */
final class StepsSection {
    private static final int SUBJECT = 200;

    private final List<ReportStep> steps;
    private final Limits limits;
    private final HtmlWriter html;

    StepsSection(List<ReportStep> steps, Limits limits, HtmlWriter html) {
        this.steps = steps;
        this.limits = limits;
        this.html = html;
    }

    void write() {
        html.open("section", "class", "dr-steps", "aria-labelledby", "drbd-steps");
        html.leaf("h2", "Steps", "id", "drbd-steps");
        filter();
        html.open("ol", "class", "dr-list");
        List<ReportStep> listed = steps.subList(Math.max(0, steps.size() - Limits.MOST_STEPS), steps.size());
        if (listed.size() < steps.size()) {
            html.open("li", "class", "dr-step");
            new Shown<>(List.of(), steps.size() - listed.size()).rest(html, "earlier step");
            html.close();
        }
        Set<ReportStep> detailed = detailed(listed);
        listed.forEach(step -> step(step, detailed.contains(step)));
        html.closeLine().closeLine();
    }

    // Radio buttons that the style sheet acts on
    private void filter() {
        long quiet = steps.stream().filter(step -> step.state().isQuiet()).count();
        long failed = steps.stream().filter(step -> step.state().isFailure()).count();
        if (quiet > 0 && quiet < steps.size()) {
            html.open("fieldset", "class", "dr-filter").leaf("legend", "Steps to show", "class", "dr-hidden");
            choice("all", "all " + steps.size(), true);
            String rest = steps.stream().allMatch(ReportStep::dryRun) ? "to change " : "changed or failed ";
            choice("changed", rest + (steps.size() - quiet), false);
            if (failed > 0) {
                choice("failed", "failed " + failed, false);
            }
            html.closeLine();
        }
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

    // the failed ones first, of the others the newest
    private Set<ReportStep> detailed(List<ReportStep> listed) {
        Set<ReportStep> detailed = Collections.newSetFromMap(new IdentityHashMap<>());
        listed.stream()
                .sorted(Comparator.comparing((ReportStep step) -> !step.state().isFailure())
                        .thenComparing(ReportStep::number, Comparator.reverseOrder()))
                .limit(limits.detailed())
                .forEach(detailed::add);
        return detailed;
    }

    private void step(ReportStep step, boolean inDetail) {
        html.open(
                "li",
                "id",
                step.id(),
                "class",
                "dr-step dr-step-" + step.state().id());
        html.open("details", "open", step.state().isFailure() ? "" : null);
        html.open("summary");
        html.leaf("span", String.valueOf(step.number()), "class", "dr-number");
        Icons.state(html, step.state());
        html.leaf("h3", Clip.line(step.name(), limits.line()));
        subject(step);
        nodes(step);
        html.leaf("span", step.millis() == null ? "" : Amounts.duration(step.millis()), "class", "dr-time");
        html.closeLine();
        if (inDetail) {
            details(step);
        } else {
            html.leaf("p", "Left out: there are too many steps.", "class", "dr-quiet dr-whole");
        }
        html.close().closeLine();
    }

    private void details(ReportStep step) {
        if (!step.error().isEmpty()) {
            html.open("pre", "class", "dr-error");
            Clip.of(step.error(), limits.important().text()).write(html);
            html.closeLine();
        }
        notes(step);
        facts(step);
        html.open("div", "class", "dr-nodes");
        Shown.of(step.nodes().entrySet(), limits.entries())
                .each(node -> new NodeSection(step, node.getKey(), node.getValue(), limits, html).write())
                .rest(html, "node");
        html.close();
    }

    private void subject(ReportStep step) {
        html.open("span", "class", "dr-subject");
        for (Map.Entry<String, String> part : step.subject().entrySet()) {
            html.open("span").leaf("span", part.getKey(), "class", "dr-key").text(" ");
            html.leaf("code", Clip.line(part.getValue(), Math.min(SUBJECT, limits.line())))
                    .close()
                    .text(" ");
        }
        html.close();
    }

    private void nodes(ReportStep step) {
        html.open("span", "class", "dr-on");
        Shown.of(step.nodes().keySet(), 8)
                .each(node -> {
                    StepState state = step.stateOn(node);
                    html.open("span", "class", "dr-node dr-on-" + state.id());
                    html.text(Clip.line(node, 40));
                    html.leaf("span", " " + state.word(), "class", "dr-hidden");
                    html.close().text(" ");
                })
                .rest(html, "node");
        html.close();
    }

    private void notes(ReportStep step) {
        List<Object> notes = Tree.list(step.result().get("notes"));
        if (!notes.isEmpty()) {
            html.open("ul", "class", "dr-notes");
            Shown.of(notes, limits.entries())
                    .each(note -> {
                        html.open("li");
                        Clip.of(Tree.text(note), limits.text()).write(html);
                        html.close();
                    })
                    .rest(html, "note");
            html.closeLine();
        }
    }

    private void facts(ReportStep step) {
        Map<String, Object> details = step.details();
        if (!details.isEmpty()) {
            html.open("div", "class", "dr-whole");
            html.leaf("h4", "Result");
            new Facts(limits, html).write(details);
            html.closeLine();
        }
    }
}
