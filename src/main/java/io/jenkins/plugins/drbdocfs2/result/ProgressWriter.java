package io.jenkins.plugins.drbdocfs2.result;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Sends the progress of a step to its build, in lines of JSON, with long texts cut. A failure of the stream does not affect
 * the step.
 */
public final class ProgressWriter implements StepProgress {
    private static final int MESSAGE = 64 * 1024;
    private static final int SHORTEST = 200;

    private final PrintStream out;

    /** @param out the stream to a {@link ProgressReader} */
    public ProgressWriter(OutputStream out) {
        // a PrintStream swallows failures and keeps the interrupt of the thread
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    }

    @Override
    public void node(String node, Map<String, Object> soFar) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put(ProgressReader.NODE, node);
        message.put(ProgressReader.SO_FAR, brief(soFar));
        byte[] line = (Json.line(message) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            out.write(line, 0, line.length);
            out.flush();
        }
    }

    private static Map<String, Object> brief(Map<String, Object> soFar) {
        AtomicLong texts = new AtomicLong();
        AtomicLong length = new AtomicLong();
        PlainValues.map(soFar, text -> {
            texts.incrementAndGet();
            length.addAndGet(text.length());
            return text;
        });
        if (length.get() <= MESSAGE) {
            return soFar;
        }
        int most = (int) Math.max(SHORTEST, MESSAGE / texts.get());
        UnaryOperator<String> cut = text -> ClippedText.of(text, most).text();
        return PlainValues.map(soFar, cut);
    }
}
