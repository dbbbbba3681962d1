package io.jenkins.plugins.drbdocfs2.drbd.manager;

import java.util.Arrays;

/** A program that manages DRBD resources. */
public enum DrbdManager {
    /** LINSTOR, whose satellite writes the files of its resources. */
    LINSTOR("LINSTOR", "linstor"),
    /** The promoter of drbd-reactor. */
    DRBD_REACTOR("drbd-reactor", "drbd-reactor"),
    /** Pacemaker with the agent ocf:linbit:drbd. */
    PACEMAKER("Pacemaker", "pacemaker"),
    /** A program whose name could not be read. */
    UNKNOWN("another program", "");

    private final String shown;
    private final String word;

    DrbdManager(String shown, String word) {
        this.shown = shown;
        this.word = word;
    }

    /** The one with this word in the output of the probe. */
    static DrbdManager of(String word) {
        return Arrays.stream(values())
                .filter(manager -> manager.word.equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Its name. */
    @Override
    public String toString() {
        return shown;
    }
}
