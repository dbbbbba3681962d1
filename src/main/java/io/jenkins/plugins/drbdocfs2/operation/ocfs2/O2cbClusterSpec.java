package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbDefaults;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNode;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNodeNumbers;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbTimeouts;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.operation.guard.FencingTimes;
import io.jenkins.plugins.drbdocfs2.operation.guard.HeartbeatTimeoutCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.O2cbRefusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The requested configuration of all nodes of a cluster.
 *
 * @param cluster the cluster
 * @param others other clusters in the file, which remain unchanged
 * @param timeouts the four timeouts by their names
 * @param panicSeconds the seconds after a kernel failure until a node resets itself
 * @param removed the names of nodes that leave the cluster
 * @param notes notes for the log
 */
record O2cbClusterSpec(
        ClusterConf cluster,
        List<ClusterConf> others,
        Map<String, Integer> timeouts,
        int panicSeconds,
        List<String> removed,
        List<String> notes) {

    /** The file's text. */
    String conf() {
        List<ClusterConf> all = new ArrayList<>(List.of(cluster));
        all.addAll(others);
        return ClusterConf.render(all);
    }

    /** Makes the specification from the parameters and the current configuration. */
    static final class Finder {
        private final ClusterFacts facts;
        private final Map<String, List<ClusterConf>> files;
        private final Refusals refusals;
        private final List<String> notes = new ArrayList<>();

        Finder(ClusterFacts facts, Map<String, List<ClusterConf>> files, Refusals refusals) {
            this.facts = facts;
            this.files = files;
            this.refusals = refusals;
        }

        O2cbClusterSpec find(
                String name, int port, Map<String, Integer> given, int panicSeconds, List<String> removed) {
            ClusterConf cluster = cluster(name, port, removed);
            List<ClusterConf> others = others(name);
            Map<String, Integer> timeouts = timeouts(given);
            checkTimeouts(timeouts);
            return new O2cbClusterSpec(cluster, others, timeouts, panicSeconds, removed, notes);
        }

        private ClusterConf cluster(String name, int port, List<String> removed) {
            List<ClusterConf> before = new ArrayList<>();
            for (NodeFacts node : facts.all()) {
                node.get(Ocfs2Probes.STATE).clusters().stream()
                        .filter(cluster -> cluster.name().equals(name))
                        .map(cluster -> new ClusterConf(name, cluster.mode(), cluster.nodes(), List.of()))
                        .forEach(before::add);
            }
            files.values().stream()
                    .flatMap(List::stream)
                    .filter(cluster -> cluster.name().equals(name))
                    .forEach(before::add);
            before.replaceAll(cluster -> new ClusterConf(
                    cluster.name(),
                    cluster.heartbeatMode(),
                    staying(cluster.nodes(), removed),
                    cluster.heartbeatRegions()));
            Map<String, String> wanted = new LinkedHashMap<>();
            facts.all().forEach(node -> wanted.put(node.name(), node.node().address()));
            ClusterConf cluster = O2cbNodeNumbers.of(name, wanted, port, before);
            List<String> others = cluster.nodes().stream()
                    .map(O2cbNode::name)
                    .filter(node -> wanted.keySet().stream().noneMatch(host -> Ocfs2Rules.isNodeName(node, host)))
                    .toList();
            if (!others.isEmpty()) {
                notes.add("cluster '" + name + "' also has " + String.join(", ", others)
                        + ", which are not nodes of this step; the file must be the same there.");
            }
            O2cbClusterCheck.check(cluster, refusals);
            return cluster;
        }

        private List<ClusterConf> others(String name) {
            Map<String, ClusterConf> others = new LinkedHashMap<>();
            files.forEach((node, clusters) -> {
                for (ClusterConf cluster : clusters) {
                    if (cluster.name().equals(name)) {
                        continue;
                    }
                    ClusterConf known = others.putIfAbsent(cluster.name(), cluster);
                    if (known != null && !O2cbNodeNumbers.same(known, cluster)) {
                        refusals.add(Refusal.of(O2cbRefusal.CLUSTERS_DIFFER)
                                .on(node)
                                .found(ClusterConf.PATH + " has a cluster '" + cluster.name()
                                        + "' that differs from that of the same name on another node")
                                .wouldLose(
                                        "The file must be the same on all nodes, and it is unknown which one is right")
                                .remedy("Make them the same, or remove it if it is not used: o2cb remove-cluster "
                                        + cluster.name()));
                    }
                }
            });
            return List.copyOf(others.values());
        }

        // Missing parameters keep the common value of the nodes, so that a second call without them does not undo it.
        private Map<String, Integer> timeouts(Map<String, Integer> given) {
            Map<String, Integer> timeouts = new LinkedHashMap<>();
            for (String name : O2cbTimeouts.NAMES) {
                Set<Integer> found = new LinkedHashSet<>();
                facts.all()
                        .forEach(node ->
                                found.add(O2cbTimeouts.of(settings(node)).get(name)));
                int standard = O2cbTimeouts.DEFAULTS.get(name);
                if (!given.containsKey(name) && found.size() > 1) {
                    notes.add(name + " differs between the nodes ("
                            + found.stream().map(String::valueOf).collect(Collectors.joining(", ")) + "); it is set to "
                            + standard + " on all.");
                }
                int kept = found.size() == 1 ? found.iterator().next() : standard;
                timeouts.put(name, given.getOrDefault(name, kept));
            }
            return timeouts;
        }

        private void checkTimeouts(Map<String, Integer> timeouts) {
            int idle = timeouts.get(O2cbDefaults.IDLE_TIMEOUT_MS);
            int keepalive = timeouts.get(O2cbDefaults.KEEPALIVE_DELAY_MS);
            int seconds = Ocfs2Rules.heartbeatSeconds(timeouts.get(O2cbDefaults.HEARTBEAT_THRESHOLD));
            if (keepalive >= idle) {
                refusals.add(Refusal.of(O2cbRefusal.KEEPALIVE_TOO_LONG)
                        .found("keepaliveDelayMillis " + keepalive + " is not below idleTimeoutMillis " + idle)
                        .wouldLose("An idle connection would be declared dead before its first keepalive packet")
                        .remedy("Choose a shorter keepaliveDelayMillis or a longer idleTimeoutMillis"));
            }
            checkDrbd(HeartbeatTimeoutCheck.ofThreshold(timeouts.get(O2cbDefaults.HEARTBEAT_THRESHOLD)));
            if (idle >= seconds * 1000L) {
                notes.add("the idle timeout of " + idle + " ms is not below the heartbeat's " + seconds
                        + " s: after a lost connection a node may be reset before the other knows that it is gone.");
            }
        }

        private void checkDrbd(HeartbeatTimeoutCheck heartbeat) {
            for (NodeFacts node : facts.all()) {
                if (!node.get(DrbdDevices.PROBE).known()) {
                    notes.add(node.name() + ": it is unknown whether the heartbeat there waits long enough for DRBD, "
                            + "because `drbdadm dump` fails: "
                            + node.get(DrbdDevices.PROBE).error());
                }
                List<DrbdDevices.Device> shared = node.get(DrbdDevices.PROBE).devices().stream()
                        .filter(DrbdDevices.Device::dualPrimary)
                        .toList();
                shared.forEach(
                        device -> heartbeat.check(node.name(), device.resource(), device.lossMillis(), refusals));
                Long loss = shared.stream()
                        .map(DrbdDevices.Device::lossMillis)
                        .max(Long::compare)
                        .orElse(null);
                FencingTimes.check(node, loss, heartbeat, refusals);
            }
        }
    }

    /** The settings that a node has. */
    static O2cbDefaults settings(NodeFacts node) {
        return new O2cbDefaults(
                node.get(SystemProbes.file(node.get(Ocfs2Probes.DEFAULTS_PATH))).text());
    }

    private static List<O2cbNode> staying(List<O2cbNode> nodes, List<String> removed) {
        return nodes.stream()
                .filter(node -> removed.stream().noneMatch(name -> Ocfs2Rules.isNodeName(node.name(), name)))
                .toList();
    }

    /** Whether the kernel of a node has exactly this cluster. */
    boolean isIn(O2cbState state) {
        O2cbState.Cluster online = state.online();
        return isOnlyMissingNodesOf(state)
                && online.nodes().size() == cluster.nodes().size();
    }

    /** Whether the kernel of a node has this cluster except for new nodes. */
    boolean isOnlyMissingNodesOf(O2cbState state) {
        O2cbState.Cluster online = state.online();
        return online != null
                && online.name().equals(cluster.name())
                && online.mode().equals(cluster.heartbeatMode())
                && O2cbTimeouts.complete(online.timeouts()).equals(timeouts)
                && O2cbNodeNumbers.isPart(staying(online.nodes(), removed), cluster.nodes());
    }
}
