package io.jenkins.plugins.drbdocfs2.report;

import java.util.Locale;
import java.util.Set;

/** The severity of a state of DRBD for the reader. */
public enum StateHealth {
    /** As it should be. */
    GOOD,
    /** On the way, or waiting. */
    BUSY,
    /** Broken. */
    BAD,
    /** Unknown. */
    NONE;

    private static final Set<String> GOOD_WORDS = Set.of("UpToDate", "Connected", "Established");
    private static final Set<String> BUSY_WORDS = Set.of(
            "Attaching",
            "Detaching",
            "Negotiating",
            "Inconsistent",
            "Outdated",
            "Consistent",
            "Connecting",
            "Ahead",
            "Behind",
            "SyncSource",
            "SyncTarget",
            "PausedSyncS",
            "PausedSyncT",
            "StartingSyncS",
            "StartingSyncT",
            "WFBitMapS",
            "WFBitMapT",
            "WFSyncUUID",
            "VerifyS",
            "VerifyT");
    private static final Set<String> BAD_WORDS = Set.of(
            "Failed",
            "Diskless",
            "StandAlone",
            "Disconnecting",
            "Unconnected",
            "Timeout",
            "BrokenPipe",
            "NetworkFailure",
            "ProtocolError",
            "TearDown");

    /** The severity of a disk, connection or replication state. */
    public static StateHealth of(String word) {
        if (word == null) {
            return NONE;
        }
        if (GOOD_WORDS.contains(word)) {
            return GOOD;
        }
        return BUSY_WORDS.contains(word) ? BUSY : BAD_WORDS.contains(word) ? BAD : NONE;
    }

    /** The worse of two; unknown counts least. */
    public StateHealth worse(StateHealth other) {
        return this == NONE ? other : other == NONE || compareTo(other) > 0 ? this : other;
    }

    /** The part of a CSS class name. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
