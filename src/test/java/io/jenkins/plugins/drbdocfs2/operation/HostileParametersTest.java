package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Change.Reboot;
import io.jenkins.plugins.drbdocfs2.engine.Cluster;
import io.jenkins.plugins.drbdocfs2.engine.DryRunState;
import io.jenkins.plugins.drbdocfs2.engine.Engine;
import io.jenkins.plugins.drbdocfs2.engine.FileWriteScript;
import io.jenkins.plugins.drbdocfs2.engine.Log;
import io.jenkins.plugins.drbdocfs2.engine.Mask;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Outcome;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.KeptFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.hostile.BoundedRun;
import io.jenkins.plugins.drbdocfs2.hostile.HostileText;
import io.jenkins.plugins.drbdocfs2.hostile.RecordingShell;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterNode;
import io.jenkins.plugins.drbdocfs2.jenkins.NodeChecks;
import io.jenkins.plugins.drbdocfs2.lock.LockOwner;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterExec;
import io.jenkins.plugins.drbdocfs2.remote.FakeRemote;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import io.jenkins.plugins.drbdocfs2.steps.ClusterExecStep;
import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * Any text in a parameter of a step is either refused before anything is sent, or reaches a shell only as one word or as
 * the content of a file.
 */
class HostileParametersTest {
    private static final Duration SAFETY_NET = Duration.ofSeconds(30);
    private static final long MOST_BYTES = 2L << 30;
    private static final int LONGEST_MESSAGE = 2000;
    /** Text that is not special to a shell nor, without a leading hyphen, to a program. */
    private static final Pattern PROCESS = Pattern.compile("/proc/\\d+/(fd|ns/mnt)");

    private static final Pattern PLAIN = Pattern.compile("(?!-)[A-Za-z0-9_@%+=:,./-]*");

    /** Parameters of several words, as their help says. */
    private static final Set<String> LISTS = Set.of("packages", "devices", "ports", "nodes");

    private static final Pattern TOKEN = Pattern.compile("VerifySharing-[0-9a-f]{8}");
    private static final Map<String, Set<List<String>>> EXPECTED = new HashMap<>();

    private static Path directory;
    private static RecordingShell shell;

    @BeforeContainer
    static void makeSandbox() throws IOException {
        directory = Files.createTempDirectory("hostile");
        shell = new RecordingShell(directory);
    }

    @AfterContainer
    static void removeSandbox() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /**
     * A parameter and its hostile value.
     *
     * @param calls the call with the parameter
     * @param parameter its name
     * @param value the text
     */
    private record Attack(StepCalls calls, String parameter, String value) {
        StepCall call() {
            return calls.valid.with(parameter, value);
        }

        /** The call with the value trimmed as most setters do. */
        StepCall stripped() {
            String left = ParameterText.trimmed(value);
            return calls.valid.with(parameter, left == null ? value : left);
        }

        @Override
        public String toString() {
            String shown = value.length() > 200 ? value.substring(0, 200) + "... (" + value.length() + ")" : value;
            return calls + " " + parameter + ": " + shown;
        }
    }

    @Provide
    Arbitrary<Attack> attacks() {
        List<Tuple.Tuple2<StepCalls, String>> places = new ArrayList<>();
        for (StepCalls calls : StepCalls.values()) {
            calls.valid.givenTexts().forEach(name -> places.add(Tuple.of(calls, name)));
        }
        return Arbitraries.of(places).flatMap(place -> values(place.get1().valid.text(place.get2()))
                .map(value -> new Attack(place.get1(), place.get2(), value)));
    }

    private static Arbitrary<String> values(String valid) {
        Arbitrary<String> huge = Combinators.combine(
                        Arbitraries.of("", valid), HostileText.pieces(), Arbitraries.of("", "\0"))
                .as((start, piece, end) -> start + piece.repeat((1 << 20) / piece.length()) + end);
        return Arbitraries.frequencyOf(Tuple.of(60, HostileText.around(valid)), Tuple.of(1, huge))
                .withoutEdgeCases();
    }

