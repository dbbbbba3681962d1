package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterNode;
import io.jenkins.plugins.drbdocfs2.ocfs2.HeartbeatMode;
import io.jenkins.plugins.drbdocfs2.operation.refusal.O2cbRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Whether the kernel takes a cluster that o2cb reads: it refuses what cluster.conf(5) allows, one node at a time. */
final class O2cbClusterChecks {
    private static final String REMEDY =
            "Take nodes that are gone out of " + Ocfs2ConfigureCluster.CONF + " on all nodes (o2cb remove-node)";

    private final ClusterConf cluster;
    private final Refusals refusals;

    private O2cbClusterChecks(ClusterConf cluster, Refusals refusals) {
        this.cluster = cluster;
        this.refusals = refusals;
    }

    /** Refuses a cluster that could not be brought online, or in which nothing could be mounted. */
    static void check(ClusterConf cluster, Refusals refusals) {
        O2cbClusterChecks checks = new O2cbClusterChecks(cluster, refusals);
        checks.checkNumbers();
        checks.unique("address", ClusterNode::address);
        checks.unique("number", ClusterNode::number);
        checks.unique("name", node -> node.name().toLowerCase(Locale.ROOT));
        checks.checkRegions();
    }

    private void checkNumbers() {
        if (cluster.nodes().stream().anyMatch(node -> node.number() > 254)) {
            refusals.add(Refusal.of(O2cbRefusal.TOO_MANY_NODES)
                    .found("cluster '" + cluster.name() + "' would have more than 255 nodes")
                    .remedy(REMEDY));
        }
        List<ClusterNode> wrong = cluster.nodes().stream()
                .filter(node -> node.port() < 1 || node.port() > 65_535)
                .toList();
        for (ClusterNode node : wrong) {
            refusals.add(Refusal.of(O2cbRefusal.BAD_PORT)
                    .found("node '" + node.name() + "' of cluster '" + cluster.name() + "' has the port " + node.port())
                    .wouldLose("The kernel takes 1 to 65535, so the cluster would not come online")
                    .remedy("Correct its ip_port in " + Ocfs2ConfigureCluster.CONF + " on all nodes"));
        }
    }

    private void unique(String what, Function<ClusterNode, Object> key) {
        Map<Object, ClusterNode> seen = new HashMap<>();
        for (ClusterNode node : cluster.nodes()) {
            ClusterNode other = seen.putIfAbsent(key.apply(node), node);
            if (other != null) {
                refusals.add(Refusal.of(O2cbRefusal.NODES_ALIKE)
                        .found("'" + other.name() + "' and '" + node.name() + "' of cluster '" + cluster.name()
                                + "' would have the same " + what + ", " + key.apply(node))
                        .wouldLose("The kernel takes only one of them, so the cluster would not come online whole")
                        .remedy(REMEDY));
            }
        }
    }

    private void checkRegions() {
        if (cluster.heartbeatMode().is(HeartbeatMode.GLOBAL)
                && cluster.heartbeatRegions().isEmpty()) {
            refusals.add(Refusal.of(O2cbRefusal.NO_HEARTBEAT_REGION)
                    .found("cluster '" + cluster.name() + "' has heartbeat_mode = global in "
                            + Ocfs2ConfigureCluster.CONF + " and no heartbeat region")
                    .wouldLose("It would come online without a heartbeat, and then mkfs.ocfs2 and mount.ocfs2 fail")
                    .remedy("Add a region on all nodes with `o2cb add-heartbeat " + cluster.name()
                            + " DEVICE`, or set `o2cb heartbeat-mode " + cluster.name() + " local`"));
        }
    }
}
