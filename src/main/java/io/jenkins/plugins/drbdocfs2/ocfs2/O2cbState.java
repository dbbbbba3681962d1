package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The clusters in the kernel of a node: {@code /sys/kernel/config/cluster}. The kernel supports one. o2cb(7).
 *
 * @param clusters the clusters; none while o2cb is offline
 */
public record O2cbState(List<Cluster> clusters) implements Serializable {
    /** No cluster is registered. */
    public static final O2cbState OFFLINE = new O2cbState(List.of());

    /** The shell that prints it, one fact per line. */
    public static final String SCRIPT = ShellFile.read(O2cbState.class, "o2cb-state.sh");

    public O2cbState {
        clusters = List.copyOf(clusters);
    }

    /**
     * A cluster.
     *
     * @param name its name
     * @param mode the heartbeat mode
     * @param timeouts by {@link O2cbTimeouts#NAMES}, as far as the kernel shows them
     * @param nodes the nodes
     * @param online whether this node itself is in the cluster, which makes the cluster online
     * @param regions UUIDs of the volumes with a heartbeat; with local heartbeat the mounted ones
     */
    public record Cluster(
            String name,
            Reported<HeartbeatMode> mode,
            Map<String, Integer> timeouts,
            List<O2cbNode> nodes,
            boolean online,
            List<String> regions)
            implements Serializable {
        public Cluster {
            timeouts = Map.copyOf(timeouts);
            nodes = List.copyOf(nodes);
            regions = List.copyOf(regions);
        }
    }

    /** The cluster that is online, or null. */
    public Cluster online() {
        return clusters.stream().filter(Cluster::online).findFirst().orElse(null);
    }

    /** Whether the cluster with this name is online. */
    public boolean isOnline(String name) {
        return online() != null && online().name().equals(name);
    }

    /**
     * Parses the output of {@link #SCRIPT}.
     *
     * @throws TextFormatException if a line has another form, which means that a part of the cluster is missing
     */
    public static O2cbState parse(String text) {
        List<Cluster> clusters = new ArrayList<>();
        Reader reader = null;
        for (String line : text.split("\n")) {
            String[] words = line.strip().split(" ");
            if (words[0].equals("cluster") && words.length == 2) {
                if (reader != null) {
                    clusters.add(reader.cluster());
                }
                reader = new Reader(words[1]);
            } else if (!line.isBlank() && (reader == null || !reader.take(words))) {
                throw new TextFormatException("the state of the O2CB cluster has the line " + Check.quoted(line));
            }
        }
        if (reader != null) {
            clusters.add(reader.cluster());
        }
        return new O2cbState(clusters);
    }

    private static final class Reader {
        private final String name;
        private final Map<String, Integer> timeouts = new LinkedHashMap<>();
        private final List<O2cbNode> nodes = new ArrayList<>();
        private final List<String> regions = new ArrayList<>();
        private Reported<HeartbeatMode> mode = Reported.of(HeartbeatMode.LOCAL);
        private boolean online;

        Reader(String name) {
            this.name = name;
        }

        boolean take(String[] words) {
            if (words[0].equals("mode") && words.length == 2) {
                mode = HeartbeatMode.parse(words[1]);
            } else if (words[0].equals("region") && words.length == 2) {
                regions.add(words[1]);
            } else if (words[0].equals("node")
                    && words.length == 6
                    && !words[2].isEmpty()
                    && isNumber(words[1])
                    && isNumber(words[3])) {
                nodes.add(new O2cbNode(Integer.parseInt(words[1]), words[5], words[2], Integer.parseInt(words[3])));
                online |= words[4].equals("1");
            } else if (words.length == 2 && isNumber(words[1]) && O2cbTimeouts.KERNEL_NAMES.containsKey(words[0])) {
                timeouts.put(O2cbTimeouts.KERNEL_NAMES.get(words[0]), Integer.valueOf(words[1]));
            } else {
                return false;
            }
            return true;
        }

        Cluster cluster() {
            return new Cluster(name, mode, timeouts, nodes, online, regions);
        }

        private static boolean isNumber(String word) {
            return word.matches("\\d{1,9}");
        }
    }
}
