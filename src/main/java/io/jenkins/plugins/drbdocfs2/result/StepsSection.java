package io.jenkins.plugins.drbdocfs2.result;

import java.util.List;
import java.util.Map;

/** The steps in order, each a line that unfolds. */
final class StepsSection {
    private static final int SUBJECT = 120;

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
        html.open("ol", "class", "dr-list");
        steps.forEach(this::step);
        html.closeLine().closeLine();
    }

    private void step(ReportStep step) {
        html.open("li", "id", step.id(), "class", "dr-step");
        html.open("details", "open", step.state().isFailure() ? "" : null);
        html.open("summary");
        html.leaf("span", String.valueOf(step.number()), "class", "dr-number");
        Icons.state(html, step.state());
        html.leaf("h3", Clip.line(step.name(), limits.line()));
        subject(step);
        nodes(step);
        html.leaf("span", step.millis() == null ? "" : Amounts.duration(step.millis()), "class", "dr-time");
        html.closeLine();
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
        html.close().close().closeLine();
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
        Shown.of(step.nodes().entrySet(), 8)
                .each(node -> {
                    boolean changed = Tree.isTrue(node.getValue().get("changed"));
                    html.open("span", "class", changed ? "dr-node dr-changed" : "dr-node");
                    html.text(Clip.line(node.getKey(), 40));
                    if (changed) {
                        html.leaf("span", step.dryRun() ? " would change" : " changed", "class", "dr-hidden");
                    }
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
            html.leaf("h4", "Step");
            new Facts(limits, html).write(details);
            html.closeLine();
        }
    }
}
