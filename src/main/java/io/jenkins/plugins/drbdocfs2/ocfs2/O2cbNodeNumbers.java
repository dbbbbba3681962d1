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

/** Assigns node numbers in a cluster; existing nodes keep their numbers. */
public final class O2cbNodeNumbers {
    private O2cbNodeNumbers() {}

    /**
     * The cluster with these nodes and its other existing nodes.
     *
     * @param name the cluster's name
     * @param wanted the required nodes, by host name with their addresses
     * @param port the TCP port of each node
     * @param before the existing cluster from each source, most trusted first: the kernel, then the files
     */
    public static ClusterConf of(String name, Map<String, String> wanted, int port, List<ClusterConf> before) {
        List<O2cbNode> known = known(before);
        Map<Integer, O2cbNode> holders = new HashMap<>();
        known.forEach(node -> holders.putIfAbsent(node.number(), node));
        Set<Integer> taken = new TreeSet<>(holders.keySet());
        List<O2cbNode> nodes = new ArrayList<>(known);
        for (Map.Entry<String, String> want : wanted.entrySet()) {
            String host = want.getKey();
            List<O2cbNode> old = known.stream().filter(node -> isOf(node, host)).toList();
            Optional<O2cbNode> numbered = old.stream()
                    .filter(node -> holders.get(node.number()).equals(node))
                    .findFirst();
            int number = numbered.map(O2cbNode::number).orElseGet(() -> firstFree(taken));
            taken.add(number);
            nodes.removeAll(old);
            String as = old.stream()
                    .map(O2cbNode::name)
                    .filter(has -> Ocfs2Rules.isNodeName(has, host))
                    .findFirst()
                    .orElse(Ocfs2Rules.nodeName(host));
            nodes.add(new O2cbNode(number, as, want.getValue(), port));
        }
        nodes.sort(Comparator.comparingInt(O2cbNode::number));
        Reported<HeartbeatMode> mode = before.isEmpty()
                ? Reported.of(HeartbeatMode.LOCAL)
                : before.get(0).heartbeatMode();
        List<String> regions = before.stream()
                .flatMap(cluster -> cluster.heartbeatRegions().stream())
                .distinct()
                .toList();
        return new ClusterConf(name, mode, nodes, regions);
    }

    /** Each node once, from the most trusted source; known by its name, or by the first part of it and the address. */
    private static List<O2cbNode> known(List<ClusterConf> before) {
        List<O2cbNode> known = new ArrayList<>();
        for (ClusterConf cluster : before) {
            for (O2cbNode node : cluster.nodes()) {
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

    // A host may be in the file with a domain that it no longer has, or does not have yet.
    private static boolean isOf(O2cbNode node, String host) {
        return Ocfs2Rules.isNodeName(node.name(), host)
                || firstWord(node.name()).equals(firstWord(host));
    }

    /** Whether two clusters have the same nodes, in any order. */
    public static boolean same(ClusterConf one, ClusterConf other) {
        return one.name().equals(other.name())
                && one.heartbeatMode().equals(other.heartbeatMode())
                && sorted(one.nodes()).equals(sorted(other.nodes()))
                && new TreeSet<>(one.heartbeatRegions()).equals(new TreeSet<>(other.heartbeatRegions()));
    }

    /** Whether all nodes of one list are in another, unchanged. */
    public static boolean isPart(List<O2cbNode> some, List<O2cbNode> all) {
        return sorted(all).containsAll(sorted(some));
    }

    private static List<O2cbNode> sorted(List<O2cbNode> nodes) {
        return nodes.stream()
                .map(node -> new O2cbNode(node.number(), key(node), node.address(), node.port()))
                .sorted(Comparator.comparingInt(O2cbNode::number))
                .toList();
    }

    private static String key(O2cbNode node) {
        return node.name().toLowerCase(Locale.ROOT);
    }

    private static String firstWord(String name) {
        return Ocfs2Rules.nodeName(name).toLowerCase(Locale.ROOT);
    }

    private static int firstFree(Set<Integer> taken) {
        int number = 0;
        while (taken.contains(number)) {
            number++;
        }
        return number;
    }
}
