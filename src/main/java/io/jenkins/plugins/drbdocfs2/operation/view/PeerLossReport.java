package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.LastFencing;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happens on a node when a resource loses its peer, what its suspended I/O waits for, and the last fencing. */
public final class PeerLossReport {
    private PeerLossReport() {}

    /** The values of a result; none if the configuration of the resource is not known. */
    public static Map<String, Object> of(NodeFacts node, String resource) {
        Map<String, Object> report = new LinkedHashMap<>();
        if (!DrbdFacts.configured(node, resource).isConfigured()) {
            return report;
        }
        report.put("onPeerLoss", policy(node, resource).word());
        waitsFor(node, resource).ifPresent(peers -> report.put("waitsFor", peers));
        if (node.has(LastFencing.PROBE)) {
            node.get(LastFencing.PROBE)
                    .filter(last -> last.resource().equals(resource))
                    .ifPresent(last -> report.put("lastFencing", last.toMap()));
        }
        return report;
    }

    /** What a Primary there does when it loses its peer. */
    public static PeerLossPolicy policy(NodeFacts node, String resource) {
        ConfiguredResource configured = DrbdFacts.configured(node, resource);
        boolean devices = node.has(FencingDevices.PROBE)
                && configured.resource().hosts().stream()
                        .map(Resource.Host::node)
                        .filter(peer -> !peer.equals(node.name()))
                        .allMatch(node.get(FencingDevices.PROBE).nodes()::contains);
        return PeerLossPolicy.of(configured.options(), devices);
    }

    /** What the suspended I/O waits for; empty if it is not suspended, or somebody else's handler decides. */
    public static Optional<String> waitsFor(NodeFacts node, String resource) {
        ResourceState state = DrbdFacts.state(node, resource);
        if (state == null || !state.suspended()) {
            return Optional.empty();
        }
        String peers = state.connections().values().stream()
                .filter(peer -> !peer.isConnected())
                .map(peer -> DrbdFacts.peerName(node, resource, peer))
                .collect(Collectors.joining(" and "));
        return switch (policy(node, resource)) {
            case FREEZE -> Optional.of(peers + " to be connected again, or to be confirmed as off by a person");
            case FENCE -> Optional.of(
                    peers + " to be fenced, to be connected again, or to be confirmed as off by a person");
            case CONTINUE, OTHER -> Optional.empty();
        };
    }
}
