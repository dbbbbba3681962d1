package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.HeartbeatMode;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNode;
import io.jenkins.plugins.drbdocfs2.operation.refusal.O2cbRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Checks that the kernel accepts a cluster that o2cb reads: it rejects some clusters that cluster.conf(5) allows, node by
 * node.
 */
final class O2cbClusterCheck {
    private static final String REMEDY =
            "Take nodes that are gone out of " + ClusterConf.PATH + " on all nodes (o2cb remove-node)";

    private final ClusterConf cluster;
    private final Refusals refusals;

    private O2cbClusterCheck(ClusterConf cluster, Refusals refusals) {
        this.cluster = cluster;
        this.refusals = refusals;
    }

    /** Refuses a cluster that could not come online, or in which nothing could be mounted. */
    static void check(ClusterConf cluster, Refusals refusals) {
        O2cbClusterCheck checks = new O2cbClusterCheck(cluster, refusals);
        checks.checkNumbers();
        checks.unique("address", O2cbNode::address);
        checks.unique("number", O2cbNode::number);
        checks.unique("name", node -> node.name().toLowerCase(Locale.ROOT));
        checks.checkRegions();
    }

    private void checkNumbers() {
        if (cluster.nodes().stream().anyMatch(node -> node.number() > 254)) {
            refusals.add(Refusal.of(O2cbRefusal.TOO_MANY_NODES)
                    .found("cluster '" + cluster.name() + "' would have more than 255 nodes")
                    .remedy(REMEDY));
        }
        List<O2cbNode> wrong = cluster.nodes().stream()
                .filter(node -> node.port() < 1 || node.port() > 65_535)
                .toList();
        for (O2cbNode node : wrong) {
            refusals.add(Refusal.of(O2cbRefusal.BAD_PORT)
                    .found("node '" + node.name() + "' of cluster '" + cluster.name() + "' has the port " + node.port())
                    .wouldLose("The kernel accepts 1 to 65535, so the cluster would not come online")
                    .remedy("Correct its ip_port in " + ClusterConf.PATH + " on all nodes"));
        }
    }

    private void unique(String what, Function<O2cbNode, Object> key) {
        Map<Object, O2cbNode> seen = new HashMap<>();
        for (O2cbNode node : cluster.nodes()) {
            O2cbNode other = seen.putIfAbsent(key.apply(node), node);
            if (other != null) {
                refusals.add(Refusal.of(O2cbRefusal.NODES_ALIKE)
                        .found("'" + other.name() + "' and '" + node.name() + "' of cluster '" + cluster.name()
                                + "' would have the same " + what + ", " + key.apply(node))
                        .wouldLose("The kernel accepts only one of them, so the cluster would be incomplete")
                        .remedy(REMEDY));
            }
        }
    }

    private void checkRegions() {
        if (cluster.heartbeatMode().is(HeartbeatMode.GLOBAL)
                && cluster.heartbeatRegions().isEmpty()) {
            refusals.add(Refusal.of(O2cbRefusal.NO_HEARTBEAT_REGION)
                    .found("cluster '" + cluster.name() + "' has heartbeat_mode = global in " + ClusterConf.PATH
                            + " and no heartbeat region")
                    .wouldLose("It would come online without a heartbeat, and then mkfs.ocfs2 and mount.ocfs2 fail")
                    .remedy("Add a region on all nodes with `o2cb add-heartbeat " + cluster.name()
                            + " DEVICE`, or set `o2cb heartbeat-mode " + cluster.name() + " local`"));
        }
    }
}
