package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A command: its line, exit code and duration; its output unfolds. */
final class CommandEntry {
    private static final Set<String> KNOWN = Set.of("command", "exitCode", "stdout", "stderr", "durationMillis");

    private final String line;
    private final String exitCode;
    private final String stdout;
    private final String stderr;
    private final Long millis;
    private final Map<String, Object> more;
    private final boolean inFailedStep;
    private final UnaryOperator<String> link;
    private final PageLimits limits;
    private final HtmlWriter html;

    /** @param link returns the URL of a complete output by its name; or null */
    CommandEntry(Object value, boolean inFailedStep, UnaryOperator<String> link, PageLimits limits, HtmlWriter html) {
        Map<String, Object> command = LenientJson.map(value);
        this.line = LenientJson.text(command.isEmpty() ? value : command.get("command"))
                .strip();
        this.exitCode = LenientJson.word(command.get("exitCode"));
        this.stdout = LenientJson.text(command.get("stdout"));
        this.stderr = LenientJson.text(command.get("stderr"));
        this.millis = LenientJson.number(command.get("durationMillis"));
        this.more = new LinkedHashMap<>(command);
        more.keySet().removeAll(KNOWN);
        this.inFailedStep = inFailedStep;
        this.html = html;
        this.link = link;
        this.limits = failed() ? limits.important() : limits;
    }

    private boolean failed() {
        return exitCode != null && !exitCode.equals("0");
    }

    void write() {
        String first = ClippedText.line(line, Math.max(40, limits.line()));
        boolean whole = first.equals(line);
        boolean folds = !(whole && stdout.isEmpty() && stderr.isEmpty() && more.isEmpty());
        html.open("li", "class", "dr-command");
        if (folds) {
            html.open("details", "open", failed() && inFailedStep ? "" : null).open("summary");
        } else {
            html.open("div", "class", "dr-flat");
        }
        html.leaf("code", first.isEmpty() ? "command without a line" : first, "class", "dr-line");
        html.leaf(
                "span",
                exitCode == null ? "no exit code" : "exit " + ClippedText.line(exitCode, 12),
                "class",
                failed() ? "dr-exit dr-exit-bad" : "dr-exit");
        html.leaf("span", millis == null || millis < 0 ? "" : Durations.text(millis), "class", "dr-time");
        html.close();
        if (whole && !line.isEmpty()) {
            copy("command");
        }
        if (folds) {
            block("command", whole ? "" : line);
            block("stdout", stdout);
            block("stderr", stderr);
            if (!more.isEmpty()) {
                new FactTable(limits, html).write(more);
            }
            html.close();
        }
        html.closeLine();
    }

    // The script of the page shows it, and copies the shown text: the line of the command, or the text below the label
    private void copy(String what) {
        html.text(" ").leaf("button", "Copy", "type", "button", "class", "dr-copy", "aria-label", "Copy " + what);
    }

    private void block(String what, String text) {
        if (text.isEmpty()) {
            return;
        }
        ClippedText clipped = ClippedText.of(text, limits.text());
        html.open("div", "class", "dr-label")
                .text(what + " · " + Amounts.count(text.lines().count(), "line"));
        if (clipped.left() != null && link != null) {
            html.text(" · ")
                    .leaf(
                            "a",
                            "all of it, " + Amounts.bytes(text.getBytes(StandardCharsets.UTF_8).length),
                            "href",
                            link.apply(what));
        }
        copy(what);
        html.close();
        html.open("pre", "class", "dr-output dr-" + what, "tabindex", "0");
        html.clipped(clipped);
        html.close();
    }
}
