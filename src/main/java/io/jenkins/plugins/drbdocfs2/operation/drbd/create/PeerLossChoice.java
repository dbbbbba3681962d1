package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a Primary is to do when it loses its peer: as requested; else as a handler that somebody else configured says; else,
 * with two Primaries and without a quorum, {@code fence} if all nodes have the fencing devices, and {@code freeze} if not.
 *
 * @param policy the policy; {@code OTHER} if the options or a handler of somebody else decide
 * @param resource the resource with the options for it
 * @param foreign the fence-peer handler of somebody else, and the node that has it; or null
 * @param requested whether the user named the policy
 */
record PeerLossChoice(PeerLossPolicy policy, Resource resource, String foreign, boolean requested) {
    static PeerLossChoice of(Resource asked, PeerLossPolicy requested, boolean isText, ClusterFacts facts) {
        Optional<NodeFacts> other = facts.all().stream()
                .filter(node -> foreignHandler(node, asked).isPresent())
                .findFirst();
        String foreign = other.map(node -> "'" + foreignHandler(node, asked).orElseThrow() + "' of " + node.name())
                .orElse(null);
        if (requested != null) {
            boolean override = requested == PeerLossPolicy.CONTINUE && foreign != null;
            return new PeerLossChoice(
                    requested, with(asked, override ? PeerLossPolicy.dontCare() : requested.options()), foreign, true);
        }
        if (PeerLossPolicy.isSetIn(asked.options()) || isText) {
            return new PeerLossChoice(PeerLossPolicy.OTHER, asked, null, false);
        }
        if (other.isPresent()) {
            EffectiveOptions options =
                    DrbdFacts.configured(other.get(), asked.name()).options();
            List<Section> kept = PeerLossPolicy.keptOptions(options);
            return new PeerLossChoice(PeerLossPolicy.OTHER, with(asked, kept), foreign, false);
        }
        if (!asked.dualPrimary() || new EffectiveOptions(asked.options(), List.of()).hasQuorum()) {
            return new PeerLossChoice(PeerLossPolicy.CONTINUE, asked, null, false);
        }
        PeerLossPolicy policy = withoutDevice(asked, facts).isEmpty() ? PeerLossPolicy.FENCE : PeerLossPolicy.FREEZE;
        return new PeerLossChoice(policy, with(asked, policy.options()), null, false);
    }

    private static Optional<String> foreignHandler(NodeFacts node, Resource resource) {
        return !node.has(DrbdProbes.configured(resource.name()))
                ? Optional.empty()
                : DrbdFacts.configured(node, resource.name())
                        .options()
                        .fencePeer()
                        .filter(handler -> !PeerLossPolicy.isOwn(handler));
    }

    private static Resource with(Resource resource, List<Section> options) {
        List<Section> all = new ArrayList<>(resource.options());
        all.addAll(options);
        return new Resource(
                resource.name(),
                resource.hosts(),
                resource.volumes(),
                resource.protocol(),
                resource.dualPrimary(),
                all);
    }

    /** Each node that lacks the fencing device of a peer, as "NODE for PEER". */
    private static Set<String> withoutDevice(Resource resource, ClusterFacts facts) {
        Set<String> lacking = new TreeSet<>();
        for (Resource.Host host : resource.hosts()) {
            NodeFacts node = facts.node(host.node());
            Set<String> has = node != null && node.has(FencingDevices.PROBE)
                    ? node.get(FencingDevices.PROBE).nodes()
                    : Set.of();
            resource.hosts().stream()
                    .filter(peer -> !peer.equals(host) && !has.contains(peer.node()))
                    .forEach(peer -> lacking.add(host.node() + " for " + peer.node()));
        }
        return lacking;
    }

    /** Whether the nodes need the handler. */
    boolean needsHandler() {
        return policy == PeerLossPolicy.FREEZE || policy == PeerLossPolicy.FENCE;
    }

    /** Refuses {@code fence} without the devices. */
    void check(Resource asked, ClusterFacts facts, Refusals refusals) {
        Set<String> lacking = policy == PeerLossPolicy.FENCE ? withoutDevice(asked, facts) : Set.of();
        if (!lacking.isEmpty()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.NO_FENCING_DEVICE)
                    .found("onPeerLoss is 'fence', but there is no fencing device on " + String.join(", on ", lacking)
                            + " in " + FencingDevices.PATH)
                    .wouldLose("A node that loses its peer could not fence it, and would wait")
                    .remedy("Configure the devices first (clusterConfigureFencing), or set onPeerLoss: 'freeze'"));
        }
    }

    /** The notes for the log about the choice. */
    List<String> notes(String name) {
        if (foreign != null) {
            return List.of(
                    requested
                            ? "onPeerLoss: '" + policy.word() + "' of '" + name
                                    + "' replaces or overrides the fence-peer handler " + foreign
                            : "'" + name + "' keeps the fence-peer handler " + foreign
                                    + "; onPeerLoss would replace it");
        }
        return switch (policy) {
            case FREEZE -> requested
                    ? List.of()
                    : List.of("onPeerLoss of '" + name
                            + "' is 'freeze': a Primary that loses its peer stops all I/O until"
                            + " the peer is connected again, or a person confirms that it is off");
            case FENCE, CONTINUE, OTHER -> List.of();
        };
    }
}
