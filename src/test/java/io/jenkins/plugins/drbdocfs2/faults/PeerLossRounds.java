package io.jenkins.plugins.drbdocfs2.faults;

import io.jenkins.plugins.drbdocfs2.lab.Lab;
import io.jenkins.plugins.drbdocfs2.lab.LabBuild;
import io.jenkins.plugins.drbdocfs2.lab.ProgramResult;
import io.jenkins.plugins.drbdocfs2.lab.RecordWriter;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Rounds in which two Primaries with a mounted OCFS2 and onPeerLoss 'freeze' lose each other while both write. After each, the
 * cluster is whole again without a hand, nothing has split, and both nodes have every acknowledged record.
 */
final class PeerLossRounds {
    private static final String BUILD =
            Lab.read("examples/dual-primary-ocfs2/Jenkinsfile").replace("size: '1G'", "size: '256M'");
    private static final String WHOLE = "mountpoint -q /mnt/drbd0 && [ \"$(drbdadm cstate r0)\" = Connected ]"
            + " && [ \"$(drbdadm dstate r0)\" = UpToDate/UpToDate ] && [ \"$(drbdadm role r0)\" = Primary/Primary ]";
    private static final String SPLIT = "journalctl -k --no-pager | grep 'Split-Brain detected' || true";
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final int RECORDS_BEFORE = 10;

    private final PrintStream out;
    private int run;

    PeerLossRounds(PrintStream out) {
        this.out = out;
    }

    static List<PeerLossRound> of(int count, long seed) {
        return LongStream.range(seed, seed + count).mapToObj(PeerLossRound::of).toList();
    }

    /** Runs rounds; gives 0 if all held, else 1. */
    int run(int count, long seed) {
        int missed = 0;
        out.println("faults: " + count + " losses of the peer from seed " + seed);
        try (Lab lab = Lab.up("sv1", "sv2")) {
            LabBuild.start(lab, BUILD).succeeds();
            lab.lab("save", "whole");
            lab.lab("restore", "whole");
            for (PeerLossRound round : of(count, seed)) {
                RoundLog log = new RoundLog(out, Path.of("target/faults").resolve("freeze-" + round.seed()));
                out.println(round);
                try {
                    run(round, lab, log);
                    log.add("held");
                } catch (AssertionError | BrokenInvariant e) {
                    missed++;
                    log.add("MISSED: " + e.getMessage());
                    keepState(lab, log);
                    lab.lab("restore", "whole");
                }
            }
        }
        out.println("faults: seed " + seed + ", " + count + " losses of the peer, " + missed + " missed");
        return missed == 0 ? 0 : 1;
    }

    private void run(PeerLossRound round, Lab lab, RoundLog log) throws BrokenInvariant {
        awaitWhole(lab);
        String records = "/mnt/drbd0/records-" + ++run + "-";
        List<RecordWriter> writers = IntStream.rangeClosed(1, 2)
                .mapToObj(number -> RecordWriter.start(lab, number, records + number))
                .toList();
        writers.forEach(writer -> writer.awaitMore(RECORDS_BEFORE));
        log.add("both write");
        loseThePeer(round, lab);
        log.add("all is mended");
        awaitWhole(lab);
        log.add("whole again");
        for (int number = 1; number <= 2; number++) {
            lab.ssh(number, "pkill -f '[r]ecords-' || true");
        }
        for (int number = 1; number <= 2; number++) {
            int node = number;
            writers.forEach(writer -> writer.checkOn(node));
            check(lab.ssh(number, SPLIT).isEmpty(), "DRBD found a split brain on node " + number);
        }
        checkFilesystem(lab, records);
    }

    private static void checkFilesystem(Lab lab, String records) throws BrokenInvariant {
        lab.ssh(1, "rm -f " + records + "*; umount /mnt/drbd0");
        lab.ssh(2, "umount /mnt/drbd0");
        ProgramResult fsck =
                lab.start("ssh", "1", "fsck.ocfs2 -n -f /dev/drbd0").await();
        check(fsck.exitCode() == 0, "fsck.ocfs2 finds faults:\n" + fsck.output());
        lab.ssh(1, "mount /mnt/drbd0");
        lab.ssh(2, "mount /mnt/drbd0");
    }

    private static void loseThePeer(PeerLossRound round, Lab lab) {
        String node = String.valueOf(round.node());
        switch (round.fault()) {
            case SHORT_CUT, LONG_CUT -> {
                lab.lab("cut", node);
                FaultInjector.pause(round.seconds() * 1000L);
                lab.lab("heal", node);
            }
            case CUT_PAST_BOOT -> {
                int[] resets = {lab.resets(1), lab.resets(2)};
                lab.lab("cut", node);
                lab.awaitReset(1, resets[0] + 1);
                lab.awaitReset(2, resets[1] + 1);
                FaultInjector.pause(round.seconds() * 1000L);
                lab.lab("heal", node);
            }
            case SHORT_POWER_LOSS, LONG_POWER_LOSS -> {
                lab.lab("kill", node);
                FaultInjector.pause(round.seconds() * 1000L);
                lab.lab("start", node);
            }
            case FLAPPING -> {
                Random random = new Random(round.seed());
                for (int i = 0; i < 6; i++) {
                    lab.lab("cut", node);
                    FaultInjector.pause(random.nextInt(round.seconds() * 1000));
                    lab.lab("heal", node);
                    FaultInjector.pause(random.nextInt(round.seconds() * 1000));
                }
            }
        }
    }

    private static void awaitWhole(Lab lab) throws BrokenInvariant {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int number = 1; number <= 2; number++) {
            while (!isWhole(lab, number)) {
                check(System.nanoTime() < deadline, "node " + number + " is not whole again");
                FaultInjector.pause(1000);
            }
        }
    }

    private static boolean isWhole(Lab lab, int number) {
        return lab.start("ssh", String.valueOf(number), WHOLE)
                        .killAfter(Duration.ofSeconds(20))
                        .await()
                        .exitCode()
                == 0;
    }

    private static void keepState(Lab lab, RoundLog log) {
        for (int number = 1; number <= 2; number++) {
            String state = lab.start("ssh", String.valueOf(number), "cat /proc/drbd; mount; journalctl --no-pager")
                    .killAfter(Duration.ofSeconds(60))
                    .await()
                    .output();
            log.keep("sv" + number + "-state.txt", state);
        }
    }

    private static void check(boolean holds, String otherwise) throws BrokenInvariant {
        if (!holds) {
            throw new BrokenInvariant(otherwise);
        }
    }
}
