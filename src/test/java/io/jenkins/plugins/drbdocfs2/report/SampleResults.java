package io.jenkins.plugins.drbdocfs2.report;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sample results of steps, for report pages. */
public final class SampleResults {
    private SampleResults() {}

    /** A map of alternating names and values. */
    public static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put(String.valueOf(entries[i]), entries[i + 1]);
        }
        return map;
    }

    static Map<String, Object> command(String line, int exitCode, String stdout, String stderr, long millis) {
        return map("command", line, "exitCode", exitCode, "stdout", stdout, "stderr", stderr, "durationMillis", millis);
    }

    /** A step with two complete refusals, and a third without its optional parts. */
    static List<Map<String, Object>> refused() {
        Map<String, Object> step = step(
                "drbdCreateResource",
                map("resource", "r0"),
                1830,
                "sv1",
                node(false, map()),
                "sv2",
                node(false, map()));
        step.put("refused", true);
        step.put("error", "drbdCreateResource r0: sv1: /dev/sdb is not empty: it holds ext4. That would be lost.");
        step.put(
                "refusals",
                List.of(
                        map(
                                "id", "device.not-empty",
                                "node", "sv1",
                                "finding",
                                        "/dev/sdb is not empty: it holds ext4 'www' 6c1d6a51-6f2f-4b7c-a1f5-5a1d9a3d6b2e",
                                "loss", "That would be lost",
                                "allowedBy", "overwrite: \"ext4 'www' 6c1d6a51-6f2f-4b7c-a1f5-5a1d9a3d6b2e\"",
                                "remedy",
                                        "Choose another device; or, to discard the content, set overwrite: \"ext4 'www'"
                                                + " 6c1d6a51-6f2f-4b7c-a1f5-5a1d9a3d6b2e\""),
                        map(
                                "id", "drbd.port-in-use",
                                "node", "sv2",
                                "finding", "port 7789 is in use at 192.168.0.2",
                                "loss", "The nodes could not connect, and each would continue without the other",
                                "remedy",
                                        "Choose another port for 'r0'; each resource needs its own (`ss -ltnp` on the node"
                                                + " shows whose it is)"),
                        map("id", "drbd.no-good-data", "finding", "no node has UpToDate data of 'r0'")));
        return List.of(step);
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

    /** The result of a step on one node. */
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

    /** The result of a step; {@code nodes} are alternating names and results. */
    static Map<String, Object> step(String name, Map<String, Object> subject, long millis, Object... nodes) {
        Map<String, Object> byNode = map(nodes);
        Map<String, Object> result = map("step", name);
        result.putAll(subject);
        result.put(
                "changed",
                byNode.values().stream()
                        .anyMatch(
                                node -> LenientJson.isTrue(LenientJson.map(node).get("changed"))));
        result.put("dryRun", false);
        result.put("durationMillis", millis);
        result.put("nodes", byNode);
        return result;
    }

    /** A build that created a dual-primary cluster of two nodes. */
    static List<Map<String, Object>> dualPrimary() {
        return read("dual-primary");
    }

    /** A build whose last step failed during the first synchronisation. */
    static List<Map<String, Object>> failed() {
        return read("failed");
    }

    /** A dry run on fresh nodes. */
    static List<Map<String, Object>> dryRun() {
        return read("dry-run");
    }

    /** Three nodes with two resources, one node disconnected. */
    static List<Map<String, Object>> threeNodes() {
        return read("three-nodes");
    }

    /** A step cut off by a restart, an aborted one, and a running one that follows a synchronisation. */
    static List<Map<String, Object>> cutShort() {
        Map<String, Object> cutOff =
                map("step", "drbdInstall", "dryRun", false, "nodes", map("sv1", map(), "sv2", map()));
        cutOff.put(StepResult.CUT_OFF, true);
        cutOff.put("error", "Jenkins stopped while this step ran.");
        Map<String, Object> doing =
                node(true, map(StepResult.DOING, "drbdadm up r0"), command("modprobe drbd", 0, "", "", 9));
        Map<String, Object> aborted =
                step("drbdCreateResource", map("resource", "r0"), 900, "sv1", doing, "sv2", node(false, map()));
        aborted.put(StepResult.ABORTED, true);
        aborted.put("error", "Aborted by alice");
        return new ArrayList<>(List.of(cutOff, aborted, synchronising(58.3)));
    }

    /** Many nodes with a resource on the first two, and a step that failed on the thirteenth. */
    static List<Map<String, Object>> manyNodes(int count) {
        List<Object> nodes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            nodes.add("storage-node-" + i + ".dc1.example.org");
            Map<String, Object> facts =
                    i <= 2 ? drbd("Primary", "UpToDate", "Connected", "Established", 0) : map("configured", false);
            nodes.add(node(false, facts, command("drbdsetup status", i == 13 ? 20 : 0, "", "", 9)));
        }
        Map<String, Object> failed = step(
                "ocfs2ConfigureCluster",
                map("resource", "resource-with-a-long-name-for-the-web-servers-of-example"),
                2000,
                nodes.toArray());
        failed.put("error", "storage-node-13.dc1.example.org: drbdsetup status ended with 20");
        return List.of(failed);
    }

    /** A running drbdWaitSync. */
    static Map<String, Object> synchronising(double percent) {
        long kib = Math.round(1048576 * (100 - percent) / 100);
        Map<String, Object> source = drbd("Primary", "UpToDate", "Connected", "SyncSource", kib);
        source.put(
                StepResult.PROGRESS,
                map("what", "in step", "percent", percent, "leftKib", kib, "kibPerSecond", 12288, "secondsLeft", 35));
        source.put(StepResult.DOING, "waiting for 'r0' to be UpToDate everywhere");
        Map<String, Object> running = step(
                "drbdWaitSync",
                map("resource", "r0"),
                4000,
                "sv1",
                node(false, source),
                "sv2",
                node(false, drbd("Secondary", "Inconsistent", "Connected", "SyncTarget", kib)));
        running.put(StepResult.RUNNING, true);
        return running;
    }

    /** One resource on three nodes; the third has lost its connection to the first. */
    static List<Map<String, Object>> eachPair() {
        Map<String, Object> sv1 = drbd("Primary", "UpToDate", "Connecting", "Off", 0);
        sv1.put("peers", List.of(peer("sv2", "Connected", "Established"), peer("sv3", "Connecting", "Off")));
        Map<String, Object> sv2 = drbd("Secondary", "UpToDate", "Connected", "SyncSource", 4096);
        sv2.put("peers", List.of(peer("sv1", "Connected", "Established"), peer("sv3", "Connected", "SyncSource")));
        Map<String, Object> sv3 = drbd("Secondary", "Inconsistent", "Connecting", "SyncTarget", 4096);
        sv3.put("peers", List.of(peer("sv1", "Connecting", "Off"), peer("sv2", "Connected", "SyncTarget")));
        return List.of(step(
                "drbdStatus",
                map("resource", "r0"),
                300,
                "sv1",
                node(false, sv1),
                "sv2",
                node(false, sv2),
                "sv3",
                node(false, sv3)));
    }

    private static Map<String, Object> peer(String name, String connection, String replication) {
        return map(
                "name",
                name,
                "role",
                "Secondary",
                "disk",
                "UpToDate",
                "connection",
                connection,
                "replication",
                replication,
                "outOfSyncKib",
                0);
    }

    private static List<Map<String, Object>> read(String name) {
        try (InputStream in = SampleResults.class.getResourceAsStream(name + ".json")) {
            List<Map<String, Object>> results = new ArrayList<>();
            for (Object step : JsonParser.array().from(in)) {
                results.add(LenientJson.map(step));
            }
            return results;
        } catch (IOException | JsonParserException e) {
            throw new AssertionError(name, e);
        }
    }
}
