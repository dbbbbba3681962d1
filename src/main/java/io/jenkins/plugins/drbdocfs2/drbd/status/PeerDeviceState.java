package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.io.Serializable;

/**
 * A volume on a peer, seen from this node.
 *
 * @param volume its number in the resource
 * @param replication the state of the replication to the peer
 * @param peerDisk the state of the peer's disk
 * @param resyncSuspended whether the synchronisation is paused; true if that could not be read
 * @param outOfSyncKib the KiB that differ; null if unknown
 * @param progress the progress of a synchronisation or verify
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
     * The progress of a synchronisation or verify. The events of 8.4 do not report it, {@code /proc/drbd} does.
     *
     * @param donePercent the part that is done; null if none runs or it is unknown
     * @param kibPerSecond the current speed; null likewise
     * @param secondsLeft the remaining time as the kernel estimates it; null likewise
     */
    public record Progress(Double donePercent, Long kibPerSecond, Long secondsLeft) implements Serializable {
        /** None runs, or its progress is unknown. */
        public static final Progress NONE = new Progress(null, null, null);

        /** Takes the rate in MiB/s, as DRBD 9 reports it. */
        static Progress of(Double donePercent, Double mibPerSecond, Long secondsLeft) {
            return new Progress(
                    donePercent,
                    mibPerSecond == null ? null : Long.valueOf(Math.round(mibPerSecond * 1024)),
                    secondsLeft);
        }

        /** This progress, with unknown values taken from another one. */
        Progress or(Progress other) {
            return new Progress(
                    donePercent == null ? other.donePercent : donePercent,
                    kibPerSecond == null ? other.kibPerSecond : kibPerSecond,
                    secondsLeft == null ? other.secondsLeft : secondsLeft);
        }
    }

    /** A volume whose progress is unknown. */
    public PeerDeviceState(
            int volume,
            Reported<ReplicationState> replication,
            Reported<DiskState> peerDisk,
            boolean resyncSuspended,
            Long outOfSyncKib) {
        this(volume, replication, peerDisk, resyncSuspended, outOfSyncKib, Progress.NONE);
    }

    /** A volume whose peer is meant to have a disk. */
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

    /** Whether the peer's disk is UpToDate, or missing on purpose, and replication runs with no synchronisation pending. */
    public boolean isUpToDate() {
        return (peerDisk.is(DiskState.UP_TO_DATE) || isClient())
                && (replication.is(ReplicationState.ESTABLISHED)
                        || replication.state().isVerify());
    }

    /** Whether a synchronisation or a verify runs or is about to start. */
    public boolean isBusy() {
        return replication.state().isResync() || replication.state().isVerify();
    }

    /** The same volume with more about its progress, if something runs. */
    PeerDeviceState with(Progress more) {
        return isBusy()
                ? new PeerDeviceState(
                        volume, replication, peerDisk, resyncSuspended, outOfSyncKib, progress.or(more), client)
                : this;
    }
}
