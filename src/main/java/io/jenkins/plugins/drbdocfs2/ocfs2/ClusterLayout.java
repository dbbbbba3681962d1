package io.jenkins.plugins.drbdocfs2.ocfs2;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        Map<String, ClusterNode> known = new LinkedHashMap<>();
        before.forEach(cluster -> cluster.nodes().forEach(node -> known.putIfAbsent(key(node.name()), node)));
        Set<Integer> taken = new TreeSet<>();
        List<ClusterNode> nodes = new ArrayList<>();
        known.forEach((key, node) -> {
            if (taken.add(node.number())) {
                nodes.add(node);
            }
        });
        Map<String, ClusterNode> kept =
                nodes.stream().collect(Collectors.toMap(node -> key(node.name()), node -> node));
        for (Map.Entry<String, String> want : wanted.entrySet()) {
            ClusterNode old = kept.get(key(want.getKey()));
            int number = old == null ? firstFree(taken) : old.number();
            taken.add(number);
            nodes.remove(old);
            String as = old == null ? Ocfs2Limits.nodeName(want.getKey()) : old.name();
            nodes.add(new ClusterNode(number, as, want.getValue(), port));
        }
        nodes.sort(Comparator.comparingInt(ClusterNode::number));
        String mode = before.isEmpty() ? ClusterConf.LOCAL : before.get(0).heartbeatMode();
        List<String> regions = before.stream()
                .flatMap(cluster -> cluster.heartbeatRegions().stream())
                .distinct()
                .toList();
        return new ClusterConf(name, mode, nodes, regions);
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
                .map(node -> new ClusterNode(node.number(), key(node.name()), node.address(), node.port()))
                .sorted(Comparator.comparingInt(ClusterNode::number))
                .toList();
    }

    private static String key(String name) {
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
