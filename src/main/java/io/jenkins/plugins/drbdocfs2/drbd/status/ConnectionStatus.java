package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.drbd.config.ImmutableCopies;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A connection to a peer, seen from this node.
 *
 * @param peer the name of the peer. DRBD 9 knows it. With DRBD 8.4, drbd-utils 9 prints "peer" for any name; older ones
 *     print none, and then it is the address
 * @param peerAddress address and port, such as {@code 10.0.0.2:7789} or {@code [fd00::2]:7789}; null if it is unknown
 * @param connection its state
 * @param peerRole the peer's role
 * @param volumes by volume number
 */
public record ConnectionStatus(
        String peer,
        String peerAddress,
        Reported<ConnectionState> connection,
        Reported<Role> peerRole,
        Map<Integer, PeerDeviceState> volumes)
        implements Serializable {
    public ConnectionStatus {
        volumes = ImmutableCopies.of(volumes);
    }

    /**
     * Whether the connection is established. DRBD also calls it connected while the peers still compare their data, but
     * then it does not replicate yet, and the comparison can end the connection.
     */
    public boolean isConnected() {
        return connection.is(ConnectionState.CONNECTED)
                && volumes.values().stream()
                        .noneMatch(volume -> volume.replication().is(ReplicationState.OFF));
    }

    /** Whether it was given up, on request or after a split brain. */
    public boolean isStandAlone() {
        return connection.is(ConnectionState.STANDALONE);
    }

    /** Whether the peer is Primary, as far as this node knows. */
    public boolean isPrimary() {
        return peerRole.is(Role.PRIMARY);
    }

    /** How much differs on all volumes, in KiB; null if it is unknown for one, or there are none. */
    public Long outOfSyncKib() {
        List<Long> byVolume =
                volumes.values().stream().map(PeerDeviceState::outOfSyncKib).toList();
        return byVolume.isEmpty() || byVolume.contains(null)
                ? null
                : Long.valueOf(byVolume.stream().mapToLong(kib -> kib).sum());
    }

    boolean isWhole(Set<Integer> numbers) {
        return connection.isPresent()
                && volumes.keySet().equals(numbers)
                && volumes.values().stream().allMatch(PeerDeviceState::isWhole);
    }

    /** Whether each of these volumes is UpToDate on the peer and replicated, with no synchronisation pending. */
    public boolean isUpToDate(Collection<Integer> numbers) {
        return numbers.stream().map(volumes::get).allMatch(volume -> volume != null && volume.isUpToDate());
    }
}
