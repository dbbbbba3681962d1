package io.jenkins.plugins.drbdocfs2.faults;

import io.jenkins.plugins.drbdocfs2.lab.Lab;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Runs rounds of faults in a separate lab; see faults/README.md. */
public final class Main {
    private static final String USAGE =
            "Usage: faults/run [--freeze|--fenced] [--rounds N] [--seed S] [--keep] [--list]";
    // a node that OCFS2 resets stays off until the round repairs it, so that the round detects the loss
    private static final Map<String, String> VARIABLES = Map.of("LAB_RESTART", "no");

    private static final Path SAVED = Path.of("target/faults");

    private final PrintStream out;
    private final Map<Fault, int[]> passedAndFailed = new EnumMap<>(Fault.class);
    private final List<String> failures = new ArrayList<>();

    /** @param out receives the messages */
    public Main(PrintStream out) {
        this.out = out;
    }

    /** Exit code 0: all rounds passed; 1: some failed; 2: wrong usage. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int rounds = 5;
        long seed = System.currentTimeMillis() / 1000 % 1_000_000;
        boolean list = false;
        boolean keep = false;
        PeerLossRounds losses = null;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                    case "--seed" -> seed = Long.parseLong(arguments[++i]);
                    case "--keep" -> keep = true;
                    case "--list" -> list = true;
                    case "--freeze" -> losses = new PeerLossRounds(out, false);
                    case "--fenced" -> losses = new PeerLossRounds(out, true);
                    default -> throw new IllegalArgumentException();
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            out.println(USAGE);
            System.exit(2);
        }
        if (losses != null && list) {
            losses.of(rounds, seed).forEach(out::println);
            System.exit(0);
        } else if (losses != null) {
            System.exit(losses.run(rounds, seed));
        }
        Main main = new Main(out);
        System.exit(list ? main.list(rounds, seed) : main.run(rounds, seed, keep));
    }

    private static List<Round> rounds(int count, long seed) {
        List<Round> rounds = new ArrayList<>();
        for (long next = seed; next < seed + count; next++) {
            rounds.add(Round.of(next));
        }
        return rounds;
    }

    private int list(int count, long seed) {
        rounds(count, seed).forEach(out::println);
        return 0;
    }

    /**
     * Runs rounds with consecutive seeds.
     *
     * @param keep whether to reuse a running lab, and to leave it running
     * @return 0 if all rounds passed, else 1
     */
    public int run(int count, long seed, boolean keep) {
        out.println("faults: " + count + " rounds from seed " + seed);
        Lab lab = keep ? Lab.again(VARIABLES, "sv1", "sv2") : Lab.up(VARIABLES, "sv1", "sv2");
        try {
            Clusters clusters = new Clusters(lab);
            for (Round round : rounds(count, seed)) {
                run(round, lab, clusters);
            }
        } finally {
            if (!keep) {
                lab.close();
            }
        }
        out.println("faults: seed " + seed + ", " + count + " rounds, " + failures.size() + " failed");
        out.println("| fault | passed | failed |\n| --- | --- | --- |");
        passedAndFailed.forEach(
                (fault, counts) -> out.println("| " + fault + " | " + counts[0] + " | " + counts[1] + " |"));
        return failures.isEmpty() ? 0 : 1;
    }

    /** What was wrong in each round that failed. */
    List<String> failures() {
        return failures;
    }

    private void run(Round round, Lab lab, Clusters clusters) {
        out.println(round);
        Path folder = SAVED.resolve(String.valueOf(round.seed()));
        RoundLog log = new RoundLog(out, folder);
        int[] counts = passedAndFailed.computeIfAbsent(round.fault(), fault -> new int[2]);
        Clusters.Known known = begin(clusters, round.scenario().start());
        log.add("starts");
        try {
            new RoundRun(round, lab, clusters.nodes(), log).run(known);
            log.add("passed");
            counts[0]++;
        } catch (BrokenInvariant | AssertionError e) {
            counts[1]++;
            failures.add(round + ": " + e.getMessage());
            log.add("FAILED: " + e.getMessage());
            keep(lab, clusters.nodes(), log);
            out.println("  saved in " + log.end() + "; repeat with faults/run --rounds 1 --seed " + round.seed());
        }
    }

    private static Clusters.Known begin(Clusters clusters, StartingCluster start) {
        try {
            return clusters.begin(start);
        } catch (BrokenInvariant e) {
            throw new IllegalStateException("without any fault, cluster " + start + " cannot be started", e);
        }
    }

    private static void keep(Lab lab, List<Node> nodes, RoundLog log) {
        for (Node node : nodes) {
            String state = node.attempt("ssh", "cat /proc/drbd; findmnt; ps -ef; journalctl -b --no-pager")
                    .output();
            log.keep(node.name() + "-state.txt", state);
            try {
                log.keep(
                        node.name() + "-console.log",
                        Files.readString(
                                lab.file("nodes/" + node.number() + "/console.log"), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                log.add("the console of " + node.name() + " cannot be kept: " + e);
            }
        }
    }
}
