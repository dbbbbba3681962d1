package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.facts.Reported;

/** The heartbeat mode of an o2cb cluster. o2cb(7). */
public enum HeartbeatMode implements Reported.State {
    /** On each mounted volume: the default. */
    LOCAL("local"),
    /** On chosen volumes, {@link ClusterConf#heartbeatRegions}, mounted or not. */
    GLOBAL("global"),
    /** Any other word. */
    UNKNOWN(null);

    private final String word;

    HeartbeatMode(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** Parses o2cb's word. */
    public static Reported<HeartbeatMode> parse(String word) {
        return Reported.parse(word, UNKNOWN);
    }
}
