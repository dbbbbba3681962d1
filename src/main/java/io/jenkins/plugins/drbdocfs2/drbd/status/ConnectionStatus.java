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
 * @param peer the peer's name. DRBD 9 knows it; drbd-utils 9 on DRBD 8.4 prints "peer" for any name, older ones none, and
 *     then it is the address
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
     * Whether the connection is established. While the peers still compare their data DRBD calls it connected too, but
     * replicates nothing; what they find can part them again.
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

    /** Whether each of these volumes is UpToDate on the peer and replicated without a synchronisation to do. */
    public boolean isUpToDate(Collection<Integer> numbers) {
        return numbers.stream().map(volumes::get).allMatch(volume -> volume != null && volume.isUpToDate());
    }
}
