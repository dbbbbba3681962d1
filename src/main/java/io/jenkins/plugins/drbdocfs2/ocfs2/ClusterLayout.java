package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Lays out a cluster so that nodes that were in it before keep their numbers. */
public final class ClusterLayout {
    private ClusterLayout() {}

    /**
     * The cluster with these nodes, and those that it had besides.
     *
     * @param name the cluster's name
     * @param wanted the nodes that it must have, by host name with their addresses
     * @param port the TCP port of each
     * @param before the cluster as it was found, the most trusted first: what the kernel has, then the files
     */
    public static ClusterConf of(String name, Map<String, String> wanted, int port, List<ClusterConf> before) {
        List<ClusterNode> known = known(before);
        Map<Integer, ClusterNode> holders = new HashMap<>();
        known.forEach(node -> holders.putIfAbsent(node.number(), node));
        Set<Integer> taken = new TreeSet<>(holders.keySet());
        List<ClusterNode> nodes = new ArrayList<>(known);
        for (Map.Entry<String, String> want : wanted.entrySet()) {
            String host = want.getKey();
            List<ClusterNode> old =
                    known.stream().filter(node -> isOf(node, host)).toList();
            Optional<ClusterNode> numbered = old.stream()
                    .filter(node -> holders.get(node.number()).equals(node))
                    .findFirst();
            int number = numbered.map(ClusterNode::number).orElseGet(() -> firstFree(taken));
            taken.add(number);
            nodes.removeAll(old);
            String as = old.stream()
                    .map(ClusterNode::name)
                    .filter(has -> Ocfs2Limits.isNodeName(has, host))
                    .findFirst()
                    .orElse(Ocfs2Limits.nodeName(host));
            nodes.add(new ClusterNode(number, as, want.getValue(), port));
        }
        nodes.sort(Comparator.comparingInt(ClusterNode::number));
        Reported<HeartbeatMode> mode = before.isEmpty()
                ? Reported.of(HeartbeatMode.LOCAL)
                : before.get(0).heartbeatMode();
        List<String> regions = before.stream()
                .flatMap(cluster -> cluster.heartbeatRegions().stream())
                .distinct()
                .toList();
        return new ClusterConf(name, mode, nodes, regions);
    }

    /** Each node once, as the most trusted has it: known by its name, or by the first word of it and the address. */
    private static List<ClusterNode> known(List<ClusterConf> before) {
        List<ClusterNode> known = new ArrayList<>();
        for (ClusterConf cluster : before) {
            for (ClusterNode node : cluster.nodes()) {
                boolean there = known.stream()
                        .anyMatch(other -> key(other).equals(key(node))
                                || other.address().equals(node.address())
                                        && firstWord(other.name()).equals(firstWord(node.name())));
                if (!there) {
                    known.add(node);
                }
            }
        }
        return known;
    }

    // A host may be in the file by a domain that it no longer has, or not yet.
    private static boolean isOf(ClusterNode node, String host) {
        return Ocfs2Limits.isNodeName(node.name(), host)
                || firstWord(node.name()).equals(firstWord(host));
    }

    /** Whether two layouts say the same, in whatever order. */
    public static boolean same(ClusterConf one, ClusterConf other) {
        return one.name().equals(other.name())
                && one.heartbeatMode().equals(other.heartbeatMode())
                && sorted(one.nodes()).equals(sorted(other.nodes()))
                && new TreeSet<>(one.heartbeatRegions()).equals(new TreeSet<>(other.heartbeatRegions()));
    }

    /** Whether all nodes of one layout are, just so, in another. */
    public static boolean isPart(List<ClusterNode> some, List<ClusterNode> all) {
        return sorted(all).containsAll(sorted(some));
    }

    private static List<ClusterNode> sorted(List<ClusterNode> nodes) {
        return nodes.stream()
                .map(node -> new ClusterNode(node.number(), key(node), node.address(), node.port()))
                .sorted(Comparator.comparingInt(ClusterNode::number))
                .toList();
    }

    private static String key(ClusterNode node) {
        return node.name().toLowerCase(Locale.ROOT);
    }

    private static String firstWord(String name) {
        return Ocfs2Limits.nodeName(name).toLowerCase(Locale.ROOT);
    }

    private static int firstFree(Set<Integer> taken) {
        int number = 0;
        while (taken.contains(number)) {
            number++;
        }
        return number;
    }
}
