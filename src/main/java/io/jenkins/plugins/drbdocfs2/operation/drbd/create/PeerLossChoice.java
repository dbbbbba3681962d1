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
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.guard.FencingTimes;
import io.jenkins.plugins.drbdocfs2.operation.guard.HeartbeatTimeoutCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FencingRefusal;
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
        return peers(resource, facts, false);
    }

    /** Each node that has, or lacks, the fencing device of a peer, as "NODE for PEER". */
    private static Set<String> peers(Resource resource, ClusterFacts facts, boolean withDevice) {
        Set<String> found = new TreeSet<>();
        for (Resource.Host host : resource.hosts()) {
            NodeFacts node = facts.node(host.node());
            Set<String> has = node != null && node.has(FencingDevices.PROBE)
                    ? node.get(FencingDevices.PROBE).nodes()
                    : Set.of();
            resource.hosts().stream()
                    .filter(peer -> !peer.equals(host) && has.contains(peer.node()) == withDevice)
                    .forEach(peer -> found.add(host.node() + " for " + peer.node()));
        }
        return found;
    }

    /** Whether the nodes need the handler. */
    boolean needsHandler() {
        return policy == PeerLossPolicy.FREEZE || policy == PeerLossPolicy.FENCE;
    }

    /** Refuses {@code fence} without the devices, and {@code freeze} with them. */
    void check(Resource asked, ClusterFacts facts, Refusals refusals) {
        Set<String> devices = policy == PeerLossPolicy.FREEZE && requested ? peers(asked, facts, true) : Set.of();
        if (!devices.isEmpty()) {
            refusals.add(Refusal.of(FencingRefusal.DEVICES_WOULD_FENCE)
                    .found("onPeerLoss is 'freeze', but there is a fencing device on " + String.join(", on ", devices)
                            + " in " + FencingDevices.PATH + ", with which the node fences a lost peer of any resource")
                    .wouldLose("A loss of the peer would switch it off, instead of waiting for a person")
                    .remedy("Set onPeerLoss: 'fence', or remove the devices (clusterConfigureFencing remove: true)"));
        }
        Set<String> lacking = policy == PeerLossPolicy.FENCE ? withoutDevice(asked, facts) : Set.of();
        if (!lacking.isEmpty()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.NO_FENCING_DEVICE)
                    .found("onPeerLoss is 'fence', but there is no fencing device on " + String.join(", on ", lacking)
                            + " in " + FencingDevices.PATH)
                    .wouldLose("A node that loses its peer could not fence it, and would wait")
                    .remedy("Configure the devices first (clusterConfigureFencing), or set onPeerLoss: 'freeze'"));
        }
    }

    /** Refuses times that o2cb does not wait: DRBD's for a lost peer, and those of fencing. */
    void checkTimes(NodeFacts node, EffectiveOptions options, Refusals refusals) {
        HeartbeatTimeoutCheck heartbeat = HeartbeatTimeoutCheck.of(node.get(Ocfs2Probes.STATE));
        if (heartbeat == null) {
            return;
        }
        if (resource.dualPrimary()) {
            heartbeat.check(node.name(), resource.name(), options.lossMillis(), refusals);
        }
        if (policy == PeerLossPolicy.FENCE) {
            FencingTimes.check(node, options.lossMillis(), heartbeat, refusals);
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
