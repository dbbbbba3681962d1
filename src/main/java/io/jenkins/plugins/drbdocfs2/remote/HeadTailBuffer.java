package io.jenkins.plugins.drbdocfs2.remote;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keeps the first and the last part of a stream of bytes, up to a limit. It needs no more memory than the bytes that it
 * keeps.
 */
public final class HeadTailBuffer {
    private static final int FIRST_SIZE = 1024;

    private final int limit;
    private final int head;
    private byte[] kept;
    private long total;

    /** @param limit the number of bytes to keep */
    public HeadTailBuffer(int limit) {
        this.limit = Math.max(2, limit);
        this.head = this.limit / 2;
        this.kept = new byte[Math.min(FIRST_SIZE, this.limit)];
    }

    /** Adds bytes. */
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            int at = position(total);
            int end = at < head ? head : limit;
            int count = Math.min(left, end - at);
            if (at + count > kept.length) {
                kept = Arrays.copyOf(kept, (int) Math.min(limit, Math.max(2L * kept.length, at + count)));
            }
            System.arraycopy(bytes, from, kept, at, count);
            from += count;
            left -= count;
            total += count;
        }
    }

    /** The index of a byte in the buffer: bytes after the head are in a ring. */
    private int position(long number) {
        return (int) (number < head ? number : head + (number - head) % (limit - head));
    }

    /** Whether bytes were dropped. */
    boolean isCut() {
        return total > limit;
    }

    /** The kept bytes as text, without a character that the gap cuts. */
    public String text() {
        if (!isCut()) {
            return new String(kept, 0, (int) total, StandardCharsets.UTF_8);
        }
        byte[] tail = new byte[limit - head];
        int start = position(total);
        System.arraycopy(kept, start, tail, 0, limit - start);
        System.arraycopy(kept, head, tail, limit - start, start - head);
        int headEnd = Utf8Boundary.lastBoundary(kept, head);
        int tailStart = Utf8Boundary.firstBoundary(tail);
        long gap = total - headEnd - (tail.length - tailStart);
        return new String(kept, 0, headEnd, StandardCharsets.UTF_8)
                + "\n[... " + gap + " bytes left out ...]\n"
                + new String(tail, tailStart, tail.length - tailStart, StandardCharsets.UTF_8);
    }
}
