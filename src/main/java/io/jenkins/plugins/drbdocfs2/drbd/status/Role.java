package io.jenkins.plugins.drbdocfs2.drbd.status;

import io.jenkins.plugins.drbdocfs2.facts.Reported;

/** The role of a node for a resource. drbdsetup(8). */
public enum Role implements Reported.State {
    /** It may write. */
    PRIMARY("Primary"),
    /** It may not. */
    SECONDARY("Secondary"),
    /** Unknown, for a peer that is not connected: DRBD's own word. */
    PEER_UNKNOWN("Unknown"),
    /** Any other word, or none. */
    UNKNOWN(null);

    private final String word;

    Role(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** Parses DRBD's word; null if it printed none. */
    public static Reported<Role> parse(String word) {
        return Reported.parse(word, UNKNOWN);
    }
}
