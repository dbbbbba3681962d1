package io.jenkins.plugins.drbdocfs2.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Runs a few rounds of faults; faults/run runs any number. */
class FaultsLabIT {
    private static final int ROUNDS = 3;

    /** Three faults in two examples, which all start with the same cluster to save time. */
    private static final long SEED = 8518;

    @Test
    void jenkinsfileCompletesWhenRunAgainAfterAFault() {
        Main main = new Main(System.out);
        main.run(ROUNDS, SEED, false);
        assertThat(main.failures()).isEmpty();
    }
}
