package io.jenkins.plugins.drbdocfs2.remote;

/** The positions at which UTF-8 can be cut. Invalid bytes can be cut anywhere. */
final class Utf8Boundary {
    private static final int MAX_BYTES = 4;

    private Utf8Boundary() {}

    /** The greatest index up to the length at which no character is cut. */
    static int lastBoundary(byte[] bytes, int length) {
        for (int start = length - 1; start >= Math.max(0, length - MAX_BYTES); start--) {
            if (!isContinuation(bytes[start])) {
                return start + sizeFrom(bytes[start]) > length ? start : length;
            }
        }
        return length;
    }

    /** The index of the first byte that does not continue a character. */
    static int firstBoundary(byte[] bytes) {
        for (int start = 0; start < Math.min(MAX_BYTES, bytes.length); start++) {
            if (!isContinuation(bytes[start])) {
                return start;
            }
        }
        return 0;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    private static int sizeFrom(byte first) {
        int value = first & 0xFF;
        if (value < 0xC0) {
            return 1;
        }
        return value < 0xE0 ? 2 : value < 0xF0 ? 3 : MAX_BYTES;
    }
}
