package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.Role;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The simulated state of a resource, for dry runs. */
public final class SimulatedDrbd {
    private SimulatedDrbd() {}

    /** The fact that a resource exists on a node only in a dry run; it is never probed. */
    public static Probe<Boolean> toCome(String resource) {
        return new Probe<>("drbd resource to come " + resource, "", reading -> false);
    }

    /** Whether a resource exists on a node only in a dry run, created by an earlier step. */
    public static boolean isToCome(NodeFacts node, String resource) {
        return node.has(toCome(resource)) && node.get(toCome(resource));
    }

    /** The facts with the resource up and connected, without good data on any node. */
    public static Optional<DrbdState> created(Optional<DrbdState> state, Resource resource, String node) {
        Map<Integer, DeviceState> volumes = new LinkedHashMap<>();
        for (Resource.Volume volume : resource.volumes()) {
            boolean client = !volume.disks().containsKey(node);
            volumes.put(
                    volume.number(),
                    new DeviceState(
                            volume.number(),
                            volume.minor(),
                            Reported.of(client ? DiskState.DISKLESS : DiskState.INCONSISTENT),
                            null,
                            null,
                            null,
                            null,
                            client));
        }
        Map<String, ConnectionStatus> peers = new LinkedHashMap<>();
        resource.hosts().stream()
                .filter(host -> !host.node().equals(node))
                .forEach(host -> peers.put(
                        host.node(),
                        new ConnectionStatus(
                                host.node(),
                                host.address() + ":" + host.port(),
                                Reported.of(ConnectionState.CONNECTED),
                                Reported.of(Role.SECONDARY),
                                peerVolumes(resource, host.node()))));
        Map<String, ResourceState> all =
                new LinkedHashMap<>(state.orElse(DrbdState.NONE).resources());
        all.putIfAbsent(
                resource.name(),
                new ResourceState(resource.name(), Reported.of(Role.SECONDARY), false, volumes, peers));
        return Optional.of(new DrbdState(all));
    }

    private static Map<Integer, PeerDeviceState> peerVolumes(Resource resource, String peer) {
        Map<Integer, PeerDeviceState> volumes = new LinkedHashMap<>();
        for (Resource.Volume volume : resource.volumes()) {
            boolean client = !volume.disks().containsKey(peer);
            volumes.put(
                    volume.number(),
                    new PeerDeviceState(
                            volume.number(),
                            Reported.of(ReplicationState.ESTABLISHED),
                            Reported.of(client ? DiskState.DISKLESS : DiskState.INCONSISTENT),
                            false,
                            null,
                            PeerDeviceState.Progress.NONE,
                            client));
        }
        return volumes;
    }

    /** With the resource in the files of the node, and new metadata. */
    public static ConfiguredResource configured(ConfiguredResource before, Resource resource) {
        if (before.isConfigured()) {
            return new ConfiguredResource(
                    resource, before.common(), "", true, List.of(), before.metadata(), before.file(), "");
        }
        Map<Integer, List<GenerationIds>> metadata = new LinkedHashMap<>();
        resource.volumes().forEach(volume -> metadata.put(volume.number(), List.of(GenerationIds.JUST_CREATED)));
        return new ConfiguredResource(resource, "", true, List.of(), metadata);
    }

    /** With the options that the resource has. */
    public static RunningOptions running(RunningOptions before, EffectiveOptions options) {
        return new RunningOptions(
                options.value("verify-alg").orElse(""), before.sizeLimited(), before.addresses(), before.nodeIds());
    }

    /** With the role Primary, here or on the peer, and good data where it is. */
    public static Optional<DrbdState> promoted(Optional<DrbdState> state, String resource, boolean here) {
        return changed(
                state,
                resource,
                old -> new ResourceState(
                        old.name(),
                        here ? Reported.of(Role.PRIMARY) : old.role(),
                        old.suspended(),
                        here ? disks(old) : old.volumes(),
                        here ? old.connections() : peers(old, peer -> withRole(upToDate(peer), Role.PRIMARY))));
    }

    /** With good data on one node only, this one or a peer. */
    public static Optional<DrbdState> goodOn(Optional<DrbdState> state, String resource, String node, boolean here) {
        return changed(
                state,
                resource,
                old -> new ResourceState(
                        old.name(),
                        old.role(),
                        old.suspended(),
                        here ? disks(old) : old.volumes(),
                        peers(old, peer -> peer.peer().equals(node) ? upToDate(peer) : peer)));
    }

