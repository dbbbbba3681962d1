package io.jenkins.plugins.drbdocfs2.drbd;

import java.util.Set;

/** Words for states as {@code drbdsetup events2} prints them, and what they mean for us. drbdsetup(8). */
public final class States {
    /** What was not printed or could not be read. */
    public static final String UNKNOWN = "Unknown";

    /** Connection. */
    public static final String CONNECTED = "Connected";

    /** Connection: waits for the peer ("WFConnection" in /proc/drbd). */
    public static final String CONNECTING = "Connecting";

    /** Connection: given up, on request or after a split brain. */
    public static final String STANDALONE = "StandAlone";

    /** Replication: in step. */
    public static final String ESTABLISHED = "Established";

    /** Replication: not connected. */
    public static final String OFF = "Off";

    private static final Set<String> SYNC = Set.of("SyncSource", "SyncTarget", "PausedSyncS", "PausedSyncT");
    private static final Set<String> SYNC_STARTS =
            Set.of("StartingSyncS", "StartingSyncT", "WFBitMapS", "WFBitMapT", "WFSyncUUID", "Ahead", "Behind");
    private static final Set<String> VERIFY = Set.of("VerifyS", "VerifyT");

    private States() {}

    /** Whether a word is a replication state. */
    public static boolean isReplication(String word) {
        return word.equals(ESTABLISHED) || word.equals(OFF) || isResync(word) || isVerify(word);
    }

    /** Whether a replication state is a synchronisation under way, about to start or paused. */
    public static boolean isResync(String replication) {
        return SYNC.contains(replication) || SYNC_STARTS.contains(replication);
    }

    /** Whether a replication state is an online verify. */
    public static boolean isVerify(String replication) {
        return VERIFY.contains(replication);
    }
}
