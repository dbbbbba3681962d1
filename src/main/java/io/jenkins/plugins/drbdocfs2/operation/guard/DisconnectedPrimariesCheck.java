package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.List;
import java.util.stream.Collectors;

/** Disconnected Primaries of a resource: each never receives the writes of the others. */
public final class DisconnectedPrimariesCheck {
    private DisconnectedPrimariesCheck() {}

    /**
     * Refuses to start using a device on disconnected Primaries. With a single node there can be no split.
     *
     * @param volumes the DRBD facts of the device on each node that will use it
     */
    public static void check(List<DrbdDeviceFacts> volumes, Refusals refusals) {
        List<DrbdDeviceFacts> primaries =
                volumes.stream().filter(DrbdDeviceFacts::isPrimary).toList();
        String all = primaries.stream().map(DrbdDeviceFacts::node).collect(Collectors.joining(" and "));
        for (DrbdDeviceFacts primary : primaries) {
            List<ConnectionStatus> peers =
                    List.copyOf(primary.state().connections().values());
            long met = peers.stream()
                    .filter(peer -> peer.isConnected() && peer.isPrimary())
                    .count();
            if (met < primaries.size() - 1 && peers.stream().anyMatch(peer -> !peer.isConnected())) {
                refusals.add(Refusal.of(DrbdRefusal.PRIMARIES_APART)
                        .on(primary.node())
                        .found("'" + primary.resource() + "' is Primary on " + all + ", which are not connected ("
                                + DrbdFacts.connections(primary.state()) + ")")
                        .wouldLose("Each would have its own data, and the side that is discarded later loses them")
                        .remedy("Connect them first: drbdStatus shows their state, drbdCreateResource connects them "
                                + "again, drbdResolveSplitBrain resolves a split brain"));
            }
        }
    }
}
