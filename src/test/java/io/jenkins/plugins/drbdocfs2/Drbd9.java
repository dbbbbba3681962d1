package io.jenkins.plugins.drbdocfs2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Output of three real nodes with DRBD 9.2.18, in {@code src/test/resources/drbd9}; README.txt there lists the states. */
public final class Drbd9 {
    private static final Pattern STATE = Pattern.compile("(?m)^ (\\S+) \\((\\w+)\\)");
    private static final List<String> NODES = List.of("sv1", "sv2", "sv3");

    private Drbd9() {}

    /** The resource of each state by the name of the state, in the order of the README. */
    public static Map<String, String> resources() {
        Map<String, String> resources = new LinkedHashMap<>();
        for (Matcher state = STATE.matcher(Recorded.drbd9("README.txt")); state.find(); ) {
            resources.put(state.group(1), state.group(2));
        }
        return resources;
    }

    /** The names of all states with nodes, for parameterised tests; a recorded event stream is not a state. */
    public static Stream<String> states() {
        return resources().keySet().stream().filter(state -> !nodes(state).isEmpty());
    }

    /** The recorded nodes of a state. */
    public static List<String> nodes(String state) {
        return NODES.stream()
                .filter(node -> Drbd9.class.getResource("/drbd9/" + state + "/" + node + "/lsblk.txt") != null)
                .toList();
    }

    /** The output of a command, such as {@code drbdadm-dump}; empty if it printed nothing. */
    public static String text(String state, String node, String command) {
        String path = state + "/" + node + "/" + command + ".txt";
        return Drbd9.class.getResource("/drbd9/" + path) == null ? "" : Recorded.drbd9(path);
    }

    /** The output of the probe of the state of all resources. */
    public static String state(String state, String node) {
        String json = text(state, node, "drbdsetup-status-json");
        boolean failed =
                Drbd9.class.getResource("/drbd9/" + state + "/" + node + "/drbdsetup-status-json.exit-code") != null;
        return text(state, node, "events2-now-statistics") + "= events2 0\n" + json + "= json " + (failed ? 10 : 0)
                + "\n";
    }

    /** The output of the probe of the configuration, with metadata and the commands of adjust. */
    public static String configured(String state, String node) {
        List<String> lines = new ArrayList<>();
        text(state, node, "drbdadm-dump")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> lines.add("dump " + line));
        boolean numbered = !text(state, node, "drbdadm-get-gi-1").isEmpty();
        for (int volume = 0; volume < (numbered ? 2 : 1); volume++) {
            String prefix = "gi " + volume + " ";
            text(state, node, "drbdadm-get-gi" + (numbered ? "-" + volume : ""))
                    .lines()
                    .forEach(line -> lines.add(prefix + line));
        }
        lines.add("adjusting");
        text(state, node, "drbdadm-d-adjust").lines().forEach(line -> lines.add("adjust " + line));
        return String.join("\n", lines) + "\n";
    }
}
