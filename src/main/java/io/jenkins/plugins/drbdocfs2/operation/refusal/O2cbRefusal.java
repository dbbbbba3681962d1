package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Refusals about the O2CB cluster of OCFS2. */
public enum O2cbRefusal implements RefusalKind {
    CONFIGURATION_UNREADABLE(
            "o2cb.configuration-unreadable",
            "/etc/ocfs2/cluster.conf cannot be read",
            "The file is not in the form of o2cb, which exits with an unknown code such as 251 or 234 and"
                    + " brings no cluster online. Rewriting it would lose its content; a filesystem is bound to"
                    + " its cluster by name.",
            "Correct the line that the finding names until `o2cb list-clusters` reads the file, or move it"
                    + " away. See [its lines](#ocfs2s-cluster)."),
    CLUSTERS_DIFFER(
            "o2cb.clusters-differ",
            "the cluster differs between nodes",
            "`/etc/ocfs2/cluster.conf` must be the same on all nodes, and it is unknown which one is right.",
            "Make the files the same, or remove the cluster if it is not used: `o2cb remove-cluster NAME`."),
    CLUSTER_IN_USE(
            "o2cb.cluster-in-use",
            "the cluster is online with other settings, and OCFS2 is mounted",
            "A cluster cannot be changed under a mounted filesystem: its nodes would reset themselves.",
            "Unmount OCFS2 on all nodes (`clusterUnmount`), then run the step again."),
    CLUSTER_UNKNOWN(
            "o2cb.cluster-unknown",
            "OCFS2 is mounted, and its cluster cannot be seen",
            "The cluster is in use, yet below `/sys/kernel/config/cluster` there is none: configfs is not"
                    + " mounted, or was taken away. Its nodes would reset themselves if it changed.",
            "Mount it (`mount -t configfs configfs /sys/kernel/config`), or unmount OCFS2 on all nodes."),
    NOT_ONLINE(
            "o2cb.not-online",
            "no cluster is online",
            "OCFS2 cannot be mounted without its cluster.",
            "Run `ocfs2ConfigureCluster` first."),
    NO_CLUSTER(
            "o2cb.no-cluster",
            "the cluster is not configured",
            "`/etc/ocfs2/cluster.conf` has no cluster, or none of the name. A filesystem is bound to its"
                    + " cluster by name, and could not be mounted.",
            "Run `ocfs2ConfigureCluster` first, or correct `cluster`."),
    SEVERAL_CLUSTERS(
            "o2cb.several-clusters",
            "several clusters are configured",
            "A filesystem is bound to its cluster by name, and it is unknown which one is meant.",
            "Name one of them with `cluster`."),
    PORT_IN_USE(
            "o2cb.port-in-use",
            "another program listens at the port",
            "The nodes of the cluster could not communicate.",
            "Choose another `port`, the same on all nodes; `ss -ltnp` shows which program uses it."),
    BAD_PORT(
            "o2cb.bad-port",
            "a node of the cluster has an invalid port",
            "The kernel accepts 1 to 65535, so the cluster would not come online.",
            "Correct `ip_port` in `/etc/ocfs2/cluster.conf` on all nodes."),
    NODES_ALIKE(
            "o2cb.nodes-alike",
            "two nodes of the cluster have the same number or address",
            "`/etc/ocfs2/cluster.conf` may say so, but the kernel takes only one of them, so the cluster"
                    + " would come online incompletely. Often one of the two is a node that is gone.",
            "Correct `/etc/ocfs2/cluster.conf` on all nodes, or remove nodes that no longer exist: `o2cb"
                    + " remove-node CLUSTER NODE`."),
    TOO_MANY_NODES(
            "o2cb.too-many-nodes",
            "the cluster would have more than 255 nodes",
            "OCFS2 supports no more.",
            "Remove nodes that no longer exist: `o2cb remove-node CLUSTER NODE`."),
    NO_HEARTBEAT_REGION(
            "o2cb.no-heartbeat-region",
            "the cluster has global heartbeat and no region",
            "It would come online without a heartbeat. mkfs.ocfs2 and mount.ocfs2 then fail with messages"
                    + " about the active cluster or the heartbeat mode.",
            "Add a region on all nodes with `o2cb add-heartbeat CLUSTER DEVICE`, or set `o2cb"
                    + " heartbeat-mode CLUSTER local`."),
    HEARTBEAT_TOO_SHORT(
            "o2cb.heartbeat-too-short",
            "the heartbeat gives up before DRBD does",
            "While DRBD waits for a dead peer, nothing is written, including the heartbeat, and a node"
                    + " without heartbeat resets itself. The failure of one node would also take down the other.",
            "Set `heartbeatThreshold` of `ocfs2ConfigureCluster` as the message says, or shorten"
                    + " `ping-int`, `ping-timeout` or `timeout` in the `options` of `drbdCreateResource`."),
    KEEPALIVE_TOO_LONG(
            "o2cb.keepalive-too-long",
            "the keepalive delay is not below the idle timeout",
            "An idle connection would be declared dead before its first keepalive packet.",
            "Choose a shorter `keepaliveDelayMillis` or a longer `idleTimeoutMillis`."),
    DEFAULTS_UNKNOWN(
            "o2cb.defaults-unknown",
            "the settings of O2CB are unknown",
            "The service o2cb reads `/etc/default/o2cb` with sh. sh cannot read the file, or a line computes"
                    + " a setting of O2CB or may end the file early. The cluster could come up at boot with other "
                    + "settings, or not at all.",
            "Set the values of O2CB with plain lines `NAME=value`.");

    private final Entry entry;

    O2cbRefusal(String id, String title, String meaning, String remedy) {
        entry = new Entry(id, title, meaning, remedy, null);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
