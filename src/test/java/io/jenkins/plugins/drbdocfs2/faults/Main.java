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

/** Runs rounds of faults on a lab of its own; see faults/README.md. */
public final class Main {
    private static final String USAGE = "Usage: faults/run [--rounds N] [--seed S] [--keep] [--list]";
    // a node that OCFS2 resets stays off until it is mended, so a round can tell that it was lost
    private static final Map<String, String> VARIABLES = Map.of("LAB_RESTART", "no");

    private static final Path KEPT = Path.of("target/faults");

    private final PrintStream out;
    private final Map<Fault, int[]> heldAndMissed = new EnumMap<>(Fault.class);
    private int missed;

    /** @param out takes what there is to tell */
    public Main(PrintStream out) {
        this.out = out;
    }

    /** Exit code 0: all rounds held; 1: not; 2: wrong usage. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int rounds = 5;
        long seed = System.currentTimeMillis() / 1000 % 1_000_000;
        boolean list = false;
        boolean keep = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                    case "--seed" -> seed = Long.parseLong(arguments[++i]);
                    case "--keep" -> keep = true;
                    case "--list" -> list = true;
                    default -> throw new IllegalArgumentException();
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            out.println(USAGE);
            System.exit(2);
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
     * Runs rounds, each with a seed of its own that follows that of the one before.
     *
     * @param keep whether to go on with a lab that is up, and to leave it up
     * @return 0 if all held, else 1
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
        out.println("faults: seed " + seed + ", " + count + " rounds, " + missed + " missed");
        out.println("| fault | held | missed |\n| --- | --- | --- |");
        heldAndMissed.forEach(
                (fault, counts) -> out.println("| " + fault + " | " + counts[0] + " | " + counts[1] + " |"));
        return missed == 0 ? 0 : 1;
    }

    private void run(Round round, Lab lab, Clusters clusters) {
        out.println(round);
        Path folder = KEPT.resolve(String.valueOf(round.seed()));
        RoundLog log = new RoundLog(out, folder);
        int[] counts = heldAndMissed.computeIfAbsent(round.fault(), fault -> new int[2]);
        Clusters.Known known = begin(clusters, round.scenario().start());
        log.tell("begins");
        try {
            new RoundRun(round, lab, clusters.nodes(), log).run(known);
            log.tell("held");
            counts[0]++;
        } catch (BrokenInvariant | AssertionError e) {
            counts[1]++;
            missed++;
            log.tell("MISSED: " + e.getMessage());
            keep(lab, clusters.nodes(), log);
            out.println("  kept in " + log.end() + "; again: faults/run --rounds 1 --seed " + round.seed());
        }
    }

    private static Clusters.Known begin(Clusters clusters, StartingCluster start) {
        try {
            return clusters.begin(start);
        } catch (BrokenInvariant e) {
            throw new IllegalStateException("without any fault, " + start + " cannot be had", e);
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
                log.tell("the console of " + node.name() + " cannot be kept: " + e);
            }
        }
    }
}
