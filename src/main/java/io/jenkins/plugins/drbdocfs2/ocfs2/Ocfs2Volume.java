package io.jenkins.plugins.drbdocfs2.ocfs2;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OCFS2 filesystem on a device, read without a lock and without the cluster: debugfs.ocfs2(8).
 *
 * @param label its label; empty if it has none
 * @param uuid 32 upper-case hexadecimal digits
 * @param blockSize the block size in bytes
 * @param clusterSize the cluster size in bytes
 * @param slots the number of nodes that can mount it at the same time
 * @param stack "o2cb", "pcmk" or "cman"; {@link #CLASSIC}; {@link #LOCAL}; empty if unknown
 * @param cluster the name of its cluster; empty if it has none
 * @param journalBytes the size of the first journal; 0 if it is unknown
 * @param slotMap the node number in each used slot. A crashed node is listed until its slot is recovered. Null if it could
 *     not be read, so that any node may have the volume mounted
 */
public record Ocfs2Volume(
        String label,
        String uuid,
        int blockSize,
        int clusterSize,
        int slots,
        String stack,
        String cluster,
        long journalBytes,
        Map<Integer, Integer> slotMap)
        implements Serializable {
    /** The stack of a volume that any O2CB cluster mounts: mkfs.ocfs2 was given no name of a cluster. */
    public static final String CLASSIC = "classic o2cb";

    /** The stack of a volume that one node mounts without a cluster. */
    public static final String LOCAL = "local";

    /** The command of debugfs.ocfs2(8) for the first journal. */
    static final String JOURNAL = "stat //journal:0000";
    /** The command of debugfs.ocfs2(8) for the slot map. */
    static final String SLOT_MAP = "slotmap";
    /** The command that ends debugfs.ocfs2(8). */
    static final String QUIT = "quit";

    private static final String ECHO = "debugfs: ";
    private static final Pattern SLOT = Pattern.compile("\\s*(\\d{1,5})\\s+(\\d{1,5})\\s*");

    public Ocfs2Volume {
        slotMap = slotMap == null ? null : Map.copyOf(slotMap);
    }

    /** The UUID in the notation of blkid(8): lower case, with dashes. */
    public String dashedUuid() {
        String hex = uuid.toLowerCase(Locale.ROOT);
        return uuid.length() != 32
                ? hex
                : String.join(
                        "-",
                        hex.substring(0, 8),
                        hex.substring(8, 12),
                        hex.substring(12, 16),
                        hex.substring(16, 20),
                        hex.substring(20));
    }

    /** The numbers of the nodes with a slot; null if unknown. */
    @CheckForNull
    public List<Integer> nodeNumbers() {
        return slotMap == null ? null : slotMap.values().stream().sorted().toList();
    }

    /**
     * Parses the output of {@code debugfs.ocfs2 -f} with the commands {@code stats}, {@code stat //journal:0000},
     * {@code slotmap} and {@code quit}. It prints a line {@code debugfs: COMMAND} before each of them.
     *
     * @return the volume, or null if there is none
     */
    public static Ocfs2Volume parse(String text) {
        int journal = last(text, JOURNAL);
        int slotMap = last(text, SLOT_MAP);
        int quit = last(text, QUIT);
        Map<String, String> stats = values(text.substring(0, journal < 0 ? text.length() : journal));
        if (!stats.containsKey("UUID") || !stats.containsKey("Block Size Bits")) {
            return null;
        }
        return new Ocfs2Volume(
                stats.getOrDefault("Label", ""),
                stats.get("UUID"),
                1 << number(stats.get("Block Size Bits")),
                1 << number(stats.get("Cluster Size Bits")),
                number(stats.get("Max Node Slots")),
                isLocal(stats) ? LOCAL : stats.getOrDefault("Cluster stack", ""),
                stats.getOrDefault("Cluster name", ""),
                journal < 0 ? 0 : journal(text.substring(journal, slotMap < journal ? text.length() : slotMap)),
                slotMap < 0 || quit < slotMap
                        ? null
                        : slotMap(text.substring(slotMap + ECHO.length() + SLOT_MAP.length(), quit)));
    }

    /**
     * The begin of a command's output, or -1. It is the last match: a label, which comes earlier, may have any characters.
     */
    static int last(String text, String command) {
        return text.lastIndexOf(ECHO + command + "\n");
    }

    // A line has one "Key: value", or two separated by three spaces; the label has its own line.
    private static Map<String, String> values(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            String stripped = line.strip();
            String[] pairs = stripped.startsWith("Label:") ? new String[] {stripped} : stripped.split(" {3,}");
            for (String pair : pairs) {
                int colon = pair.indexOf(':');
                if (colon > 0) {
                    values.putIfAbsent(
                            pair.substring(0, colon), pair.substring(colon + 1).strip());
                }
            }
        }
        return values;
    }

    private static boolean isLocal(Map<String, String> stats) {
        return List.of(stats.getOrDefault("Feature Incompat", "").split(" ")).contains(LOCAL);
    }

    private static long journal(String text) {
        int at = text.indexOf("   Size: ");
        String size = at < 0 ? "" : text.substring(at + 9).split("\\s", 2)[0];
        return size.matches("\\d{1,18}") ? Long.parseLong(size) : 0;
    }

    // For a volume that is not mounted there is only the first line.
    private static Map<Integer, Integer> slotMap(String text) {
        List<String> lines = text.strip().lines().toList();
        if (lines.isEmpty() || !lines.get(0).matches("Slot# {1,9}Node#")) {
            return null;
        }
        Map<Integer, Integer> map = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            Matcher slot = SLOT.matcher(line);
            if (!slot.matches()) {
                return null;
            }
            map.put(Integer.valueOf(slot.group(1)), Integer.valueOf(slot.group(2)));
        }
        return map;
    }

    private static int number(String value) {
        return value != null && value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
    }
}
