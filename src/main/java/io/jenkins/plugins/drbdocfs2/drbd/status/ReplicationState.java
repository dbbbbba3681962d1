package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.facts.Reported;
import java.util.EnumSet;
import java.util.Set;

/** The replication of a volume to a peer, and its synchronisation. drbdsetup(8). */
public enum ReplicationState implements Reported.State {
    /** Not connected. */
    OFF("Off"),
    /** Connected, all writes are replicated. */
    ESTABLISHED("Established"),
    /** A full synchronisation that an administrator requested starts from here. */
    STARTING_SYNC_S("StartingSyncS"),
    /** A full synchronisation that an administrator requested starts towards here. */
    STARTING_SYNC_T("StartingSyncT"),
    /** A synchronisation from here starts: the bitmap is sent. */
    WF_BITMAP_S("WFBitMapS"),
    /** A synchronisation towards here starts: it waits for the bitmap. */
    WF_BITMAP_T("WFBitMapT"),
    /** A synchronisation towards here waits for the peer. */
    WF_SYNC_UUID("WFSyncUUID"),
    /** A synchronisation runs from here. */
    SYNC_SOURCE("SyncSource"),
    /** A synchronisation runs towards here. */
    SYNC_TARGET("SyncTarget"),
    /** An online verify runs that this node started. */
    VERIFY_S("VerifyS"),
    /** An online verify runs that the peer started. */
    VERIFY_T("VerifyT"),
    /** A synchronisation from here is paused. */
    PAUSED_SYNC_S("PausedSyncS"),
    /** A synchronisation towards here is paused. */
    PAUSED_SYNC_T("PausedSyncT"),
    /** The link was too slow: writes are recorded, and synchronised later. */
    AHEAD("Ahead"),
    /** The peer is {@link #AHEAD}. */
    BEHIND("Behind"),
    /** Any other word, or none. */
    UNKNOWN(null);

    private static final Set<ReplicationState> NO_RESYNC = EnumSet.of(OFF, ESTABLISHED, VERIFY_S, VERIFY_T, UNKNOWN);

    private final String word;

    ReplicationState(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** Parses DRBD's word; null if it printed none. */
    public static Reported<ReplicationState> parse(String word) {
        return Reported.parse(word, UNKNOWN);
    }

    /** Whether a synchronisation runs, is about to start, or is paused. */
    public boolean isResync() {
        return !NO_RESYNC.contains(this);
    }

    /** Whether a synchronisation is paused. */
    public boolean isPaused() {
        return this == PAUSED_SYNC_S || this == PAUSED_SYNC_T;
    }

    /** Whether an online verify runs. */
    public boolean isVerify() {
        return this == VERIFY_S || this == VERIFY_T;
    }
}
