package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.io.Serializable;
import java.util.Map;

/**
 * How the last set of probes went on a node: every answer brings it, it is never asked for.
 *
 * @param beforeSeconds the clock of the asking side when the question went out, seconds since 1970
 * @param afterSeconds the same clock when the whole answer was there
 * @param failure why the node could not be asked, for the reader of the log; null where it answered
 */
public record ProbeOutcome(double beforeSeconds, double afterSeconds, String failure) implements Serializable {
    /** The key of this fact. */
    public static final Probe<ProbeOutcome> PROBE = new Probe<>("contact", "true", reading -> answered(0, 0));

    /** A node that answered. */
    public static ProbeOutcome answered(double beforeSeconds, double afterSeconds) {
        return new ProbeOutcome(beforeSeconds, afterSeconds, null);
    }

    /** All that is known of a node that could not be asked. */
    public static NodeFacts failed(Node node, String failure) {
        return new NodeFacts(node, Map.of(PROBE.key(), new ProbeOutcome(0, 0, failure)));
    }

    /** Why the node could not be asked, or null where it answered. */
    public static String failureOf(NodeFacts facts) {
        return facts.has(PROBE) ? facts.get(PROBE).failure() : null;
    }
}
