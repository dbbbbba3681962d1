package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbDefaults;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNode;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbTimeouts;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.operation.node.Ocfs2Install;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2ConfigureCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The O2CB cluster: ocfs2ConfigureCluster. */
final class O2cbArea {
    /** The seconds after which a failed node resets itself. */
    static final Probe<String> PANIC = SystemProbes.sysctl("kernel.panic");

    private static final int PORT = 7777;
    private static final int PANIC_SECONDS = 30;

    private O2cbArea() {}

    /** The cluster that a node is in: the one in the kernel, else the only or the boot cluster of its file. */
    static Optional<ClusterConf> cluster(NodeFacts node) {
        O2cbState.Cluster online = node.get(Ocfs2Probes.STATE).online();
        List<ClusterConf> clusters = configured(node);
        Optional<ClusterConf> named = clusters.stream()
                .filter(cluster ->
                        online == null ? clusters.size() == 1 || isAtBoot(node, cluster) : isOf(online, cluster))
                .findFirst();
        return online == null || named.isPresent()
                ? named
                : Optional.of(new ClusterConf(online.name(), online.mode(), online.nodes(), List.of()));
    }

    private static boolean isOf(O2cbState.Cluster online, ClusterConf cluster) {
        return online.name().equals(cluster.name());
    }

    private static boolean isAtBoot(NodeFacts node, ClusterConf cluster) {
        return cluster.name().equals(defaults(node).values().get(O2cbDefaults.BOOTCLUSTER));
    }

    private static O2cbDefaults defaults(NodeFacts node) {
        Probe<FileFact> file = SystemProbes.file(node.get(Ocfs2Probes.DEFAULTS_PATH));
        return new O2cbDefaults(node.has(file) ? node.get(file).text() : "");
    }

    /** The clusters in the file of a node; none if it cannot be read. */
    static List<ClusterConf> configured(NodeFacts node) {
        try {
            return ClusterConf.parseAll(
                    node.get(SystemProbes.file(ClusterConf.PATH)).text());
        } catch (TextFormatException e) {
            return List.of();
        }
    }

    /** The stage; empty if no node is in a cluster. */
    static Stage stage(ClusterFacts facts) {
        Optional<NodeFacts> first =
                facts.all().stream().filter(node -> cluster(node).isPresent()).findFirst();
        return first.map(node -> stage(cluster(node).orElseThrow(), node, facts))
                .orElse(new Stage("OCFS2 cluster", List.of(), List.of()));
    }

    /** The installation, if a node is in a cluster. */
    static List<DescribedStep> installation(ClusterFacts facts) {
        return facts.all().stream().noneMatch(node -> cluster(node).isPresent())
                ? List.of()
                : List.of(DescribedStep.of(
                        StepCall.of("ocfs2Install"), new Ocfs2Install(List.of()), facts.names(), facts));
    }

    private static Stage stage(ClusterConf cluster, NodeFacts first, ClusterFacts facts) {
        List<Remark> remarks = new ArrayList<>();
        List<String> members = facts.names().stream()
                .filter(name -> cluster.nodes().stream().anyMatch(node -> Ocfs2Rules.isNodeName(node.name(), name)))
                .toList();
        for (NodeFacts node : facts.all()) {
            configured(node).stream()
                    .filter(other -> !other.name().equals(cluster.name()))
                    .forEach(other -> remarks.add(Remark.on(
                            node.name(),
                            ClusterConf.PATH + " also has the cluster '" + other.name()
                                    + "', which is not online; the step leaves it there")));
        }
        if (!cluster.heartbeatRegions().isEmpty()) {
            remarks.add(new Remark(
                    null,
                    null,
                    "cluster '" + cluster.name() + "' has a global heartbeat on "
                            + String.join(", ", cluster.heartbeatRegions())
                            + ", which the step keeps but does not make"));
        }
        List<String> nodes = members.isEmpty() ? facts.names() : members;
        return new Stage("OCFS2 cluster", remarks, List.of(step(cluster, nodes, first, facts)));
    }

    private static DescribedStep step(ClusterConf cluster, List<String> nodes, NodeFacts first, ClusterFacts facts) {
        O2cbState.Cluster online = first.get(Ocfs2Probes.STATE).online();
        Map<String, Integer> timeouts =
                online == null ? O2cbTimeouts.of(defaults(first)) : O2cbTimeouts.complete(online.timeouts());
        int port = cluster.nodes().stream()
                .filter(node -> Ocfs2Rules.isNodeName(node.name(), first.name()))
                .map(O2cbNode::port)
                .findFirst()
                .orElse(PORT);
        int panic = panicSeconds(first);
        Ocfs2ConfigureCluster operation = new Ocfs2ConfigureCluster(
                cluster.name(),
                port,
                given(timeouts, O2cbDefaults.HEARTBEAT_THRESHOLD),
                given(timeouts, O2cbDefaults.IDLE_TIMEOUT_MS),
                given(timeouts, O2cbDefaults.KEEPALIVE_DELAY_MS),
                given(timeouts, O2cbDefaults.RECONNECT_DELAY_MS),
                panic);
        StepCall call = StepCall.of("ocfs2ConfigureCluster")
                .with("name", cluster.name())
                .with("port", port == PORT ? null : port)
                .with("heartbeatThreshold", operation.heartbeatThreshold())
                .with("idleTimeoutMillis", operation.idleTimeoutMillis())
                .with("keepaliveDelayMillis", operation.keepaliveDelayMillis())
                .with("reconnectDelayMillis", operation.reconnectDelayMillis())
                .with("panicSeconds", panic == PANIC_SECONDS ? null : panic);
        return DescribedStep.of(call, operation, nodes, facts);
    }

    private static Integer given(Map<String, Integer> timeouts, String name) {
        Integer value = timeouts.get(name);
        return value.equals(O2cbTimeouts.DEFAULTS.get(name)) ? null : value;
    }

    private static int panicSeconds(NodeFacts node) {
        String value = node.get(PANIC);
        return value.matches("[1-9]\\d{0,3}") ? Integer.parseInt(value) : PANIC_SECONDS;
    }
}
