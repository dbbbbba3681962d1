package io.jenkins.plugins.drbdocfs2.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The summary of all steps. It reads results one by one and keeps no outputs, so that the results may be read from a file.
 */
final class ReportOverview {
    private final List<StepHead> steps;
    private final Topology topology;
    private final TextLengths lengths;

    ReportOverview() {
        this(List.of(), new Topology(), new TextLengths());
    }

    private ReportOverview(List<StepHead> steps, Topology topology, TextLengths lengths) {
        this.steps = new ArrayList<>(steps);
        this.topology = topology;
        this.lengths = lengths;
    }

    static ReportOverview of(List<?> results) {
        ReportOverview overview = new ReportOverview();
        results.forEach(overview::add);
        return overview;
    }

    /** A copy to continue from. */
    ReportOverview copy() {
        return new ReportOverview(steps, topology.copy(), lengths.copy());
    }

    /** Takes the next result. */
    void add(Object result) {
        ReportStep step = ReportStep.of(steps.size() + 1, result);
        steps.add(step.head());
        topology.add(step);
        lengths.add(result);
    }

    /** The summary of each step. */
    List<StepHead> steps() {
        return steps;
    }

    /** The cluster as reported by the steps. */
    Topology topology() {
        return topology;
    }

    /** The lengths of all texts in the results. */
    TextLengths lengths() {
        return lengths;
    }
}
