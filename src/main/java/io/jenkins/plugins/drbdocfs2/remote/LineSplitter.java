package io.jenkins.plugins.drbdocfs2.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Splits bytes into lines and passes them on, long lines in pieces. A consumer that throws gets no further lines. */
public final class LineSplitter {
    /** The most bytes of one line. */
    public static final int MAX_LINE = 64 * 1024;

    private final Consumer<String> consumer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean refused;

    LineSplitter(Consumer<String> consumer) {
        this.consumer = consumer;
    }

    void write(byte[] bytes, int offset, int length) {
        if (refused) {
            return;
        }
        int end = offset + length;
        int from = offset;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, from, i - from);
                handOn();
                from = i + 1;
            } else if (line.size() + i - from + 1 == MAX_LINE) {
                line.write(bytes, from, i - from + 1);
                handOnPiece();
                from = i + 1;
            }
        }
        line.write(bytes, from, end - from);
    }

    /** Passes on the rest after the last line end. */
    void end() {
        if (line.size() > 0 && !refused) {
            handOn();
        }
    }

    private void handOn() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        give(text);
    }

    private void handOnPiece() {
        byte[] bytes = line.toByteArray();
        int boundary = Utf8Boundary.lastBoundary(bytes, bytes.length);
        line.reset();
        line.writeBytes(Arrays.copyOfRange(bytes, boundary, bytes.length));
        give(new String(bytes, 0, boundary, StandardCharsets.UTF_8));
    }

    private void give(String text) {
        refused = true;
        consumer.accept(text);
        refused = false;
    }
}
