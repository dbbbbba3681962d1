package io.jenkins.plugins.drbdocfs2.result;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import io.jenkins.plugins.drbdocfs2.check.JsonText;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Parses the output of a {@link ProgressWriter}, possibly from an untrusted agent: it ignores invalid, too long and too
 * deep messages.
 */
public final class ProgressReader extends OutputStream {
    static final String NODE = "node";
    static final String SO_FAR = "soFar";

    private static final int MAX_LINE = 1024 * 1024;

    private final StepProgress progress;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;

    /** @param progress receives the progress */
    public ProgressReader(StepProgress progress) {
        this.progress = progress;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            if (!tooLong) {
                message(line.toString(StandardCharsets.UTF_8));
            }
            line.reset();
            tooLong = false;
        } else if (line.size() < MAX_LINE) {
            line.write(b);
        } else {
            tooLong = true;
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private void message(String text) {
        try {
            Map<String, Object> message = JsonParser.object().from(JsonText.bounded(text));
            String node = LenientJson.word(message.get(NODE));
            if (node != null && message.get(SO_FAR) instanceof Map) {
                progress.node(node, LenientJson.map(message.get(SO_FAR)));
            }
        } catch (JsonParserException | TextFormatException e) {
            // ignored, as documented
        }
    }
}
