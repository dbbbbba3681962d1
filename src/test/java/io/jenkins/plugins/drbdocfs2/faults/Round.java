package io.jenkins.plugins.drbdocfs2.faults;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A round, determined by its seed.
 *
 * @param seed the seed
 * @param scenario the Jenkinsfile and its cluster
 * @param fault the fault
 * @param node the number of its node
 * @param mark the mark in the log after which it is injected; see {@link LogMarkCounter}
 * @param delayMillis the time after the mark
 * @param lastsMillis its duration; 0 means until the build has ended
 */
record Round(long seed, Scenario scenario, Fault fault, int node, int mark, int delayMillis, int lastsMillis) {
    private static final int MOST_DELAY_MILLIS = 1500;
    private static final int MOST_MILLIS = 45_000;

    static Round of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Scenario scenario = Scenario.values()[random.nextInt(Scenario.values().length)];
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        int node = 1 + random.nextInt(2);
        int mark = 1 + random.nextInt(scenario.marks() + 1);
        int delay = random.nextInt(MOST_DELAY_MILLIS);
        int lasts = 1 + random.nextInt(MOST_MILLIS);
        boolean outlasts = fault.mayOutlastTheBuild() && random.nextBoolean();
        return new Round(seed, scenario, fault, node, mark, delay, outlasts ? 0 : lasts);
    }

    String node(int number) {
        return "sv" + number;
    }

    @Override
    public String toString() {
        String what = fault + (fault.affectsNode() ? " on " + node(node) : "");
        String when = String.format(Locale.ROOT, "%.1f s after mark %d", delayMillis / 1000.0, mark);
        String lasts = fault == Fault.CONNECTION_RESET || !fault.affectsNode()
                ? ""
                : lastsMillis == 0
                        ? ", until the build has ended"
                        : String.format(Locale.ROOT, ", for %.0f s", lastsMillis / 1000.0);
        return "seed " + seed + ": " + scenario + "; " + what + ", " + when + lasts;
    }
}