    /** With the devices of the resource on this node, which is now Primary and can read them. */
    public static NodeFacts readable(NodeFacts facts, String resource) {
        ResourceState state = facts.has(DrbdProbes.STATE) ? DrbdFacts.state(facts, resource) : null;
        Set<String> numbers = state == null
                ? Set.of()
                : state.volumes().values().stream()
                        .map(volume -> "147:" + volume.minor())
                        .collect(Collectors.toSet());
        return facts.<BlockDevice>changeAll(
                BlockDevice.KEY, (path, device) -> numbers.contains(device.number()) ? device.unseen() : device);
    }

    /** With the role Secondary, here or on the peer. */
    public static Optional<DrbdState> demoted(Optional<DrbdState> state, String resource, boolean here) {
        return changed(
                state,
                resource,
                old -> new ResourceState(
                        old.name(),
                        here ? Reported.of(Role.SECONDARY) : old.role(),
                        old.suspended(),
                        old.volumes(),
                        here ? old.connections() : peers(old, peer -> withRole(peer, Role.SECONDARY))));
    }

    /** With the resource down. */
    public static Optional<DrbdState> removed(Optional<DrbdState> state, String resource) {
        return state.map(all -> {
            Map<String, ResourceState> resources = new LinkedHashMap<>(all.resources());
            resources.remove(resource);
            return new DrbdState(resources);
        });
    }

    /** With all connections established and all volumes UpToDate everywhere. */
    public static Optional<DrbdState> reunited(Optional<DrbdState> state, String resource) {
        return inStep(
                changed(
                        state,
                        resource,
                        old -> new ResourceState(
                                old.name(),
                                old.role(),
                                old.suspended(),
                                old.volumes(),
                                peers(old, SimulatedDrbd::connected))),
                resource);
    }

    /** With all volumes UpToDate everywhere. */
    public static Optional<DrbdState> inStep(Optional<DrbdState> state, String resource) {
        return changed(
                state,
                resource,
                old -> new ResourceState(
                        old.name(), old.role(), old.suspended(), disks(old), peers(old, SimulatedDrbd::upToDate)));
    }

    private static Optional<DrbdState> changed(
            Optional<DrbdState> state, String resource, UnaryOperator<ResourceState> change) {
        return state.map(all -> {
            Map<String, ResourceState> resources = new LinkedHashMap<>(all.resources());
            resources.computeIfPresent(resource, (name, old) -> change.apply(old));
            return new DrbdState(resources);
        });
    }

    private static Map<Integer, DeviceState> disks(ResourceState state) {
        Map<Integer, DeviceState> volumes = new LinkedHashMap<>(state.volumes());
        volumes.replaceAll((number, old) -> old.isClient() ? old : old.withDisk(Reported.of(DiskState.UP_TO_DATE)));
        return volumes;
    }

    private static Map<String, ConnectionStatus> peers(ResourceState state, UnaryOperator<ConnectionStatus> change) {
        Map<String, ConnectionStatus> peers = new LinkedHashMap<>();
        state.connections().forEach((name, old) -> peers.put(name, change.apply(old)));
        return peers;
    }

    private static ConnectionStatus connected(ConnectionStatus old) {
        return new ConnectionStatus(
                old.peer(), old.peerAddress(), Reported.of(ConnectionState.CONNECTED), old.peerRole(), old.volumes());
    }

    private static ConnectionStatus withRole(ConnectionStatus old, Role role) {
        return new ConnectionStatus(old.peer(), old.peerAddress(), old.connection(), Reported.of(role), old.volumes());
    }

    private static ConnectionStatus upToDate(ConnectionStatus old) {
        Map<Integer, PeerDeviceState> volumes = new LinkedHashMap<>(old.volumes());
        volumes.replaceAll((number, volume) -> volume.isClient()
                ? volume
                : new PeerDeviceState(
                        number,
                        Reported.of(ReplicationState.ESTABLISHED),
                        Reported.of(DiskState.UP_TO_DATE),
                        false,
                        0L));
        return new ConnectionStatus(old.peer(), old.peerAddress(), old.connection(), old.peerRole(), volumes);
    }
}
