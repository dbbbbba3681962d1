package io.jenkins.plugins.drbdocfs2.faults;

import io.jenkins.plugins.drbdocfs2.faults.PeerLossRound.Fault;
import io.jenkins.plugins.drbdocfs2.lab.Lab;
import io.jenkins.plugins.drbdocfs2.lab.LabBuild;
import io.jenkins.plugins.drbdocfs2.lab.ProgramResult;
import io.jenkins.plugins.drbdocfs2.lab.RecordWriter;
import io.jenkins.plugins.drbdocfs2.lab.TwoPrimaries;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Rounds in which two Primaries with a mounted OCFS2 lose each other while both write. After each, the cluster is whole again
 * without a hand, nothing has split, never both were fenced, and both nodes have every acknowledged record.
 */
final class PeerLossRounds {
    // a handler that still runs may fence a peer that is connected again since its last look
    private static final String WHOLE =
            "! pgrep -x drbd-fence-peer > /dev/null && mountpoint -q /mnt/drbd0 && [ \"$(drbdadm cstate r0)\" = Connected ]"
                    + " && [ \"$(drbdadm dstate r0)\" = UpToDate/UpToDate ] && [ \"$(drbdadm role r0)\" = Primary/Primary ]";
    private static final String SPLIT = "journalctl -k --no-pager | grep 'Split-Brain detected' || true";
    private static final String BOOT_ID = "cat /proc/sys/kernel/random/boot_id";
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final int RECORDS_BEFORE = 10;

    private final PrintStream out;
    private final boolean fence;
    private int run;

    /** @param fence whether the nodes fence each other, or suspend their I/O */
    PeerLossRounds(PrintStream out, boolean fence) {
        this.out = out;
        this.fence = fence;
    }

    List<PeerLossRound> of(int count, long seed) {
        Set<Fault> faults = fence ? Fault.OF_FENCE : Fault.OF_FREEZE;
        return LongStream.range(seed, seed + count)
                .mapToObj(next -> PeerLossRound.of(next, faults))
                .toList();
    }

    /** Runs rounds in a lab of their own; gives 0 if all held, else 1. */
    int run(int count, long seed) {
        int missed = 0;
        out.println("faults: " + count + " losses of the peer, onPeerLoss '" + kind() + "', from seed " + seed);
        try (Lab lab = Lab.up("sv1", "sv2")) {
            prepare(lab);
            lab.lab("save", "whole");
            lab.lab("restore", "whole");
            for (PeerLossRound round : of(count, seed)) {
                try {
                    hold(round, lab);
                } catch (BrokenInvariant e) {
                    missed++;
                    lab.lab("switch", "normal");
                    lab.lab("restore", "whole");
                }
            }
        }
        out.println("faults: seed " + seed + ", " + count + " losses of the peer, " + missed + " missed");
        return missed == 0 ? 0 : 1;
    }

    /** Builds the cluster on fresh nodes, or gives the one that is there this onPeerLoss. */
    void prepare(Lab lab) {
        if (fence) {
            LabBuild.run(lab, TwoPrimaries.FENCING_DEVICES).succeeds();
        }
        LabBuild.start(lab, TwoPrimaries.BUILD).succeeds();
    }

    /** Runs a round on a cluster that is whole; the state of the nodes is kept if it misses. */
    void hold(PeerLossRound round, Lab lab) throws BrokenInvariant {
        RoundLog log = new RoundLog(out, Path.of("target/faults").resolve(kind() + "-" + round.seed()));
        out.println(round);
        try {
            run(round, lab, log);
            log.add("held");
        } catch (AssertionError | BrokenInvariant e) {
            log.add("MISSED: " + e.getMessage());
            keepState(lab, log);
            throw new BrokenInvariant(e.getMessage());
        }
    }

    boolean fences() {
        return fence;
    }

    private String kind() {
        return fence ? "fence" : "freeze";
    }

    private void run(PeerLossRound round, Lab lab, RoundLog log) throws BrokenInvariant {
        awaitWhole(lab);
        String records = "/mnt/drbd0/records-" + ++run + "-";
        int resets = lab.resets(1) + lab.resets(2);
        int switched = switchLog(lab).size();
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
        Set<String> fenced = fenced(switchLog(lab).stream().skip(switched).toList());
        check(fenced.size() < 2, "both nodes were fenced");
        check(
                !fence || !round.fault().isFencedInTime() || lab.resets(1) + lab.resets(2) == resets,
                "o2cb has reset a node, though the power switch worked");
        log.add("fenced: " + fenced + ", reset by o2cb: " + (lab.resets(1) + lab.resets(2) - resets));
        checkFilesystem(lab, records);
    }

    private static List<String> switchLog(Lab lab) {
        return Lab.read(lab.file("switch/log").toString()).lines().toList();
    }

