package io.jenkins.plugins.drbdocfs2.remote;

import java.util.function.Consumer;

/** One output of a script: what is kept of it, and its lines as they come. */
final class Output {
    private final Capture capture;
    private final Lines lines;

    /** @param consumer of its lines, or null */
    Output(int limit, Consumer<String> consumer) {
        this.capture = new Capture(limit);
        this.lines = consumer == null ? null : new Lines(consumer);
    }

    void write(byte[] bytes, int offset, int length) {
        capture.write(bytes, offset, length);
        if (lines != null) {
            lines.write(bytes, offset, length);
        }
    }

    void end() {
        if (lines != null) {
            lines.end();
        }
    }

    boolean isCut() {
        return capture.isCut();
    }

    String text() {
        return capture.text();
    }
}
