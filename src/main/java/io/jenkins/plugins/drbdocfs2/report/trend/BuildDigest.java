package io.jenkins.plugins.drbdocfs2.report.trend;

import io.jenkins.plugins.drbdocfs2.report.ReportOverview;
import io.jenkins.plugins.drbdocfs2.report.SeenCluster;
import io.jenkins.plugins.drbdocfs2.report.StepHead;
import io.jenkins.plugins.drbdocfs2.report.Topology;
import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import io.jenkins.plugins.drbdocfs2.result.ReportEntries;
import io.jenkins.plugins.drbdocfs2.result.ReportEntry;
import io.jenkins.plugins.drbdocfs2.result.ReportFile;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What the report of a build tells about its clusters, without outputs.
 *
 * @param size the length of the report in bytes
 * @param clusters the clusters
 * @param stepMillis the duration of the steps, by name
 * @param note what was not read, or an empty text
 * @param complete whether all steps have ended, so that it does not change
 */
public record BuildDigest(
        long size, List<SeenCluster> clusters, Map<String, Long> stepMillis, String note, boolean complete) {
    public BuildDigest {
        clusters = List.copyOf(clusters);
    }

    /**
     * Reads the end of a report, step by step.
     *
     * @param most the number of bytes to read
     * @param running whether a step without an end is still running, by its ID
     * @throws IOException if the report cannot be read
     */
    static BuildDigest read(ReportFile file, long most, Predicate<String> running) throws IOException {
        ReportEntries entries = file.lastEntries(most);
        ReportOverview overview = new ReportOverview();
        int unreadable = 0;
        long where = 0;
        for (ReportEntry entry : entries.list()) {
            try {
                overview.add(result(file, entry, running));
            } catch (IOException e) {
                unreadable++;
                where = entry.position();
            }
        }
        String note = unreadable == 0
                ? ""
                : Amounts.count(unreadable, "step") + " could not be read, the last at byte " + where
                        + " of the report. ";
        if (entries.size() > most) {
            note += "Only the last " + Amounts.bytes(most) + " of the report of " + Amounts.bytes(entries.size())
                    + " were read.";
        }
        boolean complete = entries.list().stream().allMatch(ReportEntry::hasEnded);
        return new BuildDigest(
                entries.size(), overview.clusters(), durations(overview.steps()), note.strip(), complete);
    }

    private static Map<String, Object> result(ReportFile file, ReportEntry entry, Predicate<String> running)
            throws IOException {
        Map<String, Object> result = new LinkedHashMap<>(file.read(entry));
        if (!entry.hasEnded()) {
            result.put(running.test(entry.id()) ? StepResult.RUNNING : StepResult.CUT_OFF, true);
        }
        return result;
    }

    private static Map<String, Long> durations(List<StepHead> steps) {
        Map<String, Long> millis = new LinkedHashMap<>();
        steps.stream()
                .filter(step -> step.millis() != null)
                .forEach(step -> millis.merge(step.name(), step.millis(), Long::sum));
        return millis;
    }

    /** The duration of all steps. */
    long totalMillis() {
        return stepMillis.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The amount that is out of sync, summed over the resources of all clusters; empty if no step has seen it. */
    OptionalLong outOfSyncKib() {
        return clusters.stream()
                .map(SeenCluster::topology)
                .flatMap(topology -> topology.resources().stream().map(resource -> outOfSyncKib(topology, resource)))
                .flatMapToLong(OptionalLong::stream)
                .reduce(Long::sum);
    }

    /** Each node of a resource counts the same blocks. */
    private static OptionalLong outOfSyncKib(Topology topology, String resource) {
        return topology.nodes().stream()
                .map(node -> topology.seen(resource, node))
                .filter(seen -> seen != null && !seen.step().dryRun())
                .map(seen -> LenientJson.number(seen.facts().get("outOfSyncKib")))
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max();
    }
}
