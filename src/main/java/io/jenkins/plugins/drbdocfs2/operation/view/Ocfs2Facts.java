package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.Service;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbDefaults;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNode;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Common views of OCFS2 in the facts of a node. */
public final class Ocfs2Facts {
    /** The programs that bring a cluster online. */
    public static final Probe<Set<String>> O2CB_TOOLS = SystemProbes.tools("o2cb", "systemctl", "sysctl");

    /** The program that creates the filesystem. */
    public static final Probe<Set<String>> MKFS = SystemProbes.tools("mkfs.ocfs2");

    private Ocfs2Facts() {}

    /** The facts as they would be with ocfs2-tools installed, for dry runs. */
    public static NodeFacts installed(NodeFacts facts) {
        Service stopped = new Service("enabled", "inactive");
        return facts.change(O2CB_TOOLS, tools -> Set.of("o2cb", "systemctl", "sysctl"))
                .change(MKFS, tools -> Set.of("mkfs.ocfs2"))
                .change(SystemProbes.service("o2cb"), service -> service.exists() ? service : stopped)
                .change(SystemProbes.service("ocfs2"), service -> service.exists() ? service : stopped)
                .change(SystemProbes.hasService("o2cb"), there -> true);
    }

    /** The names of the clusters in the node's cluster.conf; none if it cannot be read. */
    public static List<String> configuredClusters(NodeFacts node) {
        try {
            String text = node.get(SystemProbes.file(ClusterConf.PATH)).text();
            return ClusterConf.parseAll(text).stream().map(ClusterConf::name).toList();
        } catch (TextFormatException e) {
            return List.of();
        }
    }

    /** Why the cluster.conf of the node cannot be read; empty if it can, or there is none. */
    public static Optional<String> unreadableConf(NodeFacts node) {
        try {
            ClusterConf.parseAll(node.get(SystemProbes.file(ClusterConf.PATH)).text());
            return Optional.empty();
        } catch (TextFormatException e) {
            return Optional.of(ClusterConf.PATH + " cannot be read, and o2cb fails on it too: " + e.getMessage());
        }
    }

    /** The online cluster, if it was probed; else an empty name. */
    public static String clusterOf(NodeFacts node) {
        O2cbState.Cluster online =
                node.has(Ocfs2Probes.STATE) ? node.get(Ocfs2Probes.STATE).online() : null;
        return online == null ? "" : online.name();
    }

    /** Node numbers by node name, in the order of the numbers. */
    static Map<String, Object> numbers(List<O2cbNode> nodes) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        nodes.stream()
                .sorted(Comparator.comparingInt(O2cbNode::number))
                .forEach(node -> numbers.put(node.name(), node.number()));
        return numbers;
    }

    /** Reports timeouts under the names of their parameters. */
    public static void describe(O2cbState.Cluster cluster, Map<String, Object> report) {
        report.put("clusterNodes", numbers(cluster.nodes()));
        Map<String, Integer> timeouts = cluster.timeouts();
        put(report, "heartbeatThreshold", timeouts.get(O2cbDefaults.HEARTBEAT_THRESHOLD));
        put(report, "idleTimeoutMillis", timeouts.get(O2cbDefaults.IDLE_TIMEOUT_MS));
        put(report, "keepaliveDelayMillis", timeouts.get(O2cbDefaults.KEEPALIVE_DELAY_MS));
        put(report, "reconnectDelayMillis", timeouts.get(O2cbDefaults.RECONNECT_DELAY_MS));
    }

    private static void put(Map<String, Object> report, String key, Integer value) {
        if (value != null) {
            report.put(key, value);
        }
    }

    /**
     * The nodes that have a volume mounted, by its slot map: their names, or "node 2" for an unknown number; empty if
     * unknown. A crashed node is included until another one recovers its slot.
     */
    public static Optional<List<String>> mountedBy(NodeFacts facts, Ocfs2Volume volume) {
        O2cbState.Cluster online = facts.get(Ocfs2Probes.STATE).online();
        return Optional.ofNullable(volume.nodeNumbers()).map(numbers -> numbers.stream()
                .map(number -> online == null
                        ? "node " + number
                        : online.nodes().stream()
                                .filter(node -> node.number() == number)
                                .map(O2cbNode::name)
                                .findFirst()
                                .orElse("node " + number))
                .toList());
    }

    /** The facts of a volume for the result. */
    public static void describeVolume(Ocfs2Volume volume, Map<String, Object> report) {
        report.put("label", volume.label());
        if (!volume.uuid().isEmpty()) { // empty in a dry run, where it does not exist yet
            report.put("uuid", volume.dashedUuid());
        }
        report.put("cluster", volume.cluster());
        report.put("nodeSlots", volume.slots());
        report.put("blockSize", volume.blockSize());
        report.put("clusterSize", volume.clusterSize());
        if (volume.journalBytes() > 0) {
            report.put("journalSize", volume.journalBytes());
        }
    }
}
