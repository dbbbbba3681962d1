package io.jenkins.plugins.drbdocfs2.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Event;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Change.Watch;
import io.jenkins.plugins.drbdocfs2.facts.KeptFacts;
import io.jenkins.plugins.drbdocfs2.lock.LockOwner;
import io.jenkins.plugins.drbdocfs2.remote.FakeRemote;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.result.StepProgress;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class GroupedLogTest {
    private static final List<String> NODES = List.of("sv1", "sv2");

    private static final Watch READY = new Watch() {
        @Override
        public boolean line(String line) {
            return line.equals("ready");
        }

        @Override
        public String last() {
            return "nothing";
        }
    };

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch bothAnnounced = new CountDownLatch(2);

    /** After each line that announces a file, waits until the other node has written such a line too. */
    private void logSlowly(String line) {
        lines.add(line);
        if (line.contains(": write ")) {
            bothAnnounced.countDown();
            try {
                bothAnnounced.await(500, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void printsADiffBelowTheLineOfItsNode() throws Exception {
        List<Change> files = new ArrayList<>();
        NODES.forEach(node -> files.add(new PutFile(node, "/etc/f", null, "text\n", "0644")));
        Plan plan = new Plan.Builder().stage("write a file", files).build();
        StepResult result = new StepResult("step", Map.of(), false, NODES, text -> text, StepProgress.NONE);
        new PlanExecutor(new ParallelCluster(), plan, null, result, this::logSlowly).execute();
        String first = lines.get(1).strip().substring(0, 3);
        String second = NODES.get(1 - NODES.indexOf(first));
        assertThat(lines)
                .containsExactly(
                        "  write a file",
                        "    " + first + ": write /etc/f",
                        "      --- /dev/null",
                        "      +++ /etc/f",
                        "      @@ -0,0 +1,1 @@",
                        "      +text",
                        "    " + second + ": write /etc/f",
                        "      the same difference as on " + first);
    }

    @Test
    void saysWhatANodeWaitsForBeforeAndWhatIsReachedAfter() throws Exception {
        List<Change> waits = new ArrayList<>();
        NODES.forEach(node -> waits.add(
                new Await(node, Event.of("'r0'", "ready"), "follow", progress -> READY, Duration.ofSeconds(60), null)));
        Plan plan = new Plan.Builder()
                .stage("wait until 'r0' is ready", waits)
                .changesNodes(false)
                .build();
        StepResult result = new StepResult("step", Map.of(), false, NODES, text -> text, StepProgress.NONE);
        new PlanExecutor(new ParallelCluster(), plan, null, result, lines::add).execute();
        for (String node : NODES) {
            assertThat(lines.stream()
                            .filter(line -> line.contains(node))
                            .map(line -> line.replaceAll("\\d+ ms", "0 ms")))
                    .containsExactly(
                            "    " + node + ": waiting for 'r0' to be ready",
                            "    " + node + ": 'r0' is ready after 0 ms");
        }

        lines.clear();
        new DryRunPrinter(result, lines::add).print(plan);
        assertThat(lines)
                .containsExactly(
                        "  would wait until 'r0' is ready:",
                        "    sv1: wait for 'r0' to be ready",
                        "    sv2: wait for 'r0' to be ready");
    }

    @Test
    void hidesTheSecretsOfAFileAlsoInADryRun() throws Exception {
        PutFile file = new PutFile(
                "sv1", "/etc/f", "key=old\n", "key=new\nplug=1\n", "0600", text -> text.replaceAll("key=.*", "key=*"));
        Plan plan = new Plan.Builder().stage("write a file", List.of(file)).build();
        StepResult result = new StepResult("step", Map.of(), true, NODES, text -> text, StepProgress.NONE);
        new DryRunPrinter(result, lines::add).print(plan);
        assertThat(lines + result.toMap(null).toString())
                .contains("key=*", "+plug=1")
                .doesNotContain("old", "new");
    }

    /** Two nodes that answer in parallel, each in its own thread. */
    private static final class ParallelCluster implements Cluster {
        @Override
        public boolean lock(Collection<String> names, Collection<String> answering, LockOwner owner, Log log) {
            return false;
        }

        @Override
        public Set<String> lostLocks(Collection<String> names, Log log) {
            return Set.of();
        }

        @Override
        public List<Node> nodes() {
            return List.of();
        }

        @Override
        public <R> Map<String, R> onEach(Collection<String> names, Task<R> task)
                throws StepFailure, RemoteException, InterruptedException {
            ExecutorService threads = Executors.newFixedThreadPool(names.size());
            try {
                Map<String, Future<R>> running = new LinkedHashMap<>();
                for (String name : names) {
                    running.put(
                            name,
                            threads.submit(() -> task.on(new FakeRemote(name, script -> FakeRemote.ok("ready\n")))));
                }
                Map<String, R> results = new LinkedHashMap<>();
                for (Map.Entry<String, Future<R>> one : running.entrySet()) {
                    results.put(one.getKey(), one.getValue().get(10, TimeUnit.SECONDS));
                }
                return results;
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError(e);
            } finally {
                threads.shutdownNow();
            }
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
            return new Mask(Set.of());
        }
    }
}
