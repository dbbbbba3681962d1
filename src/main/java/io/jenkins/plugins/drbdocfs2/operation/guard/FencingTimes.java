package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
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
public record FencingTimes(int loss, int dead, boolean online, int nodes) {
    /** How long a call of a fence agent may take in a cluster that leaves enough time, and in any cluster. */
    public static final int LONGEST = 20;

    public static final int SHORTEST = 5;

    /** The probe that {@link #check(NodeFacts, Long, HeartbeatTimeoutCheck, Refusals)} needs. */
    public static final Probe<FencingDevices> DEVICES = FencingDevices.PROBE;

    /** ping-int and ping-timeout of DRBD by default, drbd.conf(5). */
    private static final long DEFAULT_LOSS_MILLIS = 10_500;

    /** Dead time by o2cb's default threshold of 31. */
    private static final int DEFAULT_DEAD = 60;

    private static final int HEARTBEAT = 2;

    public static FencingTimes of(ClusterFacts facts) {
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
                seconds(loss),
                dead.orElse(DEFAULT_DEAD),
                dead.isPresent(),
                facts.all().size());
    }

    private static HeartbeatTimeoutCheck heartbeat(NodeFacts node) {
        return HeartbeatTimeoutCheck.of(node.get(Ocfs2Probes.STATE));
    }

    /** How long a call of a fence agent may take. */
    public int limit() {
        int room = dead - HEARTBEAT - 1 - 2 * loss - last() * loss;
        return Math.max(SHORTEST, Math.min(LONGEST, room / (last() + 2)));
    }

    /** How long the node with this place in the order waits, the first one being 0. */
    public int waitOf(int order) {
        return order * (loss + limit());
    }

    private int last() {
        return nodes - 1;
    }

    /** The heartbeatThreshold that leaves so much time for each call. */
    int thresholdFor(int limit) {
        return threshold(total(loss, last() * (loss + limit), limit));
    }

    private static int threshold(int seconds) {
        return seconds / 2 + 2;
    }

    private static int seconds(long millis) {
        return (int) ((millis + 999) / 1000);
    }

    /** Refuses if an online cluster does not leave the time. */
    public void check(Refusals refusals) {
        int wait = waitOf(last());
        if (online && total(loss, wait, limit()) >= dead) {
            refusals.add(tooLong(loss, wait, limit(), dead)
                    .remedy("Set heartbeatThreshold to " + thresholdFor(SHORTEST) + " or more (ocfs2ConfigureCluster); "
                            + thresholdFor(LONGEST) + " leaves " + LONGEST + " s for each call of the agent"));
        }
    }

    /**
     * Refuses if the fence-peer handler of a node, as its fencing devices are configured, may take too long.
     *
     * @param lossMillis after how many milliseconds DRBD gives up a peer; null for its default
     * @param heartbeat o2cb's dead time
     */
    public static void check(NodeFacts node, Long lossMillis, HeartbeatTimeoutCheck heartbeat, Refusals refusals) {
        FencingDevices devices = node.get(FencingDevices.PROBE);
        int loss = seconds(lossMillis == null ? DEFAULT_LOSS_MILLIS : lossMillis);
        int total = total(loss, devices.waitSeconds(), devices.limitSeconds());
        if (!devices.nodes().isEmpty() && total >= heartbeat.seconds()) {
            refusals.add(tooLong(loss, devices.waitSeconds(), devices.limitSeconds(), heartbeat.seconds())
                    .on(node.name())
                    .remedy("Set heartbeatThreshold to " + threshold(total)
                            + " or more (ocfs2ConfigureCluster), or shorten"
                            + " ping-int and ping-timeout (options of drbdCreateResource). If the fence agents need less"
                            + " time: clusterConfigureFencing remove: true, then this step, then"
                            + " clusterConfigureFencing with the devices"));
        }
    }

    private static int total(int loss, int wait, int limit) {
        return 2 * loss + wait + 2 * limit + HEARTBEAT;
    }

    private static Refusal tooLong(int loss, int wait, int limit, int dead) {
        return Refusal.of(FencingRefusal.TIMEOUTS)
                .found("a node needs up to " + total(loss, wait, limit) + " s to fence its peer (" + 2 * loss
                        + " s until DRBD notices the loss, " + wait + " s for the other node to begin, " + 2 * limit
                        + " s for off and status of the fence agent, " + HEARTBEAT
                        + " s between heartbeats), and o2cb resets a node after " + dead + " s")
                .wouldLose("Both nodes would be reset before one has fenced the other");
    }

    /** What the log says about it. */
    public String note() {
        return "a call of a fence agent may take " + limit() + " s"
                + (limit() < LONGEST
                        ? ", because " + (online ? "o2cb resets" : "o2cb by default resets") + " a node after " + dead
                                + " s; heartbeatThreshold: " + thresholdFor(LONGEST)
                                + " (ocfs2ConfigureCluster) leaves "
                                + LONGEST + " s"
                        : "");
    }
}
