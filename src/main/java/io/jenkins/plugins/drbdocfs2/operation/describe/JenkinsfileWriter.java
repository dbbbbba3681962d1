package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.operation.describe.Verdict.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes stages as a Jenkinsfile. A step that would change something, or would be refused, becomes a comment. */
final class JenkinsfileWriter {
    private static final String INDENT = "    ";
    private static final int WIDTH = 110;

    private final StringBuilder text = new StringBuilder();

    /** Writes a comment before the block. */
    JenkinsfileWriter head(String comment) {
        GroovyText.comment(comment).forEach(line -> text.append(line).append('\n'));
        return this;
    }

    /** Begins the block with these arguments. */
    JenkinsfileWriter begin(List<String> arguments) {
        text.append("\nwithClusterNodes(\n")
                .append(INDENT)
                .append(String.join(",\n" + INDENT, arguments))
                .append("\n) {\n");
        return this;
    }

    /** Begins a stage with remarks. */
    JenkinsfileWriter stage(String title, List<Remark> remarks) {
        text.append(text.toString().endsWith("{\n") ? "" : "\n")
                .append(INDENT)
                .append("stage(")
                .append(GroovyText.quoted(title))
                .append(") {\n");
        Remark.comments(remarks).forEach(text -> line(GroovyText.comment(text)));
        return this;
    }

    /** Writes a step of the stage. */
    JenkinsfileWriter step(DescribedStep step, Verdict verdict) {
        boolean live = verdict.finding() == Finding.UNCHANGED;
        if (!live) {
            line(GroovyText.comment(verdict.finding().words()));
        }
        List<Remark> remarks = new ArrayList<>(verdict.remarks());
        remarks.addAll(step.remarks());
        Remark.comments(remarks).forEach(text -> line(GroovyText.comment((live ? "" : "- ") + text)));
        List<String> code = call(step.call());
        line(live ? code : code.stream().map(GroovyText::commented).toList());
        return this;
    }

    /** Ends the stage. */
    JenkinsfileWriter endStage() {
        text.append(INDENT).append("}\n");
        return this;
    }

    /** Ends the block; returns the whole text. */
    String end() {
        return text.append("}\n").toString();
    }

    private void line(List<String> lines) {
        lines.forEach(line ->
                text.append(line.isEmpty() ? "" : INDENT + INDENT).append(line).append('\n'));
    }

    private static List<String> call(StepCall call) {
        String line = call.onOneLine();
        boolean lines = call.arguments().values().stream().anyMatch(StepCall.Lines.class::isInstance);
        if (!lines && line.length() <= WIDTH) {
            return List.of(line);
        }
        StringBuilder code = new StringBuilder(call.step()).append("(\n");
        List<String> arguments = new ArrayList<>();
        for (Map.Entry<String, Object> argument : call.arguments().entrySet()) {
            String value = argument.getValue() instanceof StepCall.Lines block
                    ? GroovyText.lines(block.text(), INDENT + INDENT, INDENT)
                    : GroovyText.of(argument.getValue());
            arguments.add(INDENT + argument.getKey() + ": " + value);
        }
        return code.append(String.join(",\n", arguments))
                .append("\n)")
                .toString()
                .lines()
                .toList();
    }
}
