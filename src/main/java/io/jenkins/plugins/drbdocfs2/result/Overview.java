package io.jenkins.plugins.drbdocfs2.result;

import java.util.ArrayList;
import java.util.List;

/**
 * What a page says of all steps together. It takes results one by one and keeps no output of theirs, so that these may
 * come from a file and go again.
 */
final class Overview {
    private final List<StepHead> steps;
    private final Topology topology;
    private final TextLengths lengths;

    Overview() {
        this(List.of(), new Topology(), new TextLengths());
    }

    private Overview(List<StepHead> steps, Topology topology, TextLengths lengths) {
        this.steps = new ArrayList<>(steps);
        this.topology = topology;
        this.lengths = lengths;
    }

    static Overview of(List<?> results) {
        Overview overview = new Overview();
        results.forEach(overview::add);
        return overview;
    }

    /** The same, to go on from. */
    Overview copy() {
        return new Overview(steps, topology.copy(), lengths.copy());
    }

    /** Takes the next result. */
    void add(Object result) {
        ReportStep step = ReportStep.of(steps.size() + 1, result);
        steps.add(step.head());
        topology.add(step);
        lengths.add(result);
    }

    /** Each step in a line. */
    List<StepHead> steps() {
        return steps;
    }

    /** The cluster as the steps found it. */
    Topology topology() {
        return topology;
    }

    /** The lengths of all texts in the results. */
    TextLengths lengths() {
        return lengths;
    }
}
