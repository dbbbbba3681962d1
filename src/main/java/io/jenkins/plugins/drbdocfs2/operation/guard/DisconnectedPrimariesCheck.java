package io.jenkins.plugins.drbdocfs2.operation.guard;

import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.List;
import java.util.stream.Collectors;

/** Several Primaries of a resource that do not reach each other: what one writes, the others never get. */
public final class DisconnectedPrimariesCheck {
    private DisconnectedPrimariesCheck() {}

    /**
     * Refuses to begin to use a device on Primaries that are apart. On one node alone nothing can split.
     *
     * @param volumes what DRBD makes of the device, on each node that is to use it
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
                        .wouldLose("Each would have data of its own, and the side that is given up later loses them")
                        .remedy(
                                "Connect them first: drbdStatus tells how they stand, drbdCreateResource connects them again,"
                                        + " drbdResolveSplitBrain where they have split"));
            }
        }
    }
}
