package io.jenkins.plugins.drbdocfs2.faults;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What a seed stands for.
 *
 * @param seed the seed
 * @param scenario what is built, and on what
 * @param fault what goes wrong
 * @param node the number of the node where it does
 * @param mark after which of the log's marks; see {@link LogMarkCounter}
 * @param delayMillis how long after it
 * @param lastsMillis how long it lasts; 0 for until the build has ended
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
        String what = fault + (fault.strikesNode() ? " on " + node(node) : "");
        String when = String.format(Locale.ROOT, "%.1f s after mark %d", delayMillis / 1000.0, mark);
        String lasts = fault == Fault.CONNECTION_RESET || !fault.strikesNode()
                ? ""
                : lastsMillis == 0
                        ? ", until the build has ended"
                        : String.format(Locale.ROOT, ", for %.0f s", lastsMillis / 1000.0);
        return "seed " + seed + ": " + scenario + "; " + what + ", " + when + lasts;
    }
}
