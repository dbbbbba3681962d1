package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Parses the output of vgs, lvs and pvs for {@link StorageProbes#LVM}. */
public final class LvmReports {
    private LvmReports() {}

    /**
     * Parses {@code vgs}.
     *
     * @throws TextFormatException if a line has another form
     */
    public static List<VolumeGroup> volumeGroups(String output) {
        return lines(output, 5, 6, row -> new VolumeGroup(row[0], bytes(row[1]), bytes(row[2]), bytes(row[3]), row[4]));
    }

    /**
     * Parses {@code lvs}.
     *
     * @throws TextFormatException if a line has another form
     */
    public static List<LogicalVolume> logicalVolumes(String output) {
        return lines(output, 4, 10, row -> new LogicalVolume(row[0], row[1], bytes(row[2]), row[3]));
    }

    /**
     * Parses {@code pvs}.
     *
     * @throws TextFormatException if a line has another form
     */
    public static List<PhysicalVolume> physicalVolumes(String output) {
        return lines(
                output,
                4,
                3,
                row -> new PhysicalVolume(row[0], row[1].isEmpty() ? null : row[1], bytes(row[2]), row[3]));
    }

    private static <T> List<T> lines(String output, int columns, int attributes, Function<String[], T> reader) {
        List<T> rows = new ArrayList<>();
        String[] lines = output.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank()) {
                continue;
            }
            String[] row = lines[i].strip().split("\\|", -1);
            if (row.length != columns || row[columns - 1].length() != attributes) {
                throw new TextFormatException(i + 1, 0, "not a whole line of LVM's report");
            }
            rows.add(reader.apply(row));
        }
        return List.copyOf(rows);
    }

    private static long bytes(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new TextFormatException("LVM's report has " + Check.quoted(text) + " where a size in bytes belongs");
        }
        return Long.parseLong(text);
    }
}
