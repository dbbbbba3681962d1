package io.jenkins.plugins.drbdocfs2.operation.node;

import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeOutcome;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;

/**
 * How far the clock of a node is ahead, as a range, because the round trip takes time.
 *
 * @param least at least these seconds
 * @param most at most these seconds
 */
public record NodeClock(double least, double most) {
    /** The clock of a node; null if it was not read. */
    public static NodeClock of(NodeFacts node) {
        if (!node.has(SystemProbes.CLOCK) || !node.has(ProbeOutcome.PROBE)) {
            return null;
        }
        double clock = node.get(SystemProbes.CLOCK);
        ProbeOutcome outcome = node.get(ProbeOutcome.PROBE);
        return Double.isNaN(clock)
                ? null
                : new NodeClock(clock - outcome.afterSeconds(), clock - outcome.beforeSeconds());
    }

    /** The middle of the range, in seconds. */
    public double middle() {
        return Math.round((least + most) / 2 * 1000) / 1000.0;
    }

    /** The minimum difference of two clocks in seconds. */
    double distance(NodeClock other) {
        return Math.max(0, Math.max(least - other.most, other.least - most));
    }
}
