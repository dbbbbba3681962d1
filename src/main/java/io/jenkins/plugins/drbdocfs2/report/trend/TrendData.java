package io.jenkins.plugins.drbdocfs2.report.trend;

import io.jenkins.plugins.drbdocfs2.report.Topology;
import io.jenkins.plugins.drbdocfs2.report.Topology.Seen;
import io.jenkins.plugins.drbdocfs2.report.TopologyMounts.Mount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The trend as plain maps, lists, strings and numbers, for programs. */
final class TrendData {
    private static final List<String> FACTS =
            List.of("role", "disk", "connection", "replication", "outOfSyncKib", "suspended");

    private TrendData() {}

    static Map<String, Object> of(LastSeen cluster) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", cluster.name());
        data.put("configured", cluster.pictured().isNamed());
        data.put("health", cluster.verdict().health().word());
        data.put("reasons", cluster.verdict().reasons());
        data.put("seen", cluster.judgedBy().lastTime(cluster.judged()));
        data.put("build", cluster.judgedBy().number());
        data.put("pictureSeen", cluster.picturedBy().lastTime(cluster.pictured()));
        data.put("pictureBuild", cluster.picturedBy().number());
        Topology topology = cluster.pictured().topology();
        Map<String, Object> nodes = new LinkedHashMap<>();
        topology.nodes().forEach(node -> nodes.put(node, node(topology, node)));
        data.put("nodes", nodes);
        return data;
    }

    private static Map<String, Object> node(Topology topology, String name) {
        Map<String, Object> resources = new LinkedHashMap<>();
        for (String resource : topology.resources()) {
            Seen seen = topology.seen(resource, name);
            if (seen != null) {
                Map<String, Object> facts = new LinkedHashMap<>();
                FACTS.stream()
                        .filter(fact -> seen.facts().get(fact) != null)
                        .forEach(fact -> facts.put(fact, seen.facts().get(fact)));
                if (seen.isDown()) {
                    facts.put("up", false);
                }
                if (seen.step().dryRun()) {
                    facts.put("dryRun", true);
                }
                resources.put(resource, facts);
            }
        }
        List<String> mounted = new ArrayList<>();
        topology.mounts(name).stream().filter(Mount::mounted).map(Mount::point).forEach(mounted::add);
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("reachable", !topology.isUnreachable(name));
        node.put("resources", resources);
        node.put("mounted", mounted);
        return node;
    }

    static Map<String, Object> of(TrendBuild build) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("number", build.number());
        data.put("name", build.name());
        data.put("report", build.link());
        data.put("started", build.startTime());
        data.put("result", build.result().isEmpty() ? null : build.result());
        data.put("health", build.verdict().health().word());
        data.put("reasons", build.verdict().reasons());
        data.put(
                "outOfSyncKib",
                build.outOfSyncKib().isPresent() ? build.outOfSyncKib().getAsLong() : null);
        data.put(
                "durationMillis",
                build.totalMillis().isPresent() ? build.totalMillis().getAsLong() : null);
        data.put("steps", build.stepMillis());
        data.put("note", build.note().isEmpty() ? null : build.note());
        return data;
    }
}
