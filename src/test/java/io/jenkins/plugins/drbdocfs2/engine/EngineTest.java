package io.jenkins.plugins.drbdocfs2.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.LocalShell;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.StepPosition;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.lock.LockOwner;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterExec;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.result.StepProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    @TempDir
    private Path dir;

    private final List<String> log = new ArrayList<>();

    /** Writes a text to a file, then runs a command. */
    private record WriteAndRun(String path, String text, String command)
            implements Operation, Operation.TakesEarlierAnswers {
        @Override
        public String step() {
            return "hold";
        }

        @Override
        public Map<String, Object> subject() {
            return Map.of("path", path);
        }

        @Override
        public void check(List<Node> nodes) {}

        private Probe<FileFact> file() {
            return SystemProbes.file(path);
        }

        @Override
        public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
            return known.isEmpty() ? ProbeSet.of(file()) : ProbeSet.of();
        }

        @Override
        public Plan plan(ClusterFacts facts) throws StepFailure {
            Plan.Builder plan = new Plan.Builder();
            for (NodeFacts node : facts.all()) {
                FileFact now = node.get(file());
                if (now.text().equals("precious")) {
                    Refusals refusals = new Refusals();
                    refusals.add(Refusal.of(NodeRefusal.NOT_ROOT)
                            .on(node.name())
                            .found(path + " is precious")
                            .wouldLose("It would be lost")
                            .allowedBy("spare: true")
                            .remedy("Set spare: true"));
                    refusals.check();
                }
                if (!text.equals(now.textOrNull())) {
                    plan.stage("write", List.of(new PutFile(node.name(), path, now.textOrNull(), text, "0600")));
                    plan.stage(
                            "run", List.of(Command.shell(node.name(), command).hint("Do better.")));
                }
            }
            return plan.build();
        }

        @Override
        public Report report(Findings found) {
            Report report = Report.ofNodes(found.facts(), node -> {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put("content", node.get(file()).text());
                if (found.isOutcome()) {
                    values.put("bytes", node.get(file()).text().length());
                }
                return values;
            });
            return found.isOutcome()
                    ? report.and(Map.of(
                            "contentBefore",
                            found.before().all().get(0).get(file()).text()))
                    : report;
        }

        @Override
        public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
            return facts.change(file(), old -> new FileFact(true, text, "600"));
        }
    }

    private Outcome run(Cluster cluster, Operation operation, boolean dryRun) throws Exception {
        return new Engine(cluster, log::add).run(operation, List.of(), dryRun);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> onlyNode(Outcome outcome) {
        return (Map<String, Object>) ((Map<String, Object>) outcome.result().get("nodes"))
                .values()
                .iterator()
                .next();
    }

    private Path file() {
        return dir.resolve("f");
    }

    private WriteAndRun writeAndRun(String text, String command) {
        return new WriteAndRun(file().toString(), text, command);
    }

    @Test
    void countsItsLooks() throws Exception {
        SequentialCluster cluster = SequentialCluster.thisMachine();
        assertThat(looks(run(cluster, writeAndRun("text\n", "echo done"), false)))
                .containsEntry("roundTrips", 2)
                .containsKey("processes");
        assertThat(looks(run(cluster, writeAndRun("text\n", "echo done"), false)))
                .containsEntry("roundTrips", 1);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> looks(Outcome outcome) {
        return (Map<String, Object>) outcome.result().get("looks");
    }

    /** Reads a version, which lasts, from a file; wants a version, or makes a file with its name, or neither. */
    private record ByVersion(String path, String wanted, String made) implements Operation {
        private Probe<String> version() {
            return new Probe<>(
                            "version", "cat " + path, reading -> reading.text().strip())
                    .lasting(version -> !version.isEmpty());
        }

        @Override
        public void check(List<Node> nodes) {}

        @Override
        public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
            return known.isEmpty() ? ProbeSet.of(version()) : ProbeSet.of();
        }

        @Override
        public Plan plan(ClusterFacts facts) throws StepFailure {
            Plan.Builder plan = new Plan.Builder();
            for (NodeFacts node : facts.all()) {
                String version = node.get(version());
                if (wanted != null && !wanted.equals(version)) {
                    throw new StepFailure("the version is " + version);
                }
                if (made != null) {
                    plan.stage("make", List.of(Command.of(node.name(), "touch", made + version)));
                }
            }
            return plan.build();
        }

        @Override
        public Map<String, Object> nodeReport(NodeFacts facts) {
            return Map.of("version", facts.get(version()));
        }
    }

    private ByVersion byVersion(String wanted, String made) {
        return new ByVersion(dir.resolve("version").toString(), wanted, made);
    }

    /** A cluster with a block in which a step that did nothing has read version 1, before it became 2. */
    private SequentialCluster afterVersion1() throws Exception {
        SequentialCluster cluster = SequentialCluster.thisMachine();
        Files.writeString(dir.resolve("version"), "1");
        run(cluster, byVersion(null, null), false);
        Files.writeString(dir.resolve("version"), "2");
        return cluster;
    }

    @Test
    void readsWhatLastsOnceForStepsThatDoNothing() throws Exception {
        Outcome second = run(afterVersion1(), byVersion(null, null), false);
        assertThat(onlyNode(second)).containsEntry("version", "1");
        assertThat(looks(second)).containsEntry("roundTrips", 1);
    }

    @Test
    void decidesNoChangeByAKeptAnswer() throws Exception {
        String made = dir.resolve("made").toString();
        Outcome outcome = run(afterVersion1(), byVersion(null, made), false);
        assertThat(outcome.failure()).isNull();
        assertThat(Path.of(made + 1)).doesNotExist();
        assertThat(Path.of(made + 2)).exists();
    }

    @Test
    void decidesNoRefusalByAKeptAnswer() throws Exception {
        SequentialCluster cluster = afterVersion1();
        assertThat(run(cluster, byVersion("2", null), false).failure()).isNull();
        assertThat(run(cluster, byVersion("1", null), false).failure()).endsWith("the version is 2");
    }

    @Test
    void readsEverythingAgainAfterACommand() throws Exception {
        SequentialCluster cluster = afterVersion1();
        run(cluster, new ClusterExec("true", false, false, 1), false);
        assertThat(onlyNode(run(cluster, byVersion(null, null), false))).containsEntry("version", "2");
    }

    @Test
    void readsEverythingAgainAfterAWaitForALock() throws Exception {
        SequentialCluster cluster = afterVersion1();
        new Engine(cluster, log::add)
                .run(writeAndRun("text\n", "true"), List.of(), false, Engine.Locking.by(new LockOwner("id", "name")));
        assertThat(onlyNode(run(cluster, byVersion(null, null), false))).containsEntry("version", "2");
    }

    /** Runs a step whose ID is this number, right after the step with the number before. */
    private Outcome runInOrder(Cluster cluster, int number, Operation operation, boolean dryRun) throws Exception {
        StepPosition position = new StepPosition(String.valueOf(number), String.valueOf(number - 1));
        return new Engine(cluster, Precondition.NONE, log::add, StepProgress.NONE, position)
                .run(operation, List.of(), dryRun);
    }

    @Test
    void findsNothingToDoByTheAnswersOfTheStepRightBefore() throws Exception {
        SequentialCluster cluster = SequentialCluster.thisMachine();
        WriteAndRun operation = writeAndRun("text\n", "true");
        assertThat(looks(runInOrder(cluster, 1, operation, false))).containsEntry("roundTrips", 2);
        Outcome second = runInOrder(cluster, 2, operation, false);
        assertThat(looks(second)).containsEntry("roundTrips", 0);
        assertThat(second.result()).containsEntry("changed", false);
        assertThat(onlyNode(second)).containsEntry("content", "text\n");
        assertThat(looks(runInOrder(cluster, 4, operation, false))).containsEntry("roundTrips", 1);
    }

    @Test
    void decidesNoChangeByTheAnswersOfTheStepRightBefore() throws Exception {
        SequentialCluster cluster = SequentialCluster.thisMachine();
        runInOrder(cluster, 1, writeAndRun("text\n", "true"), false);
        Files.writeString(file(), "precious");
        assertThat(runInOrder(cluster, 2, writeAndRun("new\n", "true"), false).refusals())
                .hasSize(1);
        assertThat(file()).hasContent("precious");
    }

    @Test
    void takesNoAnswersOfAnEarlierStepForAReportOrADryRun() throws Exception {
        SequentialCluster cluster = SequentialCluster.thisMachine();
        Files.writeString(dir.resolve("version"), "");
        runInOrder(cluster, 1, byVersion(null, null), false);
        assertThat(looks(runInOrder(cluster, 2, byVersion(null, null), false))).containsEntry("roundTrips", 1);
        WriteAndRun operation = writeAndRun("text\n", "true");
        runInOrder(cluster, 3, operation, false);
        assertThat(looks(runInOrder(cluster, 4, operation, true))).containsEntry("roundTrips", 1);
    }

    /** Makes a file; afterwards it asks only for that, not for another file again. */
    private record MakesOne(String made, String other) implements Operation {
        private static Probe<String> text(String path) {
            return new Probe<>(path, "cat " + path, reading -> reading.text().strip());
        }

        @Override
        public void check(List<Node> nodes) {}

        @Override
        public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
            return known.isEmpty() ? ProbeSet.of(text(made), text(other)) : ProbeSet.of();
        }

        @Override
        public Optional<ProbeSet> probesAfter(Node node, List<Node> nodes) {
            return Optional.of(ProbeSet.of(text(made)));
        }

        @Override
        public Plan plan(ClusterFacts facts) {
            Change make = Command.shell(facts.names().get(0), "echo new > " + made + "; echo changed > " + other);
            return new Plan.Builder().stage("make", List.of(make)).build();
        }

        @Override
        public Map<String, Object> nodeReport(NodeFacts facts) {
            return Map.of("made", facts.get(text(made)), "other", facts.get(text(other)));
        }
    }

    @Test
    void asksAfterItsChangesOnlyForWhatTheyCanHaveChanged() throws Exception {
        Files.writeString(dir.resolve("other"), "old");
        MakesOne operation = new MakesOne(
                dir.resolve("made").toString(), dir.resolve("other").toString());
        Outcome outcome = run(SequentialCluster.thisMachine(), operation, false);
        assertThat(onlyNode(outcome)).containsEntry("made", "new").containsEntry("other", "old");
        assertThat(looks(outcome)).containsEntry("roundTrips", 2);
    }

    @Test
    void omitsMissingParametersFromTheStepTitle() throws Exception {
        SequentialCluster cluster = SequentialCluster.thisMachine();
        assertThat(run(cluster, new DrbdPromote("r0", null, false), false).failure())
                .startsWith("drbdPromote r0: node must be given");
        assertThat(run(cluster, new ClusterExec(null, true, false, 1), false).failure())
                .startsWith("clusterExec: script must be given");
    }

    @Test
    void changesWhatIsMissingAndOnlyReadsInASecondRun() throws Exception {
        SequentialCluster cluster = SequentialCluster.thisMachine();
        Outcome first = run(cluster, writeAndRun("text\n", "echo done"), false);
        assertThat(first.failure()).isNull();
        assertThat(first.result()).containsEntry("changed", true).containsEntry("step", "hold");
        assertThat(onlyNode(first)).containsEntry("content", "text\n");
        assertThat(file()).hasContent("text\n");
        int scripts = cluster.scripts().size();
        Outcome second = run(cluster, writeAndRun("text\n", "echo done"), false);
        assertThat(second.result()).containsEntry("changed", false);
        assertThat(onlyNode(second)).containsEntry("commands", List.of());
        assertThat(cluster.scripts()).hasSize(scripts + 1);
    }

    @Test
    void asksForALockBeforeTheFirstChangeAndLooksAgainWhenItHasIt() throws Exception {
        SequentialCluster cluster = SequentialCluster.thisMachine();
        Engine engine = new Engine(cluster, log::add);
        WriteAndRun operation = writeAndRun("text\n", "echo done");

        Outcome asking = engine.run(operation, List.of(), false, Engine.Locking.ASK);
        assertThat(asking.needsLock()).isTrue();
        assertThat(file()).doesNotExist();
        assertThat(log).isEmpty();
        int looks = cluster.scripts().size();

        // another build did the same work meanwhile
        cluster.onLock(() -> Files.writeString(file(), "text\n"));
        Engine.Locking locking = Engine.Locking.by(LockOwner.of("1", "a build"), asking.toLock());
        Outcome locked = engine.run(operation, List.of(), false, locking);
        assertThat(locked.needsLock()).isFalse();
        assertThat(locked.result()).containsEntry("changed", false);
        assertThat(cluster.scripts()).hasSize(looks + 1);
    }

    @Test
    void looksAgainIfItLocksANodeAfterItsLook() throws Exception {
        SequentialCluster cluster = SequentialCluster.thisMachine();
        cluster.onLock(() -> Files.writeString(file(), "text\n"));
        Outcome locked = new Engine(cluster, log::add)
                .run(
                        writeAndRun("text\n", "echo done"),
                        List.of(),
                        false,
                        Engine.Locking.by(LockOwner.of("1", "a build")));
        assertThat(locked.result()).containsEntry("changed", false);
        assertThat(cluster.scripts()).hasSize(2);
    }

    @Test
    void aPlanEndsIfItsLockIsLostBetweenTwoStages() throws Exception {
        SequentialCluster cluster = SequentialCluster.thisMachine();
        cluster.loseLocks();
        Outcome outcome = new Engine(cluster, log::add)
                .run(
                        writeAndRun("text\n", "touch " + dir.resolve("ran")),
                        List.of(),
                        false,
                        Engine.Locking.by(LockOwner.of("1", "a build")));
        assertThat(outcome.failure())
                .contains("the lock against other changes was lost with its connection", "Run the build again");
        assertThat(dir.resolve("ran")).doesNotExist();
    }

    @Test
    void neitherLooksNorDryRunsNeedALock() throws Exception {
        SequentialCluster cluster = SequentialCluster.thisMachine();
        cluster.onLock(() -> {
            throw new IllegalStateException("locked");
        });
        Engine engine = new Engine(cluster, log::add);
        WriteAndRun operation = writeAndRun("text\n", "echo done");
        assertThat(engine.run(operation, List.of(), true, Engine.Locking.ASK).needsLock())
                .isFalse();
        Files.writeString(file(), "text\n");
        assertThat(engine.run(operation, List.of(), false, Engine.Locking.ASK).needsLock())
                .isFalse();
        assertThat(engine.run(operation, List.of(), false, Engine.Locking.by(LockOwner.of("1", "a build")))
                        .failure())
                .isNull();
    }

    @Test
    void reportsTheOutcomeOnlyOfAStepThatWasExecuted() throws Exception {
        Files.writeString(file(), "old");
        SequentialCluster cluster = SequentialCluster.thisMachine();
        Outcome dry = run(cluster, writeAndRun("text", "true"), true);
        assertThat(dry.result()).doesNotContainKey("contentBefore");
        assertThat(onlyNode(dry)).containsEntry("content", "old").doesNotContainKeys("bytes", "assumed");
        Outcome failed = run(SequentialCluster.thisMachine(), writeAndRun("failing", "false"), false);
        assertThat(failed.result()).doesNotContainKey("contentBefore").containsKey("error");
        assertThat(onlyNode(failed)).doesNotContainKey("bytes");
        Outcome real = run(SequentialCluster.thisMachine(), writeAndRun("text", "true"), false);
        assertThat(real.result()).containsEntry("contentBefore", "failing");
        assertThat(onlyNode(real)).containsEntry("content", "text").containsEntry("bytes", 4);
        Outcome again = run(SequentialCluster.thisMachine(), writeAndRun("text", "true"), false);
        assertThat(again.result()).containsEntry("changed", false).containsEntry("contentBefore", "text");
        Files.writeString(file(), "precious");
        SequentialCluster refusing = SequentialCluster.thisMachine();
        String name = refusing.nodes().get(0).name();
        Outcome refused = run(refusing, writeAndRun("text", "true"), false);
        assertThat(refused.result()).doesNotContainKey("contentBefore").containsEntry("refused", true);
        assertThat(refused.failure())
                .endsWith(": " + name + ": " + file() + " is precious. It would be lost. Set spare: true.");
        assertThat(refused.refusals())
                .containsExactly(Map.of(
                        "id", "node.not-root",
                        "node", name,
                        "finding", file() + " is precious",
                        "loss", "It would be lost",
                        "allowedBy", "spare: true",
                        "remedy", "Set spare: true"));
        assertThat(onlyNode(refused)).containsEntry("content", "precious").doesNotContainKey("bytes");
    }

    @Test
    void marksTheValuesThatADryRunAssumes() throws Exception {
        Files.writeString(file(), "old");
        SequentialCluster cluster = SequentialCluster.thisMachine();
        run(cluster, writeAndRun("text", "true"), true);
        assertThat(onlyNode(run(cluster, writeAndRun("text", "true"), true)))
                .containsEntry("content", "text")
                .containsEntry("assumed", List.of("content"));
        assertThat(onlyNode(run(cluster, writeAndRun("old", "true"), false)))
                .containsEntry("content", "old")
                .doesNotContainKey("assumed");
    }

    @Test
    void dryRunPrintsTheDiffChangesNothingAndIsAssumedByTheNextOne() throws Exception {
        Files.writeString(file(), "old\n");
        SequentialCluster cluster = SequentialCluster.thisMachine();
        Outcome outcome = run(cluster, writeAndRun("new\n", "touch " + dir.resolve("g")), true);
        assertThat(outcome.result()).containsEntry("dryRun", true).containsEntry("changed", true);
        assertThat(String.join("\n", log)).contains("-old", "+new", "would run");
        assertThat(file()).hasContent("old\n");
        assertThat(dir.resolve("g")).doesNotExist();
        assertThat(run(cluster, writeAndRun("new\n", "true"), true).result()).containsEntry("changed", false);
        assertThat(run(cluster, writeAndRun("new\n", "true"), false).result()).containsEntry("changed", true);
    }

    @Test
    void reportsAFailedCommandWithNodeExitCodeErrorAndHint() throws Exception {
        Outcome outcome = run(SequentialCluster.thisMachine(), writeAndRun("x", "echo wrong >&2; exit 7"), false);
        assertThat(outcome.failure())
                .contains("hold " + file())
                .contains("on " + SequentialCluster.thisMachineName())
                .contains("`echo wrong >&2; exit 7`")
                .contains("exit code 7: wrong")
                .contains("Do better.");
        assertThat(outcome.result()).containsEntry("error", outcome.failure()).containsEntry("changed", true);
        assertThat(onlyNode(outcome).get("commands").toString()).contains("exitCode=7");
    }

    @Test
    void changesNothingAfterARefusal() throws Exception {
        Files.writeString(file(), "precious");
        Outcome outcome = run(SequentialCluster.thisMachine(), writeAndRun("x", "true"), false);
        assertThat(outcome.failure()).contains("is precious. It would be lost. Set spare: true.");
        assertThat(outcome.result()).containsEntry("changed", false);
        assertThat(file()).hasContent("precious");
    }

    @Test
    @DisplayName("H9: refuses a machine with another name before any change")
    void refusesAMachineWithAnotherNameBeforeAnyChange() throws Exception {
        Outcome outcome = run(SequentialCluster.thisMachineAs("sv99"), writeAndRun("x", "true"), false);
        assertThat(outcome.failure())
                .contains("sv99: `uname -n`")
                .contains("'" + SequentialCluster.thisMachineName() + "', not 'sv99'");
        assertThat(file()).doesNotExist();
    }

    @Test
    void refusesAUserOtherThanRootBeforeAnyOtherProbe() throws Exception {
        LocalShell shell = new LocalShell(SequentialCluster.thisMachineName(), "read() { key=Uid: uid=1000; }\n");
        Outcome outcome = run(new SequentialCluster(shell), writeAndRun("x", "true"), false);
        assertThat(outcome.failure()).contains("run there as user id 1000, not as root", "set sudo: true");
        assertThat(shell.scripts()).hasSize(1);
    }

    @Test
    void namesAnUnknownNodeAndTheKnownOnes() throws Exception {
        Outcome outcome = new Engine(SequentialCluster.thisMachine(), log::add)
                .run(writeAndRun("x", "true"), List.of("sv7"), false);
        assertThat(outcome.failure()).contains("no node 'sv7'").contains(SequentialCluster.thisMachineName());
    }

    @Test
    void masksSecretsInLogAndResult() throws Exception {
        Outcome outcome = run(
                SequentialCluster.thisMachine(),
                writeAndRun(
                        "shared-secret \"s3cret\";\n",
                        "echo pass-word; echo pass-word shared-secret s3cret >&2; exit 1"),
                false);
        assertThat(outcome.result().toString() + log + outcome.failure())
                .doesNotContain("pass-word")
                .doesNotContain("s3cret")
                .contains("********");
    }

    @Test
    void doesNotOverwriteAFileThatSomebodyElseChangedMeanwhile() throws Exception {
        WriteAndRun racing = writeAndRun("mine", "true");
        SequentialCluster cluster = SequentialCluster.thisMachine();
        Operation late = new Operation() {
            private static final long serialVersionUID = 1L;

            @Override
            public String step() {
                return racing.step();
            }

            @Override
            public Map<String, Object> subject() {
                return racing.subject();
            }

            @Override
            public void check(List<Node> nodes) {}

            @Override
            public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
                return racing.probes(node, nodes, known);
            }

            @Override
            public Plan plan(ClusterFacts facts) throws StepFailure {
                try {
                    Files.writeString(file(), "theirs");
                } catch (IOException e) {
                    throw new StepFailure("", e);
                }
                return racing.plan(facts);
            }

            @Override
            public Report report(Findings found) {
                return Report.ofNodes(found.facts(), node -> Map.of());
            }
        };
        assertThat(run(cluster, late, false).failure()).contains("changed on the node after it was read");
        assertThat(file()).hasContent("theirs");
    }
}
