package io.jenkins.plugins.drbdocfs2.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a step did and found on one node. */
final class NodeSection {
    private static final Set<String> FRAME =
            Set.of("changed", "planned", "files", "commands", "error", StepResult.DOING, StepResult.PROGRESS);
    private static final List<String> REPEATED = List.of("exitCode", "stdout", "stderr");
    private static final int OPEN_DIFF = 60;

    private final ReportStep step;
    private final String name;
    private final Map<String, Object> node;
    private final OutputLinks links;
    private final Limits limits;
    private final HtmlWriter html;

    NodeSection(
            ReportStep step, String name, Map<String, Object> node, OutputLinks links, Limits limits, HtmlWriter html) {
        this.step = step;
        this.name = name;
        this.node = node;
        this.links = links;
        this.limits = limits;
        this.html = html;
    }

    void write() {
        html.open("div", "class", "dr-of-node");
        html.open("h4").text(Clip.line(name, limits.line()) + " ");
        Icons.state(html, step.stateOn(name));
        html.closeLine();
        String error = Tree.text(node.get("error"));
        if (!error.isBlank()) {
            html.open("pre", "class", "dr-error");
            Clip.of(error, limits.important().text()).write(html);
            html.closeLine();
        }
        doing();
        planned();
        files();
        List<Object> commands = Tree.list(node.get("commands"));
        if (!commands.isEmpty()) {
            html.leaf("h5", "Commands");
            html.open("ol", "class", "dr-commands");
            Shown<Object> shown = Shown.of(commands, limits.entries());
            for (int i = 0; i < shown.items().size(); i++) {
                int number = i + 1;
                UnaryOperator<String> link = links == null
                        ? null
                        : stream -> links.output(step.head().number(), name, number, stream);
                new CommandEntry(commands.get(i), step.state().isFailure(), link, limits, html).write();
            }
            rest(shown, "command");
            html.closeLine();
        }
        Map<String, Object> facts = new LinkedHashMap<>(node);
        facts.keySet().removeAll(FRAME);
        if (!commands.isEmpty()) {
            // clusterExec says the last command's output once more, for a Pipeline to read
            Map<String, Object> last = Tree.map(commands.get(commands.size() - 1));
            REPEATED.stream()
                    .filter(key -> Objects.equals(facts.get(key), last.get(key)))
                    .forEach(facts::remove);
        }
        if (!facts.isEmpty()) {
            html.leaf("h5", "Facts");
            new Facts(limits, html).write(facts);
        }
        html.closeLine();
    }

    private void doing() {
        String doing = Tree.word(node.get(StepResult.DOING));
        if (doing != null) {
            html.leaf("h5", step.state() == StepState.RUNNING ? "Now" : "Was at");
            html.open("p", "class", "dr-doing")
                    .leaf("code", Clip.line(doing, Math.max(40, limits.line())))
                    .close();
        }
        Progress progress = Progress.of(node.get(StepResult.PROGRESS));
        if (progress != null) {
            progress.write(html);
        }
    }

    private void planned() {
        List<Object> planned = Tree.list(node.get("planned"));
        if (!planned.isEmpty()) {
            html.leaf("h5", "Would do").open("ul", "class", "dr-planned");
            Shown<Object> shown = Shown.of(planned, limits.entries());
            shown.each(change -> {
                html.open("li").open("code");
                Clip.of(Tree.text(change), limits.text()).write(html);
                html.close().close();
            });
            rest(shown, "change");
            html.closeLine();
        }
    }

    private void rest(Shown<?> shown, String one) {
        if (shown.left() > 0) {
            html.open("li");
            shown.rest(html, one);
            html.close();
        }
    }

    private void files() {
        List<Object> files = Tree.list(node.get("files"));
        if (!files.isEmpty()) {
            html.leaf("h5", "Files");
            Shown.of(files, limits.entries()).each(this::file).rest(html, "file");
        }
    }

    private void file(Object value) {
        Map<String, Object> file = Tree.map(value);
        String path = Tree.word(file.get("path"));
        String diff = Tree.text(file.isEmpty() ? value : file.get("diff"));
        long lines = diff.lines().count();
        html.open("details", "class", "dr-fold dr-file", "open", lines <= OPEN_DIFF ? "" : null);
        html.open("summary").leaf("code", path == null ? "file without a name" : Clip.line(path, limits.line()));
        html.leaf("span", " " + Amounts.count(lines, "line"), "class", "dr-quiet")
                .close();
        if (diff.isEmpty()) {
            html.leaf("p", "no difference was told", "class", "dr-quiet");
        } else {
            new DiffText(limits, html).write(diff);
        }
        html.closeLine();
    }
}
