package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measured durations.
 *
 * @param sorted milliseconds, ascending
 */
record Latencies(List<Long> sorted) {
    /** The last numbers of the lines with a prefix. */
    static Latencies of(String printed, String beginning) {
        return new Latencies(printed.lines()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(word -> word.matches("\\d{1,15}"))
                .map(Long::valueOf)
                .sorted()
                .toList());
    }

    int count() {
        return sorted.size();
    }

    /** Minimum, median and maximum; empty if there are none. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (!sorted.isEmpty()) {
            map.put("min", sorted.get(0));
            map.put("median", sorted.get(sorted.size() / 2));
            map.put("max", sorted.get(sorted.size() - 1));
        }
        return map;
    }
}
