package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbDefaults;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.operation.refusal.O2cbRefusal;

/**
 * That o2cb's heartbeat outlasts DRBD's wait for a dead peer: while DRBD waits, the heartbeat cannot be written, and a node
 * without heartbeat resets itself. o2cb(7).
 *
 * @param seconds after which a node without heartbeat counts as dead: (threshold - 1) * 2
 */
public record HeartbeatTimeoutCheck(int seconds) {
    /** Of the cluster that is online on a node; null where none is, or it does not tell. */
    public static HeartbeatTimeoutCheck of(O2cbState state) {
        O2cbState.Cluster online = state.online();
        Integer threshold = online == null ? null : online.timeouts().get(O2cbDefaults.HEARTBEAT_THRESHOLD);
        return threshold == null ? null : ofThreshold(threshold);
    }

    /** Of a threshold. */
    public static HeartbeatTimeoutCheck ofThreshold(int threshold) {
        return new HeartbeatTimeoutCheck(Ocfs2Rules.heartbeatSeconds(threshold));
    }

    /**
     * Refuses where a resource waits longer.
     *
     * @param lossMillis after how many milliseconds the resource gives up a peer
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
