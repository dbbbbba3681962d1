package io.jenkins.plugins.drbdocfs2.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import io.jenkins.plugins.drbdocfs2.remote.ssh.SshRemote;
import io.jenkins.plugins.drbdocfs2.remote.ssh.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RemotesTest {
    private static List<FakeRemote> nodes(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new FakeRemote("sv" + i, script -> FakeRemote.ok(script.text() + i)))
                .toList();
    }

    @Test
    void worksOnAllNodesInParallelAndKeepsTheirOrder() throws Exception {
        try (Remotes remotes = new Remotes(nodes(8))) {
            CyclicBarrier allAtOnce = new CyclicBarrier(8);
            Map<String, String> names = remotes.onEach(remote -> {
                await(allAtOnce);
                return remote.run(Script.of("x")).stdout();
            });
            assertThat(names.keySet()).containsExactly("sv1", "sv2", "sv3", "sv4", "sv5", "sv6", "sv7", "sv8");
            assertThat(names).containsEntry("sv3", "x3");
        }
        assertThat(remainingThreads()).isEmpty();
    }

    private static void await(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await();
        } catch (java.util.concurrent.BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The remaining threads; waits for those that are about to end. */
    private static List<Thread> remainingThreads() throws InterruptedException {
        List<Thread> ending = workerThreads();
        for (Thread thread : ending) {
            thread.join(10_000);
        }
        return workerThreads();
    }

    private static List<Thread> workerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("cluster nodes"))
                .toList();
    }

    @Test
    void limitsItsThreads() throws Exception {
        Remotes remotes = new Remotes(nodes(50), 3);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        remotes.onEach(remote -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.yield();
            return now.decrementAndGet();
        });
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void limitsTheConnectionsThatStayOpen() throws Exception {
        List<FakeRemote> nodes = nodes(Remotes.MAX_KEPT_OPEN + 3);
        Remotes remotes = new Remotes(nodes);
        remotes.onEach(remote -> remote.run(Script.of("x")));
        remotes.onEach(
                nodes.subList(Remotes.MAX_KEPT_OPEN, Remotes.MAX_KEPT_OPEN + 1), remote -> remote.run(Script.of("x")));
        assertThat(nodes.stream().filter(node -> node.rests() == 0)).hasSize(Remotes.MAX_KEPT_OPEN);
        assertThat(nodes.subList(Remotes.MAX_KEPT_OPEN, nodes.size()))
                .extracting(FakeRemote::rests)
                .containsExactly(2, 1, 1);
    }

    @Test
    void worksOnSelectedNodesOnly() throws Exception {
        List<FakeRemote> nodes = nodes(3);
        Remotes remotes = new Remotes(nodes);
        assertThat(remotes.onEach(nodes.subList(1, 2), remote -> remote.node().name()))
                .containsExactly(Map.entry("sv2", "sv2"));
        assertThat(remotes.onEach(List.of(), remote -> remote.node().name())).isEmpty();
        assertThat(remotes.byName().get("sv3")).isSameAs(nodes.get(2));
    }

    @Test
    void letsOtherNodesFinishAfterAFailureAndReportsAllFailures() {
        List<FakeRemote> nodes = new ArrayList<>(nodes(4));
        CountDownLatch failed = new CountDownLatch(2);
        CountDownLatch finished = new CountDownLatch(2);
        NodesException e = catchThrowableOfType(NodesException.class, () -> new Remotes(nodes).onEach(remote -> {
            switch (remote.node().name()) {
                case "sv2" -> {
                    failed.countDown();
                    throw new RemoteException("sv2", Kind.LOST, "sv2 is gone", null);
                }
                case "sv3" -> {
                    failed.countDown();
                    throw new IllegalStateException("broken");
                }
                default -> {
                    failed.await();
                    finished.countDown();
                    return null;
                }
            }
        }));
        assertThat(finished.getCount()).isZero();
        assertThat(e.failures()).containsOnlyKeys("sv2", "sv3");
        assertThat(e)
                .hasMessage("2 nodes failed:\n  sv2: sv2 is gone\n  sv3: java.lang.IllegalStateException: broken")
                .hasCause(e.failures().get("sv2"))
                .hasSuppressedException(e.failures().get("sv3"));
    }

    @Test
    void reportsASingleFailureWithItsOwnMessage() {
        NodesException e = catchThrowableOfType(NodesException.class, () -> new Remotes(nodes(1)).onEach(remote -> {
            throw new RemoteException("sv1", Kind.LOST, "sv1 is gone", null);
        }));
        assertThat(e).hasMessage("sv1 is gone");
    }

    @Test
    void interruptsAllNodesWhenInterrupted() throws Exception {
        CountDownLatch started = new CountDownLatch(4);
        AtomicInteger interrupted = new AtomicInteger();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                new Remotes(nodes(10), 4).onEach(remote -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return null;
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                        throw e;
                    }
                });
            } catch (NodesException | InterruptedException e) {
                failure.complete(e);
            }
        });
        thread.start();
        started.await();
        thread.interrupt();
        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        assertThat(interrupted).hasValue(4);
        assertThat(remainingThreads()).isEmpty();
    }

    @Test
    void allowsNestedWork() throws Exception {
        Remotes remotes = new Remotes(nodes(5), 2);
        Map<String, Integer> sizes = remotes.onEach(
                outer -> remotes.onEach(inner -> inner.node().name()).size());
        assertThat(sizes).hasSize(5).containsEntry("sv5", 5);
    }

    @Test
    void closesAllNodes() {
        List<FakeRemote> nodes = nodes(3);
        new Remotes(nodes).close();
        assertThat(nodes).allMatch(FakeRemote::closed);
    }

    @Test
    void refusesDuplicateNodeNames() {
        List<FakeRemote> twice = List.of(nodes(1).get(0), nodes(1).get(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Remotes(twice))
                .withMessageContaining("sv1");
    }

    @Test
    void connectsToManyNodesAndLeavesNoThreads() throws Exception {
        try (TestServer server = new TestServer().start()) {
            List<SshRemote> nodes = IntStream.range(0, 20)
                    .mapToObj(i -> new SshRemote(
                            server.node("sv" + i), TestServer.login(), HostKeys.none(), TestServer.settings()))
                    .toList();
            try (Remotes remotes = new Remotes(nodes, 8)) {
                remotes.connect();
                assertThat(server.logins).hasValue(20);
                Map<String, String> answers = remotes.onEach(remote ->
                        remote.run(Script.of("echo " + remote.node().name())).stdout());
                assertThat(answers).hasSize(20).containsEntry("sv7", "sv7\n");
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("SSH connection to sv"));
        }
    }
}
