package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.io.Serializable;

/**
 * A volume on a peer, seen from this node.
 *
 * @param volume its number in the resource
 * @param replication to the peer, and its synchronisation
 * @param peerDisk the state of the peer's disk
 * @param resyncSuspended whether the synchronisation is paused; true also where that could not be read
 * @param outOfSyncKib how much differs, in KiB; null if it is unknown
 * @param progress of a synchronisation or verify
 * @param client whether the peer has no disk on purpose ({@code disk none})
 */
public record PeerDeviceState(
        int volume,
        Reported<ReplicationState> replication,
        Reported<DiskState> peerDisk,
        boolean resyncSuspended,
        Long outOfSyncKib,
        Progress progress,
        boolean client)
        implements Serializable {
    /**
     * How far a synchronisation or verify is. The events of 8.4 tell nothing of it, {@code /proc/drbd} does.
     *
     * @param donePercent how much is done; null if none runs or it is not told
     * @param kibPerSecond how fast it is now; null likewise
     * @param secondsLeft how long it will take as the kernel guesses; null likewise
     */
    public record Progress(Double donePercent, Long kibPerSecond, Long secondsLeft) implements Serializable {
        /** None runs, or nothing is told of it. */
        public static final Progress NONE = new Progress(null, null, null);

        /** With the rate in MiB/s, as DRBD 9 tells it. */
        static Progress of(Double donePercent, Double mibPerSecond, Long secondsLeft) {
            return new Progress(
                    donePercent,
                    mibPerSecond == null ? null : Long.valueOf(Math.round(mibPerSecond * 1024)),
                    secondsLeft);
        }

        /** This, and what the other knows more. */
        Progress or(Progress other) {
            return new Progress(
                    donePercent == null ? other.donePercent : donePercent,
                    kibPerSecond == null ? other.kibPerSecond : kibPerSecond,
                    secondsLeft == null ? other.secondsLeft : secondsLeft);
        }
    }

    /** A volume of whose progress nothing is told. */
    public PeerDeviceState(
            int volume,
            Reported<ReplicationState> replication,
            Reported<DiskState> peerDisk,
            boolean resyncSuspended,
            Long outOfSyncKib) {
        this(volume, replication, peerDisk, resyncSuspended, outOfSyncKib, Progress.NONE);
    }

    /** A volume of a peer that has its disk, or should. */
    public PeerDeviceState(
            int volume,
            Reported<ReplicationState> replication,
            Reported<DiskState> peerDisk,
            boolean resyncSuspended,
            Long outOfSyncKib,
            Progress progress) {
        this(volume, replication, peerDisk, resyncSuspended, outOfSyncKib, progress, false);
    }

    /** Whether the peer has no disk on purpose. */
    public boolean isClient() {
        return client && peerDisk.is(DiskState.DISKLESS);
    }

    boolean isWhole() {
        return !replication.is(ReplicationState.UNKNOWN) && peerDisk.isPresent();
    }

    /** Whether the peer's disk is UpToDate, or missing on purpose, and replication runs without a synchronisation to do. */
    public boolean isUpToDate() {
        return (peerDisk.is(DiskState.UP_TO_DATE) || isClient())
                && (replication.is(ReplicationState.ESTABLISHED)
                        || replication.state().isVerify());
    }

    /** Whether a synchronisation or a verify runs, or is about to. */
    public boolean isBusy() {
        return replication.state().isResync() || replication.state().isVerify();
    }

    /** The same with what is known more of its progress, where something runs. */
    PeerDeviceState with(Progress more) {
        return isBusy()
                ? new PeerDeviceState(
                        volume, replication, peerDisk, resyncSuspended, outOfSyncKib, progress.or(more), client)
                : this;
    }
}
