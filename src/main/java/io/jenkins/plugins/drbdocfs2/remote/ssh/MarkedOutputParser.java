package io.jenkins.plugins.drbdocfs2.remote.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One output of a script's channel: separates the output of the script from that before and after it. The bootstrap prints a
 * mark at each end. It never throws, because that would end the whole connection. One thread at a time writes. It calls
 * the listener without holding a lock, because the listener takes its own.
 */
final class MarkedOutputParser extends OutputStream {
    private static final byte START = 0x1e;
    private static final int NOISE_LIMIT = 4096;
    private static final int MAX_CODE = 4;
    private static final byte LEFT = '+';

    /** Receives the output. Called on the thread of the connection. */
    interface Listener {
        /** The script starts. */
        void begun();

        /** The script printed something. */
        void printed(byte[] bytes, int offset, int length);

        /**
         * The script has ended and its output is complete.
         *
         * @param left whether it left processes in its process group, which may print more
         */
        void ended(int exitCode, boolean left);

        /** The channel is closed. This is the last call, with or without the others. */
        void closed();
    }

    private final Listener listener;
    private final boolean several;
    private final byte[] beginMark;
    private final byte[] endMark;
    private final ByteArrayOutputStream noise = new ByteArrayOutputStream();
    private byte[] held = {};
    private boolean begun;
    private boolean ended;

    MarkedOutputParser(String mark, Listener listener) {
        this(mark, listener, false);
    }

    private MarkedOutputParser(String mark, Listener listener, boolean several) {
        this.listener = listener;
        this.several = several;
        this.begun = several;
        this.beginMark = ("\u001e" + mark + "+\n").getBytes(StandardCharsets.US_ASCII);
        this.endMark = ("\u001e" + mark + "-").getBytes(StandardCharsets.US_ASCII);
    }

    /** For the output of several scripts, with a mark only at the end of each. */
    static MarkedOutputParser ofSequence(String mark, Listener listener) {
        return new MarkedOutputParser(mark, listener, true);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (held.length == 0) {
            sift(bytes, offset, offset + length);
        } else {
            byte[] joined = Arrays.copyOf(held, held.length + length);
            System.arraycopy(bytes, offset, joined, held.length, length);
            held = new byte[0];
            sift(joined, 0, joined.length);
        }
    }

    private void sift(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !ended) {
            byte[] mark = begun ? endMark : beginMark;
            int found = find(mark, bytes, at, to);
            pass(bytes, at, found);
            if (found == to) {
                return;
            }
            int codeAt = found + mark.length;
            int codeEnd = begun ? codeEnd(bytes, codeAt, to) : codeAt;
            if (codeAt > to || codeEnd == to && begun && codeEnd - codeAt <= MAX_CODE) {
                held = Arrays.copyOfRange(bytes, found, to);
                return;
            }
            if (!begun) {
                begun = true;
                listener.begun();
                at = codeAt;
            } else if (isCode(bytes, codeAt, codeEnd, to)) {
                end(new String(bytes, codeAt, codeEnd - codeAt, StandardCharsets.US_ASCII));
                at = codeEnd + 1;
            } else {
                // Not from the bootstrap: a node that prints its own marks
                pass(bytes, found, codeAt);
                at = codeAt;
            }
        }
    }

    /** The end of the exit code and the sign after it, if there is one. */
    private static int codeEnd(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] >= '0' && bytes[end] <= '9') {
            end++;
        }
        return end < to && end > from && bytes[end] == LEFT ? end + 1 : end;
    }

    private static boolean isCode(byte[] bytes, int from, int end, int to) {
        return end > from && end - from <= MAX_CODE && end < to && bytes[end] == '\n';
    }

    private void pass(byte[] bytes, int from, int to) {
        if (from == to) {
            return;
        }
        if (begun) {
            listener.printed(bytes, from, to - from);
        } else {
            noise.write(bytes, from, Math.min(to - from, NOISE_LIMIT - noise.size()));
        }
    }

    private void end(String code) {
        ended = !several;
        boolean left = code.charAt(code.length() - 1) == LEFT;
        listener.ended(Integer.parseInt(left ? code.substring(0, code.length() - 1) : code), left);
    }

    /** The start of the mark, complete or truncated at the end of the bytes; the end if there is none. */
    private static int find(byte[] mark, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == START) {
                int common = Math.min(mark.length, to - i);
                if (Arrays.equals(mark, 0, common, bytes, i, i + common)) {
                    return i;
                }
            }
        }
        return to;
    }

    /** The output before the script started, or instead of it. */
    String noise() {
        return noise.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        listener.closed();
    }
}
