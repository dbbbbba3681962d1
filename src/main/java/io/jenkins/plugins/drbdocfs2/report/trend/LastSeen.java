package io.jenkins.plugins.drbdocfs2.report.trend;

import io.jenkins.plugins.drbdocfs2.report.SeenCluster;

/**
 * A cluster as last seen.
 *
 * @param judged the cluster as the newest build left it that tells its health; or the newest build of all
 * @param judgedBy that build
 * @param verdict its health then
 * @param pictured the cluster as the newest build left it that has seen more than its nodes; or the newest build of all
 * @param picturedBy that build
 */
public record LastSeen(
        SeenCluster judged, TrendBuild judgedBy, Verdict verdict, SeenCluster pictured, TrendBuild picturedBy) {
    static LastSeen of(SeenCluster cluster, TrendBuild build) {
        return new LastSeen(cluster, build, Verdict.of(cluster, build.failed()), cluster, build);
    }

    /** The same with what an older build knows and no newer one. */
    LastSeen or(SeenCluster older, TrendBuild build) {
        boolean judges = verdict.health() == BuildHealth.UNKNOWN;
        Verdict then = Verdict.of(older, build.failed());
        boolean better = judges && then.health() != BuildHealth.UNKNOWN;
        boolean shows = pictured.topology().isBare() && !older.topology().isBare();
        return new LastSeen(
                better ? older : judged,
                better ? build : judgedBy,
                better ? then : verdict,
                shows ? older : pictured,
                shows ? build : picturedBy);
    }

    boolean isOf(SeenCluster cluster) {
        return judged.isSame(cluster) || pictured.isSame(cluster);
    }

    /** The name of the cluster. */
    String name() {
        return pictured.heading();
    }
}
