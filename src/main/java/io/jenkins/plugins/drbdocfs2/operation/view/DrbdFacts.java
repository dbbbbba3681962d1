package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A resource in the facts of the nodes: its configuration, its state, its members and their names. */
public final class DrbdFacts {
    private DrbdFacts() {}

    /** The probes for the configuration and the state of a resource, and for its managers. */
    public static ProbeSet probes(String resource) {
        return ProbeSet.of(
                DrbdProbes.VERSION, DrbdProbes.STATE, DrbdProbes.configured(resource), ResourceManagers.PROBE);
    }

    /** The resource in the kernel, or null if it is down or unknown. */
    public static ResourceState state(NodeFacts node, String resource) {
        return running(node).get(resource);
    }

    /** The resources in the kernel of a node, by name; none if they are unknown. */
    public static Map<String, ResourceState> running(NodeFacts node) {
        return node.get(DrbdProbes.STATE).orElse(DrbdState.NONE).resources();
    }

    /** Whether the resource is Primary on the node, as far as known. */
    public static boolean isPrimary(NodeFacts node, String resource) {
        ResourceState state = state(node, resource);
        return state != null && state.isPrimary();
    }

    /** Whether the resource is up on the node with all of its disks. */
    public static boolean isAttached(NodeFacts node, String resource) {
        ResourceState state = state(node, resource);
        return state != null
                && state.volumes().values().stream()
                        .noneMatch(volume -> volume.disk().is(DiskState.DISKLESS)
                                || volume.disk().is(DiskState.FAILED));
    }

    /** The numbers of its volumes in the kernel; none if it is down. */
    public static Set<Integer> volumes(NodeFacts node, String resource) {
        ResourceState state = state(node, resource);
        return state == null ? Set.of() : state.volumes().keySet();
    }

    /** The nodes that have the resource in their configuration. */
    public static List<NodeFacts> members(ClusterFacts facts, String resource) {
        return facts.all().stream()
                .filter(node -> configured(node, resource).isConfigured())
                .toList();
    }

    /** The resource in the files of the node. */
    public static ConfiguredResource configured(NodeFacts node, String resource) {
        return node.get(DrbdProbes.configured(resource));
    }

    /** The nodes that other nodes have in the configuration of a resource, but that lack it in their files and kernel. */
    public static List<NodeFacts> lacking(ClusterFacts facts, String resource) {
        Set<String> named = members(facts, resource).stream()
                .flatMap(member -> configured(member, resource).hosts().stream())
                .map(Resource.Host::node)
                .collect(Collectors.toSet());
        return facts.all().stream()
                .filter(node -> named.contains(node.name())
                        && !configured(node, resource).isConfigured()
                        && state(node, resource) == null)
                .toList();
    }

    /** The name of a peer. DRBD 8 does not report it, but there is only one, in the files of the node. */
    public static String peerName(NodeFacts node, String resource, ConnectionStatus peer) {
        List<String> others = configured(node, resource).hosts().stream()
                .map(Resource.Host::node)
                .filter(host -> !host.equals(node.name()))
                .toList();
        return others.size() == 1 ? others.get(0) : peer.peer();
    }

    /** The DRBD generation of a node; empty if it has none. */
    public static Optional<DrbdGeneration> generation(NodeFacts node) {
        return node.get(DrbdProbes.VERSION).map(DrbdVersion::generation);
    }

    /** Whether a node has DRBD 9. */
    public static boolean is9(NodeFacts node) {
        return generation(node).filter(DrbdGeneration.V9::equals).isPresent();
    }

    /** The connections' states, for messages. */
    public static String connections(ResourceState state) {
        return state.connections().isEmpty()
                ? "there is no connection"
                : state.connections().values().stream()
                        .map(peer -> peer.connection().word())
                        .collect(Collectors.joining(", "));
    }
}
