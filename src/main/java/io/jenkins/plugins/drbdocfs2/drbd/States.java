package io.jenkins.plugins.drbdocfs2.drbd;

import java.util.Set;

/** Words for states as {@code drbdsetup events2} prints them, and what they mean for us. drbdsetup(8). */
public final class States {
    /** What was not printed or could not be read. */
    public static final String UNKNOWN = "Unknown";

    /** Disk. */
    public static final String UP_TO_DATE = "UpToDate";

    /** Disk: good data, but perhaps the peer has newer. */
    public static final String CONSISTENT = "Consistent";

    /** Disk: good but old data. */
    public static final String OUTDATED = "Outdated";

    /** Disk: no usable data, as before the first synchronisation or in the middle of one. */
    public static final String INCONSISTENT = "Inconsistent";

    /** Disk: none attached. */
    public static final String DISKLESS = "Diskless";

    /** Disk of a peer that is not connected. */
    public static final String DUNKNOWN = "DUnknown";

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
    private static final Set<String> GOOD_DATA = Set.of(UP_TO_DATE, CONSISTENT, OUTDATED);

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

    /** Whether a disk state says that there is a complete set of data, be it old. */
    public static boolean hasGoodData(String disk) {
        return GOOD_DATA.contains(disk);
    }
}
