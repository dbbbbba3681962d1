package io.jenkins.plugins.drbdocfs2.result;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results such as steps give, for reports to be made of. */
final class SampleResults {
    private SampleResults() {}

    /** A map of names and values in turn. */
    static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put(String.valueOf(entries[i]), entries[i + 1]);
        }
        return map;
    }

    static Map<String, Object> command(String line, int exitCode, String stdout, String stderr, long millis) {
        return map("command", line, "exitCode", exitCode, "stdout", stdout, "stderr", stderr, "durationMillis", millis);
    }

    /** The facts of a resource that is up. */
    static Map<String, Object> drbd(String role, String disk, String connection, String replication, long kib) {
        return map(
                "configured", true,
                "up", true,
                "role", role,
                "disk", disk,
                "suspended", false,
                "connection", connection,
                "peerRole", role,
                "peerDisk", disk,
                "replication", replication,
                "outOfSyncKib", kib);
    }

    /** What a step says of a node. */
    @SafeVarargs
    static Map<String, Object> node(boolean changed, Map<String, Object> facts, Map<String, Object>... commands) {
        Map<String, Object> node = map("changed", changed);
        node.putAll(facts);
        List<Object> list = new ArrayList<>();
        for (Map<String, Object> command : commands) {
            list.add(command);
        }
        node.put("commands", list);
        return node;
    }

    /** A result; the nodes are names and what is said of them in turn. */
    static Map<String, Object> step(String name, Map<String, Object> subject, long millis, Object... nodes) {
        Map<String, Object> byNode = map(nodes);
        Map<String, Object> result = map("step", name);
        result.putAll(subject);
        result.put(
                "changed",
                byNode.values().stream()
                        .anyMatch(node -> Tree.isTrue(Tree.map(node).get("changed"))));
        result.put("dryRun", false);
        result.put("durationMillis", millis);
        result.put("nodes", byNode);
        return result;
    }

    /** A build that made a dual-primary cluster of two nodes. */
    static List<Map<String, Object>> dualPrimary() {
        return read("dual-primary");
    }

    /** A build whose last step failed in the middle of the first synchronisation. */
    static List<Map<String, Object>> failed() {
        return read("failed");
    }

    /** A dry run on nodes that have nothing yet. */
    static List<Map<String, Object>> dryRun() {
        return read("dry-run");
    }

    /** Three nodes, two resources, one node cut off. */
    static List<Map<String, Object>> threeNodes() {
        return read("three-nodes");
    }

    private static List<Map<String, Object>> read(String name) {
        try (InputStream in = SampleResults.class.getResourceAsStream(name + ".json")) {
            List<Map<String, Object>> results = new ArrayList<>();
            for (Object step : JsonParser.array().from(in)) {
                results.add(Tree.map(step));
            }
            return results;
        } catch (IOException | JsonParserException e) {
            throw new AssertionError(name, e);
        }
    }
}
