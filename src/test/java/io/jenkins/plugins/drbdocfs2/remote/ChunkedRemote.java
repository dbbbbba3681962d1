package io.jenkins.plugins.drbdocfs2.remote;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** A node whose output arrives in pieces of any length, and continues after the script was stopped. */
public final class ChunkedRemote implements Remote {
    private final byte[] output;
    private final List<Integer> cuts;

    /** @param cuts the lengths of the pieces, repeated; if empty, the output comes as one piece */
    public ChunkedRemote(List<String> lines, List<Integer> cuts) {
        this.output = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        this.cuts = cuts.isEmpty() ? List.of(Math.max(1, output.length)) : cuts;
    }

    @Override
    public Node node() {
        return new Node("sv1", "sv1", 22, "sv1");
    }

    @Override
    public ScriptResult run(Script script, Consumer<String> stdoutLine) {
        LineSplitter lines = new LineSplitter(stdoutLine);
        RuntimeException first = null;
        int from = 0;
        for (int i = 0; from < output.length; i++) {
            int length = Math.min(cuts.get(i % cuts.size()), output.length - from);
            try {
                lines.write(output, from, length);
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
            from += length;
        }
        if (first != null) {
            throw first;
        }
        return new ScriptResult(0, "", "", 0);
    }
}