    @Example
    void attacksEveryTextOfEveryStep() {
        Set<Class<?>> steps = new LinkedHashSet<>();
        for (IndexItem<Extension, Object> item :
                Index.load(Extension.class, Object.class, HostileParametersTest.class.getClassLoader())) {
            try {
                if (item.className().startsWith("io.jenkins.plugins.drbdocfs2.steps.")
                        && item.instance() instanceof StepDescriptor descriptor
                        && ClusterStep.class.isAssignableFrom(descriptor.clazz)) {
                    steps.add(descriptor.clazz);
                }
            } catch (InstantiationException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(steps).hasSizeGreaterThan(20);
        for (Class<?> step : steps) {
            Set<String> attacked = Arrays.stream(StepCalls.values())
                    .filter(calls -> calls.valid.type() == step)
                    .flatMap(calls -> calls.valid.givenTexts().stream())
                    .collect(Collectors.toSet());
            assertThat(attacked).as("%s", step).containsExactlyInAnyOrderElementsOf(StepCall.texts(step));
        }
    }

    @Example
    void operationsReachTheirCommandsWithValidParameters() throws Exception {
        for (StepCalls calls : StepCalls.values()) {
            assertThat(expected(calls, RecordingShell.shells().get(0)))
                    .as("%s", calls)
                    .isNotEmpty();
        }
        List<StepCalls> reporting = List.of(
                StepCalls.CHECK, StepCalls.HEALTH, StepCalls.DESCRIBE, StepCalls.STATUS, StepCalls.STATUS_OCFS2);
        for (StepCalls calls : StepCalls.values()) {
            Operation operation = ((ClusterStep) calls.valid.bind()).operation();
            assertThat(calls.nodes(calls.valid, BOTH).plan(operation, BOTH).isEmpty())
                    .as("%s", calls)
                    .isEqualTo(reporting.contains(calls));
        }
    }

    @Example
    void detectsACommandThatDoesNotQuote() {
        StepCall mount = StepCalls.MOUNT.valid;
        for (List<String> chosen : RecordingShell.shells()) {
            Set<List<String>> expected =
                    new LinkedHashSet<>(shell.run(chosen, "mount -o x " + mount.text("mountPoint"), Map.of()));
            for (String text :
                    List.of("$(canary)", "`canary`", ";canary;", "\ncanary\n", "|canary", " -o bind", " /etc")) {
                Attack attack = new Attack(StepCalls.MOUNT, "mountPoint", mount.text("mountPoint") + text);
                String quoted = "mount -o x " + Sh.quote(attack.value());
                checkCalls(attack, new LinkedHashSet<>(shell.run(chosen, quoted, Map.of())), expected);
                String careless = "mount -o x " + attack.value();
                Set<List<String>> called = new LinkedHashSet<>(shell.run(chosen, careless, Map.of()));
                assertThatThrownBy(() -> checkCalls(attack, called, expected))
                        .as("%s in %s", text, chosen)
                        .isInstanceOf(AssertionError.class);
            }
        }
    }

    @Property(seed = HostileText.SEED)
    void hostileTextIsRefusedOrReachesAShellAsOneWord(@ForAll("attacks") Attack attack, @ForAll int which)
            throws Throwable {
        BoundedRun.run(SAFETY_NET, MOST_BYTES, () -> {
            runAttack(attack, BOTH, which);
            return null;
        });
    }

    private static void runAttack(Attack attack, List<Node> nodes, int which) throws Exception {
        ClusterStep step;
        Operation operation;
        try {
            step = (ClusterStep) attack.call().bind();
            operation = step.operation();
        } catch (InvalidParameterException e) {
            checkMessage(e.getMessage());
            return;
        }
        List<String> sent = new ArrayList<>();
        Outcome outcome = new Engine(unreachable(nodes, sent), line -> {})
                .run(operation, ParameterRules.words(step.getNodes()), false);
        if (sent.isEmpty() && !(operation instanceof ClusterExec)) {
            assertThat(outcome.result()).containsEntry("refused", true);
            checkMessage(outcome.failure());
            return;
        }
        List<List<String>> shells = RecordingShell.shells();
        List<String> chosen = shells.get(Math.floorMod(which, shells.size()));
        if (operation instanceof ClusterExec exec) {
            checkScriptIsTheParameter(exec, attack);
        } else if (!PLAIN.matcher(attack.value()).matches()) {
            checkCalls(
                    attack,
                    withoutProcesses(run(operation, attack.calls().nodes(attack.stripped(), nodes), nodes, chosen)),
                    withoutProcesses(expected(attack.calls(), chosen)));
        }
    }

    /** A cluster of unreachable nodes that records the scripts it should send. */
    private static Cluster unreachable(List<Node> nodes, List<String> sent) {
        return new Cluster() {
            @Override
            public List<Node> nodes() {
                return nodes;
            }

            @Override
            public <R> Map<String, R> onEach(Collection<String> names, Task<R> task)
                    throws StepFailure, RemoteException, InterruptedException {
                Map<String, R> results = new LinkedHashMap<>();
                for (String name : names) {
                    results.put(name, task.on(new FakeRemote(name, script -> {
                        sent.add(script.text());
                        throw new RemoteException(name, RemoteException.Kind.UNREACHABLE, "not there", null);
                    })));
                }
                return results;
            }

            @Override
            public boolean lock(Collection<String> names, Collection<String> answering, LockOwner owner, Log log) {
                return false;
            }

            @Override
            public Set<String> lostLocks(Collection<String> names, Log log) {
                return Set.of();
            }

            @Override
            public KeptFacts keptFacts() {
                return new KeptFacts();
            }

            @Override
            public DryRunState dryRunState() {
                return new DryRunState();
            }

            @Override
            public Mask mask() {
                return new Mask(List.of());
            }
        };
    }

    private static void checkMessage(String message) {
        assertThat(message.length()).isLessThan(LONGEST_MESSAGE);
        assertThat(message.chars()
                        .filter(c -> Character.isISOControl(c) && c != '\n')
                        .count())
                .as("control characters in: %s", message)
                .isZero();
    }

    private static void checkScriptIsTheParameter(ClusterExec exec, Attack attack) throws Exception {
        if (attack.parameter().equals("script")) {
            assertThat(exec.plan(new ClusterFacts(List.of())).isEmpty()).isTrue();
            SimulatedNodes nodes = SimulatedNodes.empty();
            assertThat(nodes.plan(exec, BOTH).changes())
                    .extracting(change -> ((Command) change).toRun())
                    .containsOnly(((ClusterExecStep) attack.call().bind()).getScript());
        }
    }

    private static Set<List<String>> expected(StepCalls calls, List<String> chosen) throws Exception {
        String key = calls + String.join(" ", chosen);
        if (!EXPECTED.containsKey(key)) {
            Operation operation = ((ClusterStep) calls.valid.bind()).operation();
            EXPECTED.put(key, run(operation, calls.nodes(calls.valid, BOTH), BOTH, chosen));
        }
        return EXPECTED.get(key);
    }

    /** Runs all scripts that would be sent to the nodes, and returns the called programs with their arguments. */
    private static Set<List<String>> run(
            Operation operation, SimulatedNodes simulated, List<Node> nodes, List<String> chosen)
            throws InterruptedException {
        operation.check(nodes);
        List<String> probeScripts = new ArrayList<>();
        Plan plan = Plan.nothing();
        try {
            plan = operation.plan(
                    simulated.collectFacts(operation, nodes, (node, probes) -> probeScripts.add(script(node, probes))));
        } catch (StepFailure | RemoteException e) {
            // Refused after the probes: then nothing but the probes was sent
        }
        Set<List<String>> called = new LinkedHashSet<>();
        for (String probeScript : new LinkedHashSet<>(probeScripts)) {
            called.addAll(shell.run(chosen, probeScript, Map.of("PRINTED", "$(canary); `canary`")));
            called.addAll(shell.run(chosen, probeScript, Map.of()));
            shell.takeWritten();
        }
        Set<String> done = new TreeSet<>();
        for (Change change : plan.changes()) {
            if (change instanceof PutFile file) {
                called.addAll(put(file, chosen));
            } else if (!(change instanceof Reboot)) {
                String script = change instanceof Command command ? command.toRun() : ((Await) change).command();
                if (done.add(script)) {
                    called.addAll(shell.run(chosen, script, Map.of()));
                }
            }
        }
        assertThat(shell.strayFiles()).isEmpty();
        return called.stream()
                .map(words -> words.stream()
                        .map(word -> TOKEN.matcher(word).replaceAll("VerifySharing-"))
                        .toList())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<List<String>> put(PutFile file, List<String> chosen) {
        String script = FileWriteScript.of(file);
        String checksum = script.replaceFirst("(?s).*? ([0-9a-f]{64})\n.*", "$1  -");
        if (file.before() != null) {
            shell.place(file.before());
        }
        List<List<String>> called = shell.run(chosen, script, Map.of("CHECKSUM", checksum));
        assertThat(shell.takeWritten()).as("the content of %s", file.path()).isEqualTo(file.after());
        return called;
    }

    private static String script(Node node, ProbeSet probes) {
        List<String> sent = new ArrayList<>();
        try {
            probes.run(new FakeRemote(node.name(), script -> {
                sent.add(script.text());
                return FakeRemote.failed(1, "");
            }));
        } catch (RemoteException | InterruptedException e) {
            // No result is expected
        }
        return sent.get(0);
    }

    /** Calls without the arguments that name the processes of this machine, which come and go. */
    private static Set<List<String>> withoutProcesses(Set<List<String>> calls) {
        return calls.stream()
                .map(words -> words.stream()
                        .filter(word -> !PROCESS.matcher(word).matches())
                        .toList())
                .collect(Collectors.toSet());
    }

    private static void checkCalls(Attack attack, Set<List<String>> called, Set<List<String>> expected) {
        assertThat(called)
                .extracting(words -> words.get(0))
                .isSubsetOf(expected.stream().map(words -> words.get(0)).collect(Collectors.toSet()));
        if (!LISTS.contains(attack.parameter())) {
            Map<String, Integer> most = new HashMap<>();
            expected.forEach(words -> most.merge(words.get(0), words.size(), Math::max));
            assertThat(called).allSatisfy(words -> assertThat(words).hasSizeLessThanOrEqualTo(most.get(words.get(0))));
        }
        Set<String> known = expected.stream().flatMap(List::stream).collect(Collectors.toSet());
        Set<String> derived = derived(attack, known);
        for (List<String> words : called) {
            for (String word : words.subList(1, words.size())) {
                assertThat(PLAIN.matcher(word).matches() || known.contains(word) || derived.contains(word))
                        .as("%s is called with %s", words.get(0), word)
                        .isTrue();
            }
        }
    }

    /** The expected arguments of programs, with the hostile text instead of the valid one. */
    private static Set<String> derived(Attack attack, Set<String> known) {
        Set<String> derived = new LinkedHashSet<>();
        String expected = attack.calls().valid.text(attack.parameter());
        for (String hostile :
                List.of(attack.value(), attack.value().strip(), attack.value().trim())) {
            known.forEach(word -> derived.add(word.replace(expected, hostile)));
        }
        if (LISTS.contains(attack.parameter())) {
            derived.addAll(ParameterRules.words(attack.value()));
        }
        return derived;
    }

    @Provide
    Arbitrary<Tuple.Tuple2<String, String>> nodeTexts() {
        Map<String, String> valid = Map.of("name", "sv1", "host", "sv1.example.org", "address", "10.77.0.1");
        return Arbitraries.of(valid.keySet().stream().sorted().toList())
                .flatMap(name -> values(valid.get(name)).map(value -> Tuple.of(name, value)));
    }

    @Property(seed = HostileText.SEED)
    void hostileNodeIsRefusedOrReachesAShellAsOneWord(
            @ForAll("nodeTexts") Tuple.Tuple2<String, String> text, @ForAll StepCalls calls, @ForAll int which)
            throws Throwable {
        Node node = ((ClusterNode)
                        StepCall.of(ClusterNode.class, "name", "sv1", "host", "sv1.example.org", "address", "10.77.0.1")
                                .with(text.get1(), text.get2())
                                .bind())
                .toNode();
        List<Node> nodes = List.of(node, BOTH.get(1));
        try {
            NodeChecks.check(nodes);
        } catch (InvalidParameterException e) {
            checkMessage(e.getMessage());
            return;
        }
        assertThat(List.of(node.name(), node.host(), node.address()))
                .allSatisfy(value -> assertThat(value).matches("[A-Za-z0-9._:%\\[\\]-]*"));
        Attack attack = new Attack(calls, "nodes", node.name() + " sv2");
        BoundedRun.run(SAFETY_NET, MOST_BYTES, () -> {
            runAttack(attack, nodes, which);
            return null;
        });
    }
}
