package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.io.Serializable;
import java.util.Map;

/**
 * The outcome of the last probes on a node; all facts of a node contain it.
 *
 * @param beforeSeconds the local clock when the probes were sent, seconds since 1970
 * @param afterSeconds the same clock when the answer was complete
 * @param processes how many processes and threads the node started while it ran the probes, those of other programs
 *     included; -1 if it does not tell
 * @param failure why the node is unreachable, for the log; null if it answered
 */
public record ProbeOutcome(double beforeSeconds, double afterSeconds, int processes, String failure)
        implements Serializable {
    private static final int UNKNOWN = -1;

    /** The key of this fact. */
    public static final Probe<ProbeOutcome> PROBE = new Probe<>("outcome", "true", reading -> answered(0, 0, UNKNOWN));

    /** A node that answered. */
    public static ProbeOutcome answered(double beforeSeconds, double afterSeconds, int processes) {
        return new ProbeOutcome(beforeSeconds, afterSeconds, processes, null);
    }

    /** The facts of an unreachable node. */
    public static NodeFacts failed(Node node, String failure) {
        return new NodeFacts(node, Map.of(PROBE.key(), new ProbeOutcome(0, 0, UNKNOWN, failure)));
    }

    /** Why the node is unreachable, or null if it answered. */
    public static String failureOf(NodeFacts facts) {
        return facts.has(PROBE) ? facts.get(PROBE).failure() : null;
    }
}
