package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import java.util.List;
import java.util.stream.Collectors;

/** Several Primaries of a resource that do not reach each other: what one writes, the others never get. */
final class ApartChecks {
    private ApartChecks() {}

    /**
     * Refuses to begin to use a device on Primaries that are apart. On one node alone nothing can split.
     *
     * @param volumes what DRBD makes of the device, on each node that is to use it
     */
    static void check(List<DrbdVolumeFact> volumes, Refusals refusals) {
        List<DrbdVolumeFact> primaries =
                volumes.stream().filter(DrbdVolumeFact::isPrimary).toList();
        String all = primaries.stream().map(DrbdVolumeFact::node).collect(Collectors.joining(" and "));
        for (DrbdVolumeFact primary : primaries) {
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
