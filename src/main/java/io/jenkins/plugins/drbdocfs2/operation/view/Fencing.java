package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import java.util.List;

/**
 * The risk of two Primaries without fencing. Observed with DRBD 8.4.11 below a mounted OCFS2: after the loss of the
 * replication link both nodes continue to write, because each writes o2cb's heartbeat to its own disk, and the data split.
 */
public final class Fencing {
    private Fencing() {}

    /**
     * The notes for the log.
     *
     * @param resource the resource, which allows two Primaries
     * @param options the effective options
     * @param accepted whether the user accepts missing fencing
     */
    public static List<String> warnings(String resource, EffectiveOptions options, boolean accepted) {
        if (!options.isFenced()) {
            return accepted || options.hasQuorum() ? List.of() : List.of(unfenced(resource));
        }
        return options.fencePeer().isPresent()
                ? List.of()
                : List.of(
                        Plan.WARNING + "'" + resource + "' has fencing resource-and-stonith, but no fence-peer handler:"
                                + " a node that loses its peer stops all writing, and nothing fences the peer so that "
                                + "the node could continue. Configure handlers { fence-peer \"...\"; }, or leave out fencing"
                                + " and set onPeerLoss");
    }

    private static String unfenced(String resource) {
        return Plan.WARNING + "'" + resource + "' allows two Primaries without fencing: nodes that lose the connection"
                + " to each other both continue to write, also below a mounted OCFS2, and their data split; one side's"
                + " writes are lost then. Set onPeerLoss of drbdCreateResource to 'freeze', its default, or to 'fence'";
    }

    /** Whether the file of a resource records that two Primaries without fencing are accepted. */
    public static boolean isAccepted(String text) {
        return text.lines()
                .anyMatch(line -> line.strip().equals(ResourceText.CONTINUES.strip())
                        || line.strip().equals(ResourceText.UNFENCED_ACCEPTED.strip()));
    }
}
