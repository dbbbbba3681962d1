package io.jenkins.plugins.drbdocfs2.report;

import java.util.Map;

/** The lengths of the texts in results: their number by length, in powers of two. */
public final class TextLengths {
    private static final int DEEPEST = 8;

    private final long[] counts = new long[Integer.SIZE];
    private final long[] sums = new long[Integer.SIZE];

    TextLengths copy() {
        TextLengths copy = new TextLengths();
        System.arraycopy(counts, 0, copy.counts, 0, counts.length);
        System.arraycopy(sums, 0, copy.sums, 0, sums.length);
        return copy;
    }

    void add(Object result) {
        add(result, DEEPEST);
    }

    private void add(Object value, int depth) {
        if (value instanceof String text) {
            int size = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, text.length()));
            counts[size]++;
            sums[size] += text.length();
        } else if (value instanceof Map<?, ?> map && depth > 0) {
            map.values().forEach(item -> add(item, depth - 1));
        } else if (value instanceof Iterable<?> items && depth > 0) {
            items.forEach(item -> add(item, depth - 1));
        }
    }

    /** The minimum total length if each text is cut to a number of characters. */
    long cutTo(int length) {
        long sum = 0;
        for (int size = 0; size < counts.length; size++) {
            long shortest = 1L << size;
            sum += 2 * shortest <= length
                    ? sums[size]
                    : Math.min(sums[size], counts[size] * Math.min(shortest, length));
        }
        return sum;
    }
}
