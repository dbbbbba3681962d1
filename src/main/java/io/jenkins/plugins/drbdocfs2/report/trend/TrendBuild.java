package io.jenkins.plugins.drbdocfs2.report.trend;

import io.jenkins.plugins.drbdocfs2.report.SeenCluster;
import io.jenkins.plugins.drbdocfs2.report.StepHead;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A build of the job that has a report.
 *
 * @param number its number
 * @param name its name in Jenkins, such as "#41"
 * @param started when it started
 * @param result the word of its result in Jenkins, such as "UNSTABLE"; empty while it runs
 * @param failed whether it failed or was aborted, or is still running
 * @param digest what its report tells; null if it was not read
 * @param verdict the health of all clusters after it
 */
public record TrendBuild(
        int number, String name, Instant started, String result, boolean failed, BuildDigest digest, Verdict verdict) {
    /** The same whose report has been read. */
    public TrendBuild read(BuildDigest found) {
        return new TrendBuild(number, name, started, result, failed, found, Verdict.of(found.clusters(), failed));
    }

    /**
     * A build whose report has not been read.
     *
     * @param number its number
     * @param name its name in Jenkins
     * @param started when it started
     * @param result the word of its result in Jenkins; empty while it runs
     * @param failed whether it failed or was aborted, or is still running
     * @param why why its report was not read
     */
    public static TrendBuild unread(
            int number, String name, Instant started, String result, boolean failed, String why) {
        return new TrendBuild(number, name, started, result, failed, null, Verdict.unknown(why));
    }

    /** Whether it still runs. */
    boolean building() {
        return result.isEmpty();
    }

    /** The clusters that it worked on. */
    List<SeenCluster> clusters() {
        return digest == null ? List.of() : digest.clusters();
    }

    /** What was not read of its report, or an empty text. */
    String note() {
        return digest == null ? "" : digest.note();
    }

    /** The duration of all its steps. */
    OptionalLong totalMillis() {
        return digest == null ? OptionalLong.empty() : OptionalLong.of(digest.totalMillis());
    }

    /** The amount that is out of sync; empty if unknown. */
    OptionalLong outOfSyncKib() {
        return digest == null ? OptionalLong.empty() : digest.outOfSyncKib();
    }

    /** The duration of its steps by name. */
    Map<String, Long> stepMillis() {
        return digest == null ? Map.of() : digest.stepMillis();
    }

    /** The step name with the longest duration. */
    Optional<Map.Entry<String, Long>> slowest() {
        return stepMillis().entrySet().stream().max(Map.Entry.comparingByValue());
    }

    /** When it last worked on a cluster, as ISO 8601: the start of the last step. */
    String lastTime(SeenCluster cluster) {
        return cluster.steps().stream()
                .map(StepHead::started)
                .filter(time -> !time.isEmpty())
                .max(String::compareTo)
                .orElse(startTime());
    }

    /** When it started, as ISO 8601. */
    String startTime() {
        return started.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The address of its report, from the page of the job. */
    String link() {
        return "../" + number + "/drbd-ocfs2/";
    }
}