    /** The nodes that the power switch really switched off. */
    private static Set<String> fenced(List<String> switchLog) {
        Set<String> fenced = new HashSet<>();
        boolean lies = false;
        for (String line : switchLog) {
            if (line.contains(" mode: ")) {
                lies = line.endsWith("lie");
            } else if (!lies && line.matches(".* off sv\\d: off")) {
                fenced.add(line.replaceAll(".* off (sv\\d): off", "$1"));
            }
        }
        return fenced;
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

    private void loseThePeer(PeerLossRound round, Lab lab) throws BrokenInvariant {
        String node = String.valueOf(round.node());
        switch (round.fault()) {
            case SHORT_CUT, LONG_CUT -> cut(round, lab);
            case CUT_PAST_BOOT -> {
                List<String> boots = List.of(lab.ssh(1, BOOT_ID), lab.ssh(2, BOOT_ID));
                lab.lab("cut", node);
                if (fence) {
                    await(() -> hasBooted(lab, 1, boots) || hasBooted(lab, 2, boots), "no node is fenced");
                } else {
                    await(() -> hasBooted(lab, 1, boots) && hasBooted(lab, 2, boots), "o2cb does not reset both nodes");
                }
                FaultInjector.pause(round.seconds() * 1000L);
                lab.lab("heal", node);
            }
            case SHORT_POWER_LOSS, LONG_POWER_LOSS -> {
                lab.lab("kill", node);
                FaultInjector.pause(round.seconds() * 1000L);
                lab.lab("start", node);
            }
            case POWER_LOSS -> {
                List<String> boots = List.of(lab.ssh(1, BOOT_ID), lab.ssh(2, BOOT_ID));
                lab.lab("kill", node);
                await(() -> hasBooted(lab, round.node(), boots), "the other node does not switch it on");
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
            case DEVICE_UNREACHABLE -> cut(round, lab, "unreachable");
            case DEVICE_HANGS -> cut(round, lab, "hang");
            case DEVICE_LIES -> cut(round, lab, "lie");
            case DEVICE_FAILS_FIRST -> {
                lab.lab("switch", "fail", "1");
                cut(round, lab);
                lab.lab("switch", "normal");
            }
            case HANDLER_KILLED -> {
                lab.lab("cut", node);
                lab.start("ssh", node, "timeout 40 sh -c 'until pkill -KILL -x drbd-fence-peer; do sleep 0.2; done'")
                        .killAfter(Duration.ofSeconds(60))
                        .await();
                FaultInjector.pause(round.seconds() * 1000L);
                lab.lab("heal", node);
            }
        }
    }

    private static void cut(PeerLossRound round, Lab lab) {
        lab.lab("cut", String.valueOf(round.node()));
        FaultInjector.pause(round.seconds() * 1000L);
        lab.lab("heal", String.valueOf(round.node()));
    }

    /** Cuts the link while the power switch misbehaves for a part of the time. */
    private static void cut(PeerLossRound round, Lab lab, String mode) {
        lab.lab("switch", mode);
        lab.lab("cut", String.valueOf(round.node()));
        FaultInjector.pause(round.deviceSeconds() * 1000L);
        lab.lab("switch", "normal");
        FaultInjector.pause((round.seconds() - round.deviceSeconds()) * 1000L);
        lab.lab("heal", String.valueOf(round.node()));
    }

    private static boolean hasBooted(Lab lab, int number, List<String> before) {
        ProgramResult id = attempt(lab, number, BOOT_ID);
        return id.exitCode() == 0 && !id.output().equals(before.get(number - 1));
    }

    private static void awaitWhole(Lab lab) throws BrokenInvariant {
        for (int number = 1; number <= 2; number++) {
            int node = number;
            await(() -> attempt(lab, node, WHOLE).exitCode() == 0, "node " + number + " is not whole again");
        }
    }

    private static ProgramResult attempt(Lab lab, int number, String script) {
        return lab.start("ssh", String.valueOf(number), script)
                .killAfter(Duration.ofSeconds(20))
                .await();
    }

    private static void await(BooleanSupplier condition, String otherwise) throws BrokenInvariant {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            check(System.nanoTime() < deadline, otherwise);
            FaultInjector.pause(1000);
        }
    }

    private static void keepState(Lab lab, RoundLog log) {
        for (int number = 1; number <= 2; number++) {
            String state = lab.start("ssh", String.valueOf(number), "cat /proc/drbd; mount; journalctl --no-pager")
                    .killAfter(Duration.ofSeconds(60))
                    .await()
                    .output();
            log.keep("sv" + number + "-state.txt", state);
        }
        log.keep("switch.log", Lab.read(lab.file("switch/log").toString()));
        log.end();
    }

    private static void check(boolean holds, String otherwise) throws BrokenInvariant {
        if (!holds) {
            throw new BrokenInvariant(otherwise);
        }
    }
}
