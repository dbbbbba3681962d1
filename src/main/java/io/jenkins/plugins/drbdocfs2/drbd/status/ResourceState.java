package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.drbd.config.ImmutableCopies;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A resource that is up.
 *
 * @param name the resource's name
 * @param role the node's role
 * @param suspended whether I/O is suspended, for any reason; true if that could not be read
 * @param volumes by volume number
 * @param connections by the name of the peer if it is known, else by its address; DRBD 8.4 has one, often named "peer"
 */
public record ResourceState(
        String name,
        Reported<Role> role,
        boolean suspended,
        Map<Integer, DeviceState> volumes,
        Map<String, ConnectionStatus> connections)
        implements Serializable {
    public ResourceState {
        volumes = ImmutableCopies.of(volumes);
        connections = ImmutableCopies.of(connections);
    }

    /** A copy with each volume of each peer changed. */
    ResourceState changePeers(BiFunction<ConnectionStatus, PeerDeviceState, PeerDeviceState> change) {
        Map<String, ConnectionStatus> changed = new LinkedHashMap<>();
        connections.forEach((name, peer) -> {
            Map<Integer, PeerDeviceState> devices = new LinkedHashMap<>();
            peer.volumes().forEach((number, volume) -> devices.put(number, change.apply(peer, volume)));
            changed.put(
                    name,
                    new ConnectionStatus(peer.peer(), peer.peerAddress(), peer.connection(), peer.peerRole(), devices));
        });
        return new ResourceState(name, role, suspended, volumes, changed);
    }

    /** Whether the role, and of each volume the disk state here and the replication to each peer, are known. */
    public boolean isWhole() {
        return (role.is(Role.PRIMARY) || role.is(Role.SECONDARY))
                && volumes.values().stream().allMatch(DeviceState::isWhole)
                && connections.values().stream().allMatch(peer -> peer.isWhole(volumes.keySet()));
    }

    /** Whether {@link #isWhole()} holds, and each of these volumes is there. */
    public boolean isWhole(Set<Integer> numbers) {
        return isWhole() && volumes.keySet().containsAll(numbers);
    }

    /** Whether the node is Primary. */
    public boolean isPrimary() {
        return role.is(Role.PRIMARY);
    }

    /** Whether a peer is Primary, as far as this node knows. */
    public boolean hasPrimaryPeer() {
        return connections.values().stream().anyMatch(ConnectionStatus::isPrimary);
    }

    /** All volumes on all peers. */
    public List<PeerDeviceState> peerDevices() {
        return connections.values().stream()
                .flatMap(peer -> peer.volumes().values().stream())
                .toList();
    }

    /** Whether there is at least one connection, and all of them are established. */
    public boolean isConnected() {
        return !connections.isEmpty() && connections.values().stream().allMatch(ConnectionStatus::isConnected);
    }

    /** Whether all volumes are UpToDate here; false if there are none. */
    public boolean isUpToDate() {
        return !volumes.isEmpty()
                && volumes.values().stream().allMatch(volume -> volume.disk().is(DiskState.UP_TO_DATE));
    }

    /**
     * Whether each volume is UpToDate here, or DRBD has not decided yet whether it is, as after a boot: it does when the nodes
     * connect.
     */
    public boolean mayBeUpToDate() {
        return !volumes.isEmpty()
                && volumes.values().stream()
                        .allMatch(volume -> volume.disk().state().mayBeUpToDate());
    }

    /** Whether no volume has a disk here, on purpose. */
    public boolean isClient() {
        return !volumes.isEmpty() && volumes.values().stream().allMatch(DeviceState::isClient);
    }

    /** Whether each volume that is meant to have a disk here is UpToDate; false if there are none. */
    public boolean isUpToDateWhereItHasDisks() {
        return !volumes.isEmpty()
                && volumes.values().stream()
                        .allMatch(volume -> volume.isClient() || volume.disk().is(DiskState.UP_TO_DATE));
    }

    /** Whether a volume is UpToDate here, or on a connected peer that is not being synchronised. */
    public boolean hasGoodData(int volume) {
        DeviceState here = volumes.get(volume);
        return here != null && here.disk().is(DiskState.UP_TO_DATE)
                || connections.values().stream()
                        .filter(ConnectionStatus::isConnected)
                        .map(peer -> peer.volumes().get(volume))
                        .anyMatch(peer -> peer != null && peer.peerDisk().is(DiskState.UP_TO_DATE));
    }

    /** Whether a volume is UpToDate here or, without a disk on purpose, on a connected peer. */
    public boolean isReady(DeviceState volume) {
        return volume.disk().is(DiskState.UP_TO_DATE) || volume.isClient() && hasGoodData(volume.volume());
    }

    /** Whether all volumes are ready; false if there are none. */
    public boolean isReady() {
        return !volumes.isEmpty() && volumes.values().stream().allMatch(this::isReady);
    }

    /** The volumes without quorum: they accept no writes, and no promotion succeeds. */
    public List<DeviceState> withoutQuorum() {
        return volumes.values().stream().filter(DeviceState::hasLostQuorum).toList();
    }

    /**
     * Whether all volumes are UpToDate here and on every peer, as seen from here, and all peers are connected. A volume
     * without a disk on purpose needs none, as long as another node has one.
     */
    public boolean isUpToDateEverywhere() {
        return isReady()
                && isConnected()
                && connections.values().stream().allMatch(peer -> peer.isUpToDate(volumes.keySet()));
    }
}
