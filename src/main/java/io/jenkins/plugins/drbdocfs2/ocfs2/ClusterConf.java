package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.io.Serializable;
import java.util.List;

/**
 * A cluster in {@code /etc/ocfs2/cluster.conf}. ocfs2.cluster.conf(5).
 *
 * @param name the name of the cluster
 * @param heartbeatMode the heartbeat mode; {@link HeartbeatMode#LOCAL} if the file does not set it
 * @param nodes in the order of the file
 * @param heartbeatRegions UUIDs (32 upper-case hexadecimal digits) of the volumes with the global heartbeat
 */
public record ClusterConf(
        String name, Reported<HeartbeatMode> heartbeatMode, List<O2cbNode> nodes, List<String> heartbeatRegions)
        implements Serializable {
    /** The file with the clusters of ocfs2-tools. */
    public static final String PATH = "/etc/ocfs2/cluster.conf";

    public ClusterConf {
        nodes = List.copyOf(nodes);
        heartbeatRegions = List.copyOf(heartbeatRegions);
    }

    /** A cluster with local heartbeat. */
    public static ClusterConf of(String name, List<O2cbNode> nodes) {
        return new ClusterConf(name, Reported.of(HeartbeatMode.LOCAL), nodes, List.of());
    }

    /**
     * Parses a file with one cluster.
     *
     * @throws TextFormatException if there is not exactly one, or as {@link #parseAll}
     */
    public static ClusterConf parse(String text) {
        List<ClusterConf> clusters = parseAll(text);
        if (clusters.size() != 1) {
            throw new TextFormatException("there are " + clusters.size() + " clusters, where one is expected");
        }
        return clusters.get(0);
    }

    /**
     * Parses a file as o2cb does, and refuses what o2cb refuses, such as an empty line or an indented comment within a
     * stanza, or a cluster without node_count.
     *
     * @throws TextFormatException with the line
     */
    public static List<ClusterConf> parseAll(String text) {
        return ClusterConfParser.parse(text);
    }

    /**
     * The other lines of a file: comments, nodes of a cluster that is not defined, unknown attributes. o2cb ignores them,
     * and drops them when it writes the file.
     *
     * @throws TextFormatException as {@link #parseAll}
     */
    public static List<String> ignored(String text) {
        return ClusterConfParser.ignored(text);
    }

    /** The text of the file, exactly as o2cb writes it. */
    public String render() {
        return render(List.of(this));
    }

    /** The text of a file with several clusters. */
    public static String render(List<ClusterConf> clusters) {
        StringBuilder text = new StringBuilder();
        for (ClusterConf cluster : clusters) {
            text.append("cluster:\n");
            attribute(text, "name", cluster.name);
            attribute(text, "heartbeat_mode", cluster.heartbeatMode);
            attribute(text, "node_count", cluster.nodes.size());
            text.append('\n');
        }
        for (ClusterConf cluster : clusters) {
            for (String region : cluster.heartbeatRegions) {
                text.append("heartbeat:\n");
                attribute(text, "cluster", cluster.name);
                attribute(text, "region", region);
                text.append('\n');
            }
        }
        for (ClusterConf cluster : clusters) {
            for (O2cbNode node : cluster.nodes) {
                text.append("node:\n");
                attribute(text, "cluster", cluster.name);
                attribute(text, "number", node.number());
                attribute(text, "ip_port", node.port());
                attribute(text, "ip_address", node.address());
                attribute(text, "name", node.name());
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static void attribute(StringBuilder text, String name, Object value) {
        // a backslash right before the line end would continue the value on the next line
        String end = String.valueOf(value).endsWith("\\") ? " \n" : "\n";
        text.append('\t').append(name).append(" = ").append(value).append(end);
    }
}
