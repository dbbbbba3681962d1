package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.facts.Reported;

/** The state of a volume's disk, here or on a peer. drbdsetup(8). */
public enum DiskState implements Reported.State {
    /** No disk is attached. */
    DISKLESS("Diskless"),
    /** Its metadata are being read. */
    ATTACHING("Attaching"),
    /** It is being detached, on request or after a fault. */
    DETACHING("Detaching"),
    /** It had a fault. */
    FAILED("Failed"),
    /** The peers compare their data. */
    NEGOTIATING("Negotiating"),
    /** No usable data, as before the first synchronisation or in the middle of one. */
    INCONSISTENT("Inconsistent"),
    /** Good but old data. */
    OUTDATED("Outdated"),
    /** Unknown, for a peer that is not connected: DRBD's own word. */
    DUNKNOWN("DUnknown"),
    /** Good data, but a peer may have newer. */
    CONSISTENT("Consistent"),
    /** The newest data. */
    UP_TO_DATE("UpToDate"),
    /** Any other word, or none. */
    UNKNOWN(null);

    private final String word;

    DiskState(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** Parses DRBD's word; null if it printed none. */
    public static Reported<DiskState> parse(String word) {
        return Reported.parse(word, UNKNOWN);
    }

    /** Whether it is UpToDate, or this is not decided yet. */
    boolean mayBeUpToDate() {
        return this == UP_TO_DATE || this == CONSISTENT || this == NEGOTIATING || this == ATTACHING;
    }

    /** Whether the disk has a complete set of data, even if it is old. */
    public boolean hasGoodData() {
        return this == UP_TO_DATE || this == CONSISTENT || this == OUTDATED;
    }
}
