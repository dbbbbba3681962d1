package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.guard.HeartbeatTimeoutCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FencingRefusal;
import java.util.Objects;

/**
 * The seconds that the fence-peer handler has. A node that cannot write its heartbeat resets itself after o2cb's dead time,
 * and I/O is suspended until the peer is fenced, so everything must be over before:
 *
 * <pre>
 *     2 loss                 the handler begins: measured 11 s after a cut on one node, and 21 s on the other, with DRBD's
 *                            defaults, for which {@code loss} (ping-int + ping-timeout) is 10.5 s
 *   + order (loss + limit)   the wait of the node with this place in the order, so that those before it, whose handler
 *                            may begin up to {@code loss} later, have fenced it meanwhile
 *   + 2 limit                off, then status
 *   &lt; dead - 2               o2cb's dead time, less the time between two heartbeats
 * </pre>
 *
 * @param loss after how many seconds DRBD gives up a peer
 * @param dead o2cb's dead time in seconds
 * @param online whether that is the dead time of an online cluster, and not o2cb's default
 * @param nodes how many nodes there are
 */
record FencingTimes(int loss, int dead, boolean online, int nodes) {
    /** How long a call of a fence agent may take in a cluster that leaves enough time, and in any cluster. */
    static final int LONGEST = 20;

    static final int SHORTEST = 5;

    /** ping-int and ping-timeout of DRBD by default, drbd.conf(5). */
    private static final long DEFAULT_LOSS_MILLIS = 10_500;

    /** Dead time by o2cb's default threshold of 31. */
    private static final int DEFAULT_DEAD = 60;

    private static final int HEARTBEAT = 2;

    static FencingTimes of(ClusterFacts facts) {
        long loss = facts.all().stream()
                .flatMap(node -> node.get(DrbdDevices.PROBE).devices().stream())
                .mapToLong(DrbdDevices.Device::lossMillis)
                .max()
                .orElse(DEFAULT_LOSS_MILLIS);
        var dead = facts.all().stream()
                .map(FencingTimes::heartbeat)
                .filter(Objects::nonNull)
                .mapToInt(HeartbeatTimeoutCheck::seconds)
                .min();
        return new FencingTimes(
                (int) ((loss + 999) / 1000),
                dead.orElse(DEFAULT_DEAD),
                dead.isPresent(),
                facts.all().size());
    }

    private static HeartbeatTimeoutCheck heartbeat(NodeFacts node) {
        return HeartbeatTimeoutCheck.of(node.get(Ocfs2Probes.STATE));
    }

    /** How long a call of a fence agent may take. */
    int limit() {
        int room = dead - HEARTBEAT - 1 - 2 * loss - last() * loss;
        return Math.max(SHORTEST, Math.min(LONGEST, room / (last() + 2)));
    }

    /** How long the node with this place in the order waits, the first one being 0. */
    int waitOf(int order) {
        return order * (loss + limit());
    }

    private int last() {
        return nodes - 1;
    }

    private int total(int limit) {
        return 2 * loss + last() * (loss + limit) + 2 * limit + HEARTBEAT;
    }

    /** The heartbeatThreshold that leaves so much time for each call. */
    int thresholdFor(int limit) {
        return total(limit) / 2 + 2;
    }

    /** Refuses if an online cluster does not leave the time. */
    void check(Refusals refusals) {
        if (online && total(limit()) >= dead) {
            refusals.add(Refusal.of(FencingRefusal.TIMEOUTS)
                    .found("a node needs up to " + total(limit()) + " s to fence its peer (" + 2 * loss
                            + " s until DRBD notices the loss, " + last() * (loss + limit())
                            + " s for the other node to begin, "
                            + 2 * limit() + " s for off and status of the fence agent, " + HEARTBEAT
                            + " s between heartbeats), and o2cb resets a node after " + dead + " s")
                    .wouldLose("Both nodes would be reset before one has fenced the other")
                    .remedy("Set heartbeatThreshold to " + thresholdFor(SHORTEST) + " or more (ocfs2ConfigureCluster); "
                            + thresholdFor(LONGEST) + " leaves " + LONGEST + " s for each call of the agent"));
        }
    }

    /** What the log says about it. */
    String note() {
        return "a call of a fence agent may take " + limit() + " s"
                + (limit() < LONGEST
                        ? ", because " + (online ? "o2cb resets" : "o2cb by default resets") + " a node after " + dead
                                + " s; heartbeatThreshold: " + thresholdFor(LONGEST)
                                + " (ocfs2ConfigureCluster) leaves "
                                + LONGEST + " s"
                        : "");
    }
}
