package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbDefaults;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.operation.refusal.O2cbRefusal;

/**
 * Checks that o2cb's heartbeat timeout is longer than DRBD's wait for a dead peer: while DRBD waits, no heartbeat can be
 * written, and a node without heartbeat resets itself. o2cb(7).
 *
 * @param seconds the time after which a node without heartbeat is dead: (threshold - 1) * 2
 */
public record HeartbeatTimeoutCheck(int seconds) {
    /** The timeout of the online cluster of a node; null if there is none or it is unknown. */
    public static HeartbeatTimeoutCheck of(O2cbState state) {
        O2cbState.Cluster online = state.online();
        Integer threshold = online == null ? null : online.timeouts().get(O2cbDefaults.HEARTBEAT_THRESHOLD);
        return threshold == null ? null : ofThreshold(threshold);
    }

    /** The timeout of a threshold. */
    public static HeartbeatTimeoutCheck ofThreshold(int threshold) {
        return new HeartbeatTimeoutCheck(Ocfs2Rules.heartbeatSeconds(threshold));
    }

    /**
     * Refuses if a resource waits longer.
     *
     * @param lossMillis the time in milliseconds after which the resource gives up a peer
     */
    public void check(String node, String resource, long lossMillis, Refusals refusals) {
        if (lossMillis >= seconds * 1000L) {
            refusals.add(Refusal.of(O2cbRefusal.HEARTBEAT_TOO_SHORT)
                    .on(node)
                    .found("the heartbeat's " + seconds + " s are not above the " + lossMillis
                            + " ms that the resource '" + resource + "' waits for a lost peer")
                    .wouldLose("A node whose peer died would reset itself while DRBD still waits")
                    .remedy("Set heartbeatThreshold to " + (lossMillis / 2000 + 2)
                            + " or more (ocfs2ConfigureCluster), or shorten ping-int, ping-timeout or timeout in the options of"
                            + " drbdCreateResource"));
        }
    }
}
