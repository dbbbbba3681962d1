package io.jenkins.plugins.drbdocfs2.report.trend;

import io.jenkins.plugins.drbdocfs2.report.SeenCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The reports of the newest builds of a job.
 *
 * @param builds the builds that have a report, the newest first
 * @param limits what was read at most, in words
 */
public record Trend(List<TrendBuild> builds, String limits) {
    public Trend {
        builds = List.copyOf(builds);
    }

    /** The clusters as last seen, the one seen last first. */
    List<LastSeen> clusters() {
        List<LastSeen> clusters = new ArrayList<>();
        for (TrendBuild build : builds) {
            build.clusters().stream()
                    .filter(cluster -> !cluster.nodes().isEmpty())
                    .forEach(cluster -> add(clusters, cluster, build));
        }
        return clusters;
    }

    private static void add(List<LastSeen> clusters, SeenCluster cluster, TrendBuild build) {
        for (int i = 0; i < clusters.size(); i++) {
            if (clusters.get(i).isOf(cluster)) {
                clusters.set(i, clusters.get(i).or(cluster, build));
                return;
            }
        }
        clusters.add(LastSeen.of(cluster, build));
    }

    /** The clusters as data. */
    public List<Map<String, Object>> clusterData() {
        return clusters().stream().map(TrendData::of).toList();
    }

    /** The builds as data. */
    public List<Map<String, Object>> buildData() {
        return builds.stream().map(TrendData::of).toList();
    }
}
