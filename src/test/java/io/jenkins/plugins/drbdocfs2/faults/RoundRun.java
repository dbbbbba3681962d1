package io.jenkins.plugins.drbdocfs2.faults;

import io.jenkins.plugins.drbdocfs2.lab.Lab;
import io.jenkins.plugins.drbdocfs2.lab.LabBuild;
import io.jenkins.plugins.drbdocfs2.lab.ProgramResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One round: a build that a fault befalls, all healed, the same again, and what has to hold then. */
final class RoundRun {
    /** No build goes on for longer, whatever happens to the nodes. */
    private static final Duration LONGEST_BUILD = Duration.ofMinutes(20);

    private static final int MOST_ATTEMPTS = 4;
    private static final int KILLED = 137;

    private final Round round;
    private final Lab lab;
    private final List<Node> nodes;
    private final RoundLog story;

    RoundRun(Round round, Lab lab, List<Node> nodes, RoundLog log) {
        this.round = round;
        this.lab = lab;
        this.nodes = nodes;
        this.story = log;
    }

    /** @throws BrokenInvariant if something does not hold */
    void run(Clusters.Known known) throws BrokenInvariant {
        befall();
        heal();
        story.tell("all is mended");
        List<Map<String, String>> between = new ArrayList<>();
        for (Node node : nodes) {
            NodeLeftovers.checkProcesses(node);
            between.add(NodeLeftovers.texts(node));
        }
        story.tell("nothing is left running");
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

    private void befall() throws BrokenInvariant {
        LabBuild build = LabBuild.start(
                lab, round.scenario().jenkinsfile().text(), round.scenario().options());
        build.running().killedAfter(LONGEST_BUILD);
        LogMarkCounter marks = new LogMarkCounter(round.mark());
        boolean inTime = build.running().comes(marks);
        if (inTime) {
            FaultInjector.pause(round.delayMillis());
        }
        story.tell((inTime ? "mark " + round.mark() : "the build has ended after " + marks.seen() + " marks") + ": "
                + marks.last());
        FaultInjector injector = new FaultInjector(round, nodes, story);
        if (inTime || round.fault().strikesNode()) {
            injector.begin(build.running());
            injector.endInTime();
        }
        ProgramResult finished = build.end();
        story.build(finished.output());
        String error = lastError(finished.output());
        story.tell("the build ends with exit code " + finished.exitCode() + ". " + error);
        boolean killed = round.fault() == Fault.RUNNER_KILLED && finished.exitCode() == KILLED;
        boolean told = finished.exitCode() == 1 && !error.isEmpty();
        check(killed || told || finished.exitCode() == 0, "the build ended with neither success nor reason, or never");
        check(!finished.output().contains("\tat "), "the build ended with a stack trace");
    }

    private void heal() throws BrokenInvariant {
        for (Node node : nodes) {
            FaultInjector.heal(node, story);
        }
    }

    /** The same Jenkinsfile until it succeeds, which it does not only while a resource is split or a node lost. */
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
            heal();
            Optional<SplitBrain> split = SplitBrain.find(nodes);
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

    private void resolve(SplitBrain split) throws BrokenInvariant {
        String victim = nodes.get(round.node() - 1).name();
        LabBuild healed = build("heal the split, victim " + victim, split.remedy(), "--param", "VICTIM=" + victim);
        // Cut off while it was being made, the filesystem was only on the victim; then there is nothing left to mount
        boolean empty = healed.log().contains("drbdResolveSplitBrain " + split.resource() + " " + victim + ": changed")
                && healed.log().contains("holds no filesystem");
        check(healed.end().exitCode() == 0 || empty, "the split cannot be healed:\n" + tail(healed.log()));
    }

    private LabBuild build(String what, String jenkinsfile, String... options) {
        LabBuild build = LabBuild.start(lab, jenkinsfile, options);
        build.running().killedAfter(LONGEST_BUILD);
        ProgramResult finished = build.end();
        story.build(finished.output());
        story.tell(what + ": exit code " + finished.exitCode() + ". " + lastError(finished.output()));
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

    // From the disk of each node: the one that is Primary first, then the other.
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
                .filter(line -> line.startsWith("ERROR: ") || line.equals("Finished: ABORTED"))
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
