package io.jenkins.plugins.drbdocfs2.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.support.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NodeLocksTest {
    private static final LockOwner A = LockOwner.of("1", "job a #1");
    private static final LockOwner B = LockOwner.of("2", "job b #2");

    private static final List<String> NAMES = List.of("sv1", "sv2", "sv3");

    @TempDir
    private Path dir;

    private final List<Shell> shells = new ArrayList<>();
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

    /** A connection to a node: this machine, with a file for each node. Scripts end as they do on a node. */
    private final class Shell implements Remote {
        private final String name;
        private final Set<Process> running = ConcurrentHashMap.newKeySet();

        Shell(String name) {
            this.name = name;
            shells.add(this);
        }

        @Override
        public Node node() {
            return new Node(name, "localhost", 22, "127.0.0.1");
        }

        @Override
        public ScriptResult run(Script script, Consumer<String> lines) throws RemoteException, InterruptedException {
            String text = script.text().replace("LOCK", dir.resolve(name).toString());
            Process process;
            try {
                process = new ProcessBuilder("setsid", "sh", "-c", text)
                        .redirectErrorStream(true)
                        .start();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            running.add(process);
            StringBuilder printed = new StringBuilder();
            CompletableFuture<Void> read = CompletableFuture.runAsync(
                    () -> {
                        try (BufferedReader output = process.inputReader()) {
                            for (String line = output.readLine(); line != null; line = output.readLine()) {
                                printed.append(line).append('\n');
                                lines.accept(line);
                            }
                        } catch (IOException e) {
                            // it was ended
                        }
                    },
                    Threads.ONE_EACH);
            try {
                int code = process.waitFor();
                if (!running.remove(process)) {
                    throw new RemoteException(name, RemoteException.Kind.LOST, name + " was lost", null);
                }
                read.join();
                return new ScriptResult(code, printed.toString(), printed.toString(), 1);
            } finally {
                end(process);
            }
        }

        // it leads a process group, as on a node
        private void end(Process process) {
            try {
                new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid())
                        .start()
                        .onExit()
                        .join();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            process.onExit().join();
        }

        @Override
        public void close() {
            for (Process process : List.copyOf(running)) {
                running.remove(process);
                end(process);
            }
        }
    }

    private final NodeLocks a = new NodeLocks("LOCK");
    private final NodeLocks b = new NodeLocks("LOCK");

    @AfterEach
    void closeAll() {
        shells.forEach(Shell::close);
    }

    private List<Shell> nodes(String... names) {
        return Arrays.stream(names).map(Shell::new).toList();
    }

    private CompletableFuture<Boolean> acquires(NodeLocks locks, LockOwner owner, List<Shell> nodes) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return locks.acquire(nodes, NAMES, owner, log::add);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Threads.ONE_EACH);
    }

    @Test
    void anotherOwnerWaitsUntilTheConnectionOfTheFirstIsClosed() throws Exception {
        List<Shell> first = nodes("sv1", "sv2");
        assertThat(a.acquire(first, NAMES, A, log::add)).isTrue();

        CompletableFuture<Boolean> second = acquires(b, B, nodes("sv2", "sv3"));
        assertThat(log.take()).isEqualTo("waiting for job a #1, which changes sv2");
        assertThat(second).isNotDone();

        first.forEach(Shell::close);
        assertThat(second.get()).isTrue();
    }

    @Test
    void theNextStepOfTheOwnerHasTheLocksAlready() throws Exception {
        List<Shell> nodes = nodes("sv1", "sv2");
        assertThat(a.acquire(nodes, NAMES, A, log::add)).isTrue();
        assertThat(a.acquire(nodes, NAMES, A, log::add)).isFalse();
        assertThat(log).isEmpty();
    }

    @Test
    void theSameOwnerDoesNotWaitForItselfAndKeepsTheLockWhenTheFirstConnectionEnds() throws Exception {
        List<Shell> first = nodes("sv1");
        a.acquire(first, NAMES, A, log::add);
        assertThat(b.acquire(nodes("sv1"), NAMES, LockOwner.of("1", "job a: renamed\n#1"), log::add))
                .as("another branch may have changed the node")
                .isTrue();
        assertThat(log).isEmpty();
        first.get(0).close();
        CompletableFuture<Boolean> other = acquires(new NodeLocks("LOCK"), B, nodes("sv1"));
        assertThat(log.take()).startsWith("waiting for ").endsWith(", which changes sv1");
        assertThat(other).isNotDone();
        shells.get(1).close();
        assertThat(other.get()).isTrue();
    }

    @Test
    void aLockThatWasLostIsToldAndTakenAgain() throws Exception {
        List<Shell> nodes = nodes("sv1");
        a.acquire(nodes, NAMES, A, log::add);
        assertThat(a.lost(NAMES, log::add)).isEmpty();
        nodes.get(0).close();
        while (a.lost(NAMES, log::add).isEmpty()) {
            Thread.onSpinWait(); // the thread of the lock has not noticed yet
        }
        assertThat(a.acquire(nodes, NAMES, A, log::add)).isTrue();
        assertThat(a.lost(NAMES, log::add)).isEmpty();
    }

    @Test
    void theNameOfAnEarlierOwnerIsNotTakenForThatOfAScript() throws Exception {
        List<Shell> first = nodes("sv1");
        a.acquire(first, NAMES, A, log::add);
        first.get(0).close();
        Process script =
                new ProcessBuilder("flock", dir.resolve("sv1").toString(), "sh", "-c", "echo locked; exec cat").start();
        assertThat(script.inputReader().readLine()).isEqualTo("locked");
        CompletableFuture<Boolean> same = acquires(b, A, nodes("sv1"));
        assertThat(log.take()).isEqualTo("waiting for somebody, which changes sv1");
        script.getOutputStream().close();
        assertThat(same.get()).isTrue();
    }

    @Test
    void ownersOfTheSameNodesInAnotherOrderDoNotWaitForEachOther() throws Exception {
        for (int i = 0; i < 3; i++) {
            NodeLocks one = new NodeLocks("LOCK");
            NodeLocks other = new NodeLocks("LOCK");
            List<Shell> forth = nodes("sv1", "sv2");
            List<Shell> back = nodes("sv2", "sv1");
            CompletableFuture<Boolean> first = acquires(one, A, forth);
            CompletableFuture<Boolean> second = acquires(other, B, back);
            boolean firstWon = CompletableFuture.anyOf(first.thenApply(any -> true), second.thenApply(any -> false))
                    .get()
                    .equals(true);
            (firstWon ? forth : back).forEach(Shell::close);
            assertThat(firstWon ? second.get() : first.get()).isTrue();
            shells.forEach(Shell::close);
        }
    }

    @Test
    void anInterruptedOwnerKeepsNothing() throws Exception {
        List<Shell> first = nodes("sv1");
        a.acquire(first, NAMES, A, log::add);
        Thread waiting = new Thread(() -> assertThatThrownBy(() -> b.acquire(nodes("sv1", "sv2"), NAMES, B, log::add))
                .isInstanceOf(InterruptedException.class));
        waiting.start();
        log.take();
        waiting.interrupt();
        waiting.join();
        assertThat(new NodeLocks("LOCK").acquire(nodes("sv2"), NAMES, LockOwner.of("3", "job c #3"), log::add))
                .isTrue();
        assertThat(log).isEmpty();
    }

    @Test
    void aNodeThatCannotBeLockedIsLeftOutUntilItAnswers() throws Exception {
        NodeLocks locks = new NodeLocks("/nowhere/lock");
        List<Shell> nodes = nodes("sv1");
        assertThat(locks.acquire(nodes, List.of(), A, log::add)).isFalse();
        assertThat(log.take())
                .startsWith("sv1 is not locked against other changes: ")
                .contains("/nowhere/lock");
        assertThat(locks.acquire(nodes, List.of(), A, log::add)).isFalse();
        assertThat(log).isEmpty();
        assertThat(locks.acquire(nodes, NAMES, A, log::add)).isFalse();
        assertThat(log.take()).as("it answers again").startsWith("sv1 is not locked");
    }
}
