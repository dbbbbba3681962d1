package io.jenkins.plugins.drbdocfs2.faults;

import java.util.Random;

/**
 * One loss of the peer below two Primaries with a mounted OCFS2, drawn from a seed.
 *
 * @param seed the seed
 * @param fault the fault
 * @param node the number of the node that it happens to
 * @param seconds how long it lasts, or for a flapping link how long each cut and each pause last at most
 */
record PeerLossRound(long seed, Fault fault, int node, int seconds) {
    /** How the nodes lose each other. */
    enum Fault {
        SHORT_CUT("replication link cut"),
        LONG_CUT("replication link cut beyond o2cb's dead time"),
        CUT_PAST_BOOT("replication link cut until after the boot of the nodes that o2cb reset"),
        SHORT_POWER_LOSS("power loss"),
        LONG_POWER_LOSS("power loss beyond o2cb's dead time"),
        FLAPPING("replication link flapping");

        private final String words;

        Fault(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    static PeerLossRound of(long seed) {
        Random random = new Random(seed);
        random.nextInt(); // the first numbers of close seeds are close
        Fault fault = Fault.values()[Math.floorMod(seed, Fault.values().length)];
        int node = 1 + random.nextInt(2);
        int seconds =
                switch (fault) {
                    case SHORT_CUT -> 1 + random.nextInt(50);
                    case LONG_CUT -> 65 + random.nextInt(60);
                    case CUT_PAST_BOOT -> random.nextInt(20);
                    case SHORT_POWER_LOSS -> random.nextInt(40);
                    case LONG_POWER_LOSS -> 90 + random.nextInt(60);
                    case FLAPPING -> 2 + random.nextInt(8);
                };
        return new PeerLossRound(seed, fault, node, seconds);
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + fault + " on sv" + node + ", "
                + switch (fault) {
                    case CUT_PAST_BOOT -> seconds + " s after the boot";
                    case FLAPPING -> "up to " + seconds + " s each time";
                    default -> seconds + " s";
                };
    }
}
