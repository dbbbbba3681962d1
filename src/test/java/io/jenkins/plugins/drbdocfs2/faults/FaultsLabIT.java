package io.jenkins.plugins.drbdocfs2.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A few rounds of faults; faults/run has as many as one likes. */
class FaultsLabIT {
    private static final int ROUNDS = 5;

    /** Five faults in four examples, all of which begin with the same cluster, so that it is quick. */
    private static final long SEED = 8516;

    @Test
    void theSameJenkinsfileMendsWhatAFaultHasCutOff() {
        assertThat(new Main(System.out).run(ROUNDS, SEED, false)).isZero();
    }
}
