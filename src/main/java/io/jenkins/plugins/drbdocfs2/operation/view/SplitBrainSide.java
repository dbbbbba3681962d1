package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds.Flag;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds.Relation;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** One side of a split brain in words. */
public final class SplitBrainSide {
    private SplitBrainSide() {}

    /** The amount written on a side since the split, in words; empty if unknown. */
    public static String lost(ResourceState state) {
        long kib = outOfSync(state);
        return kib == 0 ? "" : " (about " + kib + " KiB)";
    }

    private static long outOfSync(ResourceState state) {
        return state == null
                ? 0
                : state.peerDevices().stream()
                        .mapToLong(volume -> volume.outOfSyncKib() == null ? 0 : volume.outOfSyncKib())
                        .sum();
    }

    /** One side in a line: the information for choosing the victim. */
    public static String describe(NodeFacts node, String resource) {
        ResourceState state = DrbdFacts.state(node, resource);
        StringBuilder text = new StringBuilder(node.name()).append(": ");
        if (state == null) {
            text.append("down");
        } else {
            text.append(state.role());
            state.volumes().values().forEach(volume -> text.append(", disk ").append(volume.disk()));
            text.append(", connection ")
                    .append(
                            state.connections().isEmpty()
                                    ? ConnectionState.STANDALONE.word()
                                    : state.connections().values().stream()
                                            .map(peer -> peer.connection().word())
                                            .collect(Collectors.joining(" ")));
            text.append(", ").append(outOfSync(state)).append(" KiB changed since");
            ResourceUse use = ResourceUse.of(node, resource);
            text.append(use.isFree() ? ", not in use" : ", " + use.words());
        }
        DrbdFacts.configured(node, resource)
                .metadata()
                .forEach((volume, ids) -> ids.forEach(one -> text.append(", generations ")
                        .append(GenerationComparison.words(one))
                        .append(flags(one, state))));
        return text.toString();
    }

    // DRBD 9 keeps the flag of a crash set while a node is Primary, so it is also set after a crash; it also sets the
    // flag primary on a Secondary while a peer is Primary.
    private static String flags(GenerationIds ids, ResourceState state) {
        Set<Flag> shown = EnumSet.allOf(Flag.class);
        if (state != null) {
            shown.remove(state.isPrimary() ? Flag.CRASHED_PRIMARY : Flag.PRIMARY);
        }
        shown.retainAll(ids.flags());
        return shown.isEmpty()
                ? ""
                : shown.stream()
                        .map(flag -> flag.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .collect(Collectors.joining(" ", " (", ")"));
    }

    /** The relation of a volume of a side to that of a peer. */
    public static String words(Relation relation, String peer) {
        return switch (relation) {
            case BOTH_NEW -> "new, as that of " + peer;
            case NEW -> "new, unlike that of " + peer;
            case PEER_NEW -> "used, and that of " + peer + " new";
            case SAME -> "the same as that of " + peer;
            case AHEAD, FAR_AHEAD -> "newer than that of " + peer;
            case BEHIND, FAR_BEHIND -> "older than that of " + peer;
            case SPLIT_BRAIN -> "split from that of " + peer;
            case UNRELATED -> "unrelated to that of " + peer;
        };
    }
}
