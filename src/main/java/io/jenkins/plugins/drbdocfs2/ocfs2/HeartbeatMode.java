package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.facts.Reported;

/** The place of the heartbeat of an o2cb cluster. o2cb(7). */
public enum HeartbeatMode implements Reported.State {
    /** On each mounted volume: the default. */
    LOCAL("local"),
    /** On chosen volumes, {@link ClusterConf#heartbeatRegions}, whether or not they are mounted. */
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

    /** Reads o2cb's word. */
    public static Reported<HeartbeatMode> parse(String word) {
        return Reported.parse(word, UNKNOWN);
    }
}
