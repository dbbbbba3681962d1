package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState.Cluster;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The O2CB cluster: whether it is online, starts at boot, and is the same on all nodes. */
final class O2cbRule implements HealthRule {
    @Override
    public List<Problem> problems(ClusterFacts facts) {
        List<Problem> problems = new ArrayList<>();
        List<NodeFacts> before = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            Optional<String> unreadable = Ocfs2Facts.unreadableConf(node);
            unreadable.ifPresent(why -> problems.add(Problem.of(ProblemKind.UNREADABLE, node.name(), why)));
            List<ClusterConf> own = ofNode(node);
            if (unreadable.isPresent() || own.isEmpty()) {
                continue;
            }
            Cluster online = node.get(Ocfs2Probes.STATE).online();
            if (online == null) {
                problems.add(Problem.of(
                        ProblemKind.CLUSTER_OFFLINE,
                        node.name(),
                        "the cluster " + own.get(0).name() + " of " + ClusterConf.PATH + " is not online"));
            }
            if (!isAtBoot(node)) {
                problems.add(Problem.of(
                        ProblemKind.NOT_AT_BOOT, node.name(), "the services o2cb and ocfs2 are not both enabled"));
            }
            own.forEach(conf -> compareWithKernel(node, conf, online, problems));
            before.stream().findFirst().ifPresent(first -> compare(first, node, problems));
            before.add(node);
        }
        return problems;
    }

    /** The clusters in the file of a node that the node is part of. */
    private static List<ClusterConf> ofNode(NodeFacts node) {
        if (Ocfs2Facts.unreadableConf(node).isPresent()) {
            return List.of();
        }
        return ClusterConf.parseAll(
                        node.get(SystemProbes.file(ClusterConf.PATH)).text())
                .stream()
                .filter(cluster -> cluster.nodes().stream()
                        .anyMatch(member -> member.name().equals(node.name())))
                .toList();
    }

    private static boolean isAtBoot(NodeFacts node) {
        return node.get(SystemProbes.service("o2cb")).isEnabled()
                && node.get(SystemProbes.service("ocfs2")).isEnabled();
    }

    // A node that the kernel has and the file lacks may be on its way out; the other way round it cannot join.
    private static void compareWithKernel(NodeFacts node, ClusterConf conf, Cluster online, List<Problem> problems) {
        if (online == null || !online.name().equals(conf.name())) {
            return;
        }
        List<String> missing = conf.nodes().stream()
                .filter(member -> !online.nodes().contains(member))
                .map(member -> member.name() + " (number " + member.number() + ", " + member.address() + ")")
                .toList();
        if (!missing.isEmpty()) {
            problems.add(Problem.of(
                    ProblemKind.CLUSTER_DIFFERS,
                    node.name(),
                    "the running cluster " + conf.name() + " does not have, as " + ClusterConf.PATH + " does, "
                            + String.join(", ", missing)));
        }
    }

    private static void compare(NodeFacts first, NodeFacts node, List<Problem> problems) {
        List<ClusterConf> one = ofNode(first);
        List<ClusterConf> other = ofNode(node);
        if (!one.equals(other)) {
            problems.add(Problem.of(
                    ProblemKind.CLUSTER_DIFFERS,
                    node.name(),
                    ClusterConf.PATH + " differs from that of " + first.name() + ": " + words(other) + " instead of "
                            + words(one)));
        }
        Cluster running = node.get(Ocfs2Probes.STATE).online();
        Cluster runningFirst = first.get(Ocfs2Probes.STATE).online();
        if (running != null && runningFirst != null && !running.timeouts().equals(runningFirst.timeouts())) {
            problems.add(Problem.of(
                    ProblemKind.CLUSTER_DIFFERS,
                    node.name(),
                    "the timeouts of the running cluster differ from those of " + first.name() + ": "
                            + sorted(running.timeouts()) + " instead of " + sorted(runningFirst.timeouts())));
        }
    }

    private static String words(List<ClusterConf> clusters) {
        return String.join(
                "; ",
                clusters.stream()
                        .map(cluster -> cluster.name() + " with "
                                + String.join(
                                        ", ",
                                        cluster.nodes().stream()
                                                .map(node -> node.name() + " (" + node.number() + ", " + node.address()
                                                        + ":" + node.port() + ")")
                                                .toList()))
                        .toList());
    }

    private static Map<String, Integer> sorted(Map<String, Integer> timeouts) {
        return new TreeMap<>(timeouts);
    }
}
