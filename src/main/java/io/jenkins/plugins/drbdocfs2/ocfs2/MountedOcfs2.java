package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads {@code mounted.ocfs2 -d} and {@code -f}: tables with columns as wide as their contents. On a node without the
 * program modprobe the whole table comes several times. The disk below a DRBD device is told too, as a volume of its own
 * with the same UUID: both begin with the same bytes. mounted.ocfs2(8).
 */
public final class MountedOcfs2 {
    private MountedOcfs2() {}

    /**
     * A volume, from {@code mounted.ocfs2 -d}.
     *
     * @param device its path
     * @param stack the cluster stack, such as "o2cb"; null for a volume of one node only
     * @param cluster the cluster's name, or null
     * @param globalHeartbeat whether the cluster has a global heartbeat
     * @param uuid 32 capital hexadecimal digits
     * @param label empty where there is none
     */
    public record Volume(
            String device, String stack, String cluster, boolean globalHeartbeat, String uuid, String label)
            implements Serializable {}

    /**
     * Who has a volume mounted, from {@code mounted.ocfs2 -f}. It stands on the disk: a node that died while it had the
     * volume mounted is told until another one recovers its slot.
     *
     * @param device its path
     * @param nodes the nodes' names, or numbers where o2cb does not know them; null where it could not be read
     */
    public record Usage(String device, List<String> nodes) implements Serializable {}

    /**
     * Reads the output of {@code mounted.ocfs2 -d}.
     *
     * @throws TextFormatException if it is neither empty nor such a table
     */
    public static List<Volume> volumes(String output) {
        Map<String, Volume> volumes = new LinkedHashMap<>();
        for (String[] row : rows(output, List.of("Device", "Stack", "Cluster", "F", "UUID", "Label"))) {
            if (!row[4].matches("[0-9A-F]{32}")) {
                throw new TextFormatException("mounted.ocfs2 -d printed a line without a UUID");
            }
            String stack = row[1].equals("None") ? null : row[1];
            String cluster = row[2].isEmpty() ? null : row[2];
            volumes.put(row[0], new Volume(row[0], stack, cluster, row[3].equals("G"), row[4], row[5]));
        }
        return List.copyOf(volumes.values());
    }

    /**
     * Reads the output of {@code mounted.ocfs2 -f}.
     *
     * @throws TextFormatException if it is neither empty nor such a table
     */
    public static List<Usage> usages(String output) {
        Map<String, Usage> usages = new LinkedHashMap<>();
        for (String[] row : rows(output, List.of("Device", "Stack", "Cluster", "F", "Nodes"))) {
            usages.put(row[0], new Usage(row[0], nodes(row[4])));
        }
        return List.copyOf(usages.values());
    }

    private static List<String> nodes(String column) {
        return switch (column) {
            case "Not mounted", "Heartbeat device" -> List.of();
            case "" -> null;
            default -> List.of(column.split(", "));
        };
    }

    /** The rows of the table, each with its columns; a last line without line end was cut off. */
    private static List<String[]> rows(String output, List<String> columns) {
        if (!output.isEmpty() && !output.endsWith("\n")) {
            throw new TextFormatException("the output of mounted.ocfs2 was cut off");
        }
        int[] starts = null;
        List<String[]> rows = new ArrayList<>();
        for (String line : output.split("\n")) {
            if (line.isBlank()) {
                continue;
            }
            if (Arrays.asList(line.strip().split(" +")).equals(columns)) {
                starts = columns.stream().mapToInt(starts(line)::apply).toArray();
            } else if (starts == null || line.length() < starts[starts.length - 1]) {
                throw new TextFormatException("mounted.ocfs2 printed something that is not its table");
            } else {
                rows.add(cut(line, starts));
            }
        }
        return rows;
    }

    /** Where the columns start; "F" is also in other words. */
    private static Function<String, Integer> starts(String header) {
        return column -> header.startsWith(column) ? 0 : header.indexOf(" " + column) + 1;
    }

    private static String[] cut(String line, int[] starts) {
        String[] row = new String[starts.length];
        for (int i = 0; i < starts.length; i++) {
            int end = i + 1 < starts.length ? starts[i + 1] : line.length();
            row[i] = line.substring(starts[i], end).strip();
        }
        return row;
    }
}
