package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The changes and findings of a step on one node. */
final class NodeSection {
    private static final Set<String> FRAME =
            Set.of("changed", "planned", "files", "commands", "error", StepResult.DOING, StepResult.PROGRESS);
    private static final List<String> REPEATED = List.of("exitCode", "stdout", "stderr");
    private static final int OPEN_DIFF = 60;

    private final ReportStep step;
    private final String name;
    private final Map<String, Object> node;
    private final OutputLinks links;
    private final PageLimits limits;
    private final HtmlWriter html;

    NodeSection(
            ReportStep step,
            String name,
            Map<String, Object> node,
            OutputLinks links,
            PageLimits limits,
            HtmlWriter html) {
        this.step = step;
        this.name = name;
        this.node = node;
        this.links = links;
        this.limits = limits;
        this.html = html;
    }

    void write() {
        html.open("div", "class", "dr-of-node");
        html.open("h4").text(ClippedText.line(name, limits.line()) + " ");
        Icons.state(html, step.stateOn(name));
        html.closeLine();
        String error = LenientJson.text(node.get("error"));
        if (!error.isBlank()) {
            html.open("pre", "class", "dr-error");
            html.clipped(ClippedText.of(error, limits.important().text()));
            html.closeLine();
        }
        doing();
        planned();
        files();
        List<Object> commands = LenientJson.list(node.get("commands"));
        if (!commands.isEmpty()) {
            html.leaf("h5", "Commands");
            html.open("ol", "class", "dr-commands");
            Truncated<Object> truncated = Truncated.of(commands, limits.entries());
            for (int i = 0; i < truncated.items().size(); i++) {
                int number = i + 1;
                UnaryOperator<String> link = links == null
                        ? null
                        : stream -> links.output(step.head().number(), name, number, stream);
                new CommandEntry(commands.get(i), step.state().isFailure(), link, limits, html).write();
            }
            rest(truncated, "command");
            html.closeLine();
        }
        Map<String, Object> facts = new LinkedHashMap<>(node);
        facts.keySet().removeAll(FRAME);
        if (!commands.isEmpty()) {
            // clusterExec repeats the output of the last command for the Pipeline
            Map<String, Object> last = LenientJson.map(commands.get(commands.size() - 1));
            REPEATED.stream()
                    .filter(key -> Objects.equals(facts.get(key), last.get(key)))
                    .forEach(facts::remove);
        }
        if (!facts.isEmpty()) {
            html.leaf("h5", "Facts");
            new FactTable(limits, html).write(facts);
        }
        html.closeLine();
    }

    private void doing() {
        String doing = LenientJson.word(node.get(StepResult.DOING));
        if (doing != null) {
            html.leaf("h5", step.state() == StepState.RUNNING ? "Now" : "Was at");
            html.open("p", "class", "dr-doing")
                    .leaf("code", ClippedText.line(doing, Math.max(40, limits.line())))
                    .close();
        }
        ProgressBar progress = ProgressBar.of(node.get(StepResult.PROGRESS));
        if (progress != null) {
            progress.write(html);
        }
    }

    private void planned() {
        List<Object> planned = LenientJson.list(node.get("planned"));
        if (!planned.isEmpty()) {
            html.leaf("h5", "Would do").open("ul", "class", "dr-planned");
            Truncated<Object> truncated = Truncated.of(planned, limits.entries());
            truncated.each(change -> {
                html.open("li").open("code");
                html.clipped(ClippedText.of(LenientJson.text(change), limits.text()));
                html.close().close();
            });
            rest(truncated, "change");
            html.closeLine();
        }
    }

    private void rest(Truncated<?> truncated, String one) {
        if (truncated.left() > 0) {
            html.open("li");
            truncated.rest(html, one);
            html.close();
        }
    }

    private void files() {
        List<Object> files = LenientJson.list(node.get("files"));
        if (!files.isEmpty()) {
            html.leaf("h5", "Files");
            Truncated.of(files, limits.entries()).each(this::file).rest(html, "file");
        }
    }

    private void file(Object value) {
        Map<String, Object> file = LenientJson.map(value);
        String path = LenientJson.word(file.get("path"));
        String diff = LenientJson.text(file.isEmpty() ? value : file.get("diff"));
        long lines = diff.lines().count();
        html.open("details", "class", "dr-fold dr-file", "open", lines <= OPEN_DIFF ? "" : null);
        html.open("summary").leaf("code", path == null ? "file without a name" : ClippedText.line(path, limits.line()));
        html.leaf("span", " " + Amounts.count(lines, "line"), "class", "dr-quiet")
                .close();
        if (diff.isEmpty()) {
            html.leaf("p", "no difference was recorded", "class", "dr-quiet");
        } else {
            new DiffLines(limits, html).write(diff);
        }
        html.closeLine();
    }
}
