package io.jenkins.plugins.drbdocfs2.remote;

import java.util.function.Consumer;

/** One output of a script: the stored part, and its lines as they arrive. */
public final class ScriptOutput {
    private final HeadTailBuffer buffer;
    private final LineSplitter lines;

    /** @param consumer the consumer of its lines, or null */
    public ScriptOutput(int limit, Consumer<String> consumer) {
        this.buffer = new HeadTailBuffer(limit);
        this.lines = consumer == null ? null : new LineSplitter(consumer);
    }

    /** Adds bytes. */
    public void write(byte[] bytes, int offset, int length) {
        buffer.write(bytes, offset, length);
        if (lines != null) {
            lines.write(bytes, offset, length);
        }
    }

    /** Ends the output; the last line may lack its line end. */
    public void end() {
        if (lines != null) {
            lines.end();
        }
    }

    /** Whether a part in the middle was left out. */
    public boolean isCut() {
        return buffer.isCut();
    }

    /** The stored part as text. */
    public String text() {
        return buffer.text();
    }
}
