package io.jenkins.plugins.drbdocfs2.faults;

import io.jenkins.plugins.drbdocfs2.lab.Lab;
import io.jenkins.plugins.drbdocfs2.lab.LabBuild;
import io.jenkins.plugins.drbdocfs2.lab.ProgramResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One round: a build with a fault, the repair, the same build again, and the checks afterwards. */
final class RoundRun {
    /** The maximum duration of a build, whatever happens to the nodes. */
    private static final Duration LONGEST_BUILD = Duration.ofMinutes(20);

    private static final int MOST_ATTEMPTS = 4;
    private static final int KILLED = 137;
    private static final int LONGEST_CONNECT_SECONDS = 30;

    private final Round round;
    private final Lab lab;
    private final List<Node> nodes;
    private final RoundLog log;

    RoundRun(Round round, Lab lab, List<Node> nodes, RoundLog log) {
        this.round = round;
        this.lab = lab;
        this.nodes = nodes;
        this.log = log;
    }

    /** @throws BrokenInvariant if a check fails */
    void run(Clusters.Known known) throws BrokenInvariant {
        buildWithFault();
        repair();
        log.add("all nodes are repaired");
        List<Map<String, String>> between = new ArrayList<>();
        for (Node node : nodes) {
            NodeLeftovers.checkProcesses(node);
            between.add(NodeLeftovers.texts(node));
        }
        log.add("no processes are left");
        converge();
        LabBuild unchanged = build(
                "third build",
                round.scenario().jenkinsfile().text(),
                round.scenario().options());
        check(unchanged.end().exitCode() == 0, "run once more, it fails:\n" + tail(unchanged.log()));
        unchanged.changesNothing();
        for (Node node : nodes) {
            int index = node.number() - 1;
            NodeLeftovers.checkProcesses(node);
            NodeLeftovers.checkFiles(node);
            NodeLeftovers.checkWhole(node, known.texts().get(index), between.get(index), NodeLeftovers.texts(node));
            check(
                    TestPatterns.others(node).equals(known.others().get(index)),
                    node.name() + ": disks were written to that no Jenkinsfile names");
        }
        checkShared(known);
        checkSingle(known);
    }

    private void buildWithFault() throws BrokenInvariant {
        LabBuild build = LabBuild.startProcess(
                lab, round.scenario().jenkinsfile().text(), round.scenario().options());
        build.process().killAfter(LONGEST_BUILD);
        LogMarkCounter marks = new LogMarkCounter(round.mark());
        boolean inTime = build.process().readUntil(marks);
        if (inTime) {
            FaultInjector.pause(round.delayMillis());
        }
        log.add((inTime ? "mark " + round.mark() : "the build has ended after " + marks.seen() + " marks") + ": "
                + marks.last());
        FaultInjector injector = new FaultInjector(round, nodes, log);
        if (inTime || round.fault().affectsNode()) {
            injector.inject(build.process());
            injector.endDuringBuild();
        }
        ProgramResult finished = build.end();
        log.build(finished.output());
        String error = lastError(finished.output());
        log.add("the build ends with exit code " + finished.exitCode() + ". " + error);
        boolean killed = round.fault() == Fault.RUNNER_KILLED && finished.exitCode() == KILLED;
        boolean reported = finished.exitCode() == 1 && !error.isEmpty();
        check(
                killed || reported || finished.exitCode() == 0,
                "the build ended with neither success nor reason, or never");
        check(!hasStackTrace(finished.output()), "the build ended with a stack trace");
    }

    // with a failed assert, Groovy prints where in the Jenkinsfile that is
    private static boolean hasStackTrace(String log) {
        return log.lines().anyMatch(line -> line.startsWith("\tat ") && !line.startsWith("\tat WorkflowScript."));
    }

    private void repair() throws BrokenInvariant {
        for (Node node : nodes) {
            FaultInjector.repair(node, log);
        }
    }

    /** Repeats the Jenkinsfile until it succeeds. It may fail only while a resource has a split brain or a node is lost. */
    private void converge() throws BrokenInvariant {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            LabBuild again = build(
                    "again",
                    round.scenario().jenkinsfile().text(),
                    round.scenario().options());
            if (again.end().exitCode() == 0) {
                return;
            }
            boolean lost = nodes.stream().anyMatch(Node::isOff);
            repair();
            Optional<SplitBrain> split = findSplit(again.log().contains("has split"));
            check(lost || split.isPresent(), "run again, it fails:\n" + tail(again.log()));
            if (split.isPresent()) {
                check(
                        again.log().toLowerCase().contains("split"),
                        "'" + split.get().resource() + "' has split, and the build does not say so:\n"
                                + tail(again.log()));
                resolve(split.get());
            }
        }
        throw new BrokenInvariant("run again " + MOST_ATTEMPTS + " times, it does not succeed");
    }

    // The build reads it from the metadata, also before DRBD finds it when the nodes connect.
    private Optional<SplitBrain> findSplit(boolean reported) throws BrokenInvariant {
        Optional<SplitBrain> split = SplitBrain.find(nodes);
        for (int i = 0; reported && split.isEmpty() && i < LONGEST_CONNECT_SECONDS; i++) {
            FaultInjector.pause(1000);
            split = SplitBrain.find(nodes);
        }
        return split;
    }

    private void resolve(SplitBrain split) throws BrokenInvariant {
        String victim = nodes.get(round.node() - 1).name();
        LabBuild resolved = build("heal the split, victim " + victim, split.remedy(), "--param", "VICTIM=" + victim);
        // An interrupted mkfs may have written only to the victim; then no filesystem is left to mount
        boolean empty =
                resolved.log().contains("drbdResolveSplitBrain " + split.resource() + " " + victim + ": changed")
                        && resolved.log().contains("holds no filesystem");
        check(resolved.end().exitCode() == 0 || empty, "the split cannot be healed:\n" + tail(resolved.log()));
    }

    private LabBuild build(String what, String jenkinsfile, String... options) {
        LabBuild build = LabBuild.start(lab, jenkinsfile, options);
        ProgramResult finished = build.end();
        log.build(finished.output());
        log.add(what + ": exit code " + finished.exitCode() + ". " + lastError(finished.output()));
        return build;
    }

    private void checkShared(Clusters.Known known) throws BrokenInvariant {
        if (known.shared().isEmpty() || round.scenario() == Scenario.TEARDOWN_WITH_FILES) {
            return;
        }
        for (Node node : nodes) {
            check(
                    TestPatterns.shared(node).equals(known.shared()),
                    node.name() + ": the files of r0 are not as they were");
        }
    }

    // Reads the disk of each node, the Primary first.
    private void checkSingle(Clusters.Known known) throws BrokenInvariant {
        if (known.single().isEmpty()) {
            return;
        }
        List<Node> order = new ArrayList<>(nodes);
        if (nodes.get(1).run("drbdadm role wwwdata").startsWith("Primary")) {
            order = List.of(nodes.get(1), nodes.get(0));
        }
        for (Node node : order) {
            check(
                    TestPatterns.single(node).equals(known.single()),
                    node.name() + ": the files of wwwdata are not as they were");
            TestPatterns.release(node);
        }
    }

    private static String lastError(String log) {
        return log.lines()
                .filter(line -> line.startsWith("ERROR: ")
                        || line.startsWith("Assertion failed:") // an assert of the Jenkinsfile
                        || line.equals("Finished: ABORTED"))
                .reduce((first, second) -> second)
                .orElse("");
    }

    private static String tail(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
    }

    private static void check(boolean holds, String otherwise) throws BrokenInvariant {
        if (!holds) {
            throw new BrokenInvariant(otherwise);
        }
    }
}
