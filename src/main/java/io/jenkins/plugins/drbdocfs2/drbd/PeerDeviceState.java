package io.jenkins.plugins.drbdocfs2.drbd;

import java.io.Serializable;

/**
 * A volume on a peer, seen from this node.
 *
 * @param volume its number in the resource
 * @param replication such as {@link States#ESTABLISHED} or "SyncSource"
 * @param peerDisk the state of the peer's disk
 * @param resyncSuspended whether the synchronisation is paused; true also where that could not be read
 * @param donePercent how much of a synchronisation or verify is done, or null where none runs or it is not told: 8.4 tells
 *     out-of-sync and the device's size only
 * @param outOfSyncKib how much differs, in KiB; null where it is not known
 */
public record PeerDeviceState(
        int volume, String replication, String peerDisk, boolean resyncSuspended, Double donePercent, Long outOfSyncKib)
        implements Serializable {
    boolean isWhole() {
        return States.isReplication(replication) && !peerDisk.equals(States.UNKNOWN);
    }

    /** Whether the peer's disk is UpToDate and replication runs without a synchronisation to do. */
    public boolean isUpToDate() {
        return States.UP_TO_DATE.equals(peerDisk)
                && (States.ESTABLISHED.equals(replication) || States.isVerify(replication));
    }
}
