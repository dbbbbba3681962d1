package io.jenkins.plugins.drbdocfs2.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The summary of all steps. It reads results one by one and keeps no outputs, so that the results may be read from a file.
 */
public final class ReportOverview {
    private final List<StepHead> steps;
    private final List<SeenCluster> clusters;
    private final Findings findings;
    private final TextLengths lengths;

    /** Without any step. */
    public ReportOverview() {
        this(List.of(), List.of(), new Findings(), new TextLengths());
    }

    private ReportOverview(List<StepHead> steps, List<SeenCluster> clusters, Findings findings, TextLengths lengths) {
        this.steps = new ArrayList<>(steps);
        this.clusters = new ArrayList<>(clusters);
        this.findings = findings;
        this.lengths = lengths;
    }

    static ReportOverview of(List<?> results) {
        ReportOverview overview = new ReportOverview();
        results.forEach(overview::add);
        return overview;
    }

    /** A copy to continue from. */
    ReportOverview copy() {
        return new ReportOverview(
                steps, clusters.stream().map(SeenCluster::copy).toList(), findings.copy(), lengths.copy());
    }

    /** Takes the next result. */
    public void add(Object result) {
        ReportStep step = ReportStep.of(steps.size() + 1, result);
        steps.add(step.head());
        cluster(step).add(step);
        findings.add(step);
        lengths.add(result);
    }

    private SeenCluster cluster(ReportStep step) {
        List<SeenCluster> known =
                clusters.stream().filter(cluster -> cluster.isOf(step)).toList();
        if (known.isEmpty()) {
            clusters.add(new SeenCluster(step.head().cluster()));
            return clusters.get(clusters.size() - 1);
        }
        SeenCluster first = known.get(0);
        known.subList(1, known.size()).forEach(first::absorb);
        clusters.removeAll(known.subList(1, known.size()));
        return first;
    }

    /** The summary of each step. */
    public List<StepHead> steps() {
        return steps;
    }

    /** The clusters as reported by the steps. */
    public List<SeenCluster> clusters() {
        return clusters;
    }

    /** The problems and differences that the steps have found. */
    Findings findings() {
        return findings;
    }

    /** The lengths of all texts in the results. */
    TextLengths lengths() {
        return lengths;
    }
}
