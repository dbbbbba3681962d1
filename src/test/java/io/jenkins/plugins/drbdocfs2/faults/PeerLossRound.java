package io.jenkins.plugins.drbdocfs2.faults;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One loss of the peer below two Primaries with a mounted OCFS2, drawn from a seed.
 *
 * @param seed the seed
 * @param fault the fault
 * @param node the number of the node that it happens to
 * @param seconds how long it lasts, or for a flapping link how long each cut and each pause last at most
 * @param deviceSeconds after how many of these seconds a misbehaving power switch works again
 */
record PeerLossRound(long seed, Fault fault, int node, int seconds, int deviceSeconds) {
    /** How the nodes lose each other. */
    enum Fault {
        SHORT_CUT("replication link cut", 1, 50),
        LONG_CUT("replication link cut beyond o2cb's dead time", 65, 125),
        CUT_PAST_BOOT("replication link cut until after the boot of the nodes that were reset or fenced", 0, 20),
        SHORT_POWER_LOSS("power loss", 0, 40),
        LONG_POWER_LOSS("power loss beyond o2cb's dead time", 90, 150),
        POWER_LOSS("power loss until the other node switches it on", 0, 1),
        FLAPPING("replication link flapping", 2, 10),
        DEVICE_UNREACHABLE("replication link cut, power switch unreachable", 5, 130),
        DEVICE_HANGS("replication link cut, power switch hangs", 5, 130),
        DEVICE_LIES("replication link cut, power switch says off and leaves the node on", 5, 130),
        DEVICE_FAILS_FIRST("replication link cut, power switch fails at first", 20, 80),
        HANDLER_KILLED("replication link cut, fence-peer handler killed", 20, 130);

        /** The faults of nodes that suspend their I/O. */
        static final Set<Fault> OF_FREEZE =
                EnumSet.of(SHORT_CUT, LONG_CUT, CUT_PAST_BOOT, SHORT_POWER_LOSS, LONG_POWER_LOSS, FLAPPING);

        /** The faults of nodes that fence each other. */
        static final Set<Fault> OF_FENCE = EnumSet.complementOf(EnumSet.of(SHORT_POWER_LOSS, LONG_POWER_LOSS));

        private final String words;
        private final int shortest;
        private final int longest;

        Fault(String words, int shortest, int longest) {
            this.words = words;
            this.shortest = shortest;
            this.longest = longest;
        }

        /** Whether the power switch works in time, so that one of two nodes that fence each other survives. */
        boolean isFencedInTime() {
            return switch (this) {
                case DEVICE_UNREACHABLE, DEVICE_HANGS, DEVICE_LIES, HANDLER_KILLED -> false;
                default -> true;
            };
        }

        @Override
        public String toString() {
            return words;
        }
    }

    static PeerLossRound of(long seed, Set<Fault> faults) {
        Random random = new Random(seed);
        random.nextInt(); // the first numbers of close seeds are close
        Fault fault = List.copyOf(faults).get(Math.floorMod(seed, faults.size()));
        int node = 1 + random.nextInt(2);
        int seconds = fault.shortest + random.nextInt(fault.longest - fault.shortest);
        return new PeerLossRound(seed, fault, node, seconds, random.nextInt(seconds + 1));
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + fault + " on sv" + node + ", "
                + switch (fault) {
                    case CUT_PAST_BOOT -> seconds + " s after the boot";
                    case FLAPPING -> "up to " + seconds + " s each time";
                    case DEVICE_UNREACHABLE, DEVICE_HANGS, DEVICE_LIES -> seconds + " s, the switch for "
                            + deviceSeconds + " s";
                    default -> seconds + " s";
                };
    }
}
