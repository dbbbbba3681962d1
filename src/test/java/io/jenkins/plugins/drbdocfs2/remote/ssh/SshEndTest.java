package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.support.ShellCommand;
import io.jenkins.plugins.drbdocfs2.support.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.server.shell.UnknownCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scripts that are stopped or lost before they end. */
@Timeout(60)
class SshEndTest {
    /** Prints its process ID, then hangs. */
    private static final String HANGING = "echo $$; sleep 1000";

    private final TestServer server = new TestServer();
    private SshRemote remote;

    @BeforeEach
    void start() throws Exception {
        server.start();
        remote = server.remote();
    }

    @AfterEach
    void stop() throws Exception {
        remote.close();
        server.close();
    }

    /** Runs a script that prints its process ID. */
    private final class Running {
        private final CompletableFuture<ProcessHandle> process = new CompletableFuture<>();
        private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
        private final Thread thread;

        Running(Script script) {
            thread = new Thread(() -> {
                try {
                    remote.run(script, this::printed);
                    failure.complete(null);
                } catch (Throwable e) {
                    failure.complete(e);
                }
            });
            thread.start();
        }

        private void printed(String line) {
            process.complete(ProcessHandle.of(Long.parseLong(line)).orElseThrow());
        }

        void awaitEndOfProcess() throws Exception {
            process.get(10, TimeUnit.SECONDS).onExit().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void endsAScriptThatTakesTooLong() throws Exception {
        Running running = new Running(Script.of(HANGING).withTimeout(Duration.ofMillis(700)));
        assertThat(running.failure.get())
                .isInstanceOfSatisfying(
                        RemoteException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
                .hasMessageContaining("sv1 (127.0.0.1:" + server.node().port() + ", user ops)")
                .hasMessageContaining("700 ms");
        running.awaitEndOfProcess();
        assertThat(remote.run(Script.of("echo on")).stdout()).isEqualTo("on\n");
        assertThat(server.logins).hasValue(1);
    }

    @Test
    void endsTheScriptWhenInterrupted() throws Exception {
        Running running = new Running(Script.of(HANGING));
        running.process.get();
        running.thread.interrupt();
        assertThat(running.failure.get()).isInstanceOf(InterruptedException.class);
        running.awaitEndOfProcess();
        assertThat(remote.run(Script.of("echo on")).stdout()).isEqualTo("on\n");
        assertThat(server.logins).hasValue(1);
    }

    @Test
    void endsTheScriptOnClose() throws Exception {
        Running running = new Running(Script.of(HANGING));
        running.process.get();
        remote.close();
        assertThat(running.failure.get()).isInstanceOfSatisfying(RemoteException.class, e -> assertThat(e.kind())
                .isEqualTo(Kind.LOST));
        running.awaitEndOfProcess();
    }

    @Test
    void reportsALostConnectionAndEndsTheScript() throws Exception {
        Running running = new Running(Script.of(HANGING));
        running.process.get();
        server.dropConnections();
        assertThat(running.failure.get())
                .isInstanceOfSatisfying(RemoteException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.LOST);
                    assertThat(e.nodeName()).isEqualTo("sv1");
                })
                .hasMessageContaining("unknown whether");
        running.awaitEndOfProcess();
    }

    @Test
    void neverRunsAScriptTwice() throws Exception {
        Running running = new Running(Script.of("echo $$; sleep 1000"));
        running.process.get();
        server.dropConnections();
        running.failure.get();
        assertThat(server.logins).hasValue(1);
    }

    @Test
    void reportsThatTheShellAroundTheScriptWasKilled() {
        assertThatThrownBy(() -> remote.run(Script.of("kill -KILL $PPID; sleep 1000")))
                .isInstanceOfSatisfying(
                        RemoteException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LOST));
    }

    @Test
    void reportsTheOutputOfALoginShellThatStartsNoScript() {
        server.sshd.setCommandFactory((channel, command) ->
                new ShellCommand("echo This account is not available.; exit 1", server.environment));
        RemoteException e = catchThrowableOfType(RemoteException.class, () -> remote.run(Script.of("echo not")));
        assertThat(e.kind()).isEqualTo(Kind.NOT_STARTED);
        assertThat(e).hasMessageContaining("\"This account is not available.\"").hasMessageContaining("login shell");
    }

    @Test
    void endsAWaitingScriptIfTheServerAllowsNoChannelBesideIt() throws Exception {
        server.allowChannels(1);
        CompletableFuture<String> begun = new CompletableFuture<>();
        CompletableFuture<Object> waiting = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return remote.hold(Script.of("echo begun; sleep 100"), begun::complete);
                    } catch (RemoteException | InterruptedException e) {
                        return e;
                    }
                },
                Threads.ONE_EACH);
        assertThat(begun.get()).isEqualTo("begun");
        assertThat(remote.run(Script.of("echo other")).stdout()).isEqualTo("other\n");
        assertThat(waiting.get()).isNotNull();
    }

    @Test
    void aWaitingScriptLeavesAllChannelsToOthers() throws Exception {
        CompletableFuture<String> begun = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                remote.hold(Script.of("echo begun; sleep 100"), begun::complete);
            } catch (RemoteException | InterruptedException e) {
                // it was ended
            }
        });
        waiting.start();
        begun.get();
        assertThat(remote.run(Script.of("echo other").asReadOnly()).stdout()).isEqualTo("other\n");
        assertThat(waiting.isAlive()).isTrue();
        waiting.interrupt();
        waiting.join();
    }

    @Test
    void reportsThatTheNodeOpensNoChannel() {
        server.sshd.setChannelFactories(List.of());
        RemoteException e = catchThrowableOfType(RemoteException.class, () -> remote.run(Script.of("echo not")));
        assertThat(e.kind()).isEqualTo(Kind.NOT_STARTED);
        assertThat(e).hasMessageContaining("MaxSessions");
    }

    @Test
    void limitsTheTimeToSendAScript() throws Exception {
        String ready = "printf '\\036drbd-ocfs2 ready\\n' | tee /dev/stderr; ";
        server.sshd.setCommandFactory(
                (channel, command) -> new ShellCommand(ready + "exec sleep 5", server.environment));
        Script script = Script.of("#".repeat(8 << 20)).withTimeout(Duration.ofMillis(500));
        assertThatThrownBy(() -> remote.run(script))
                .isInstanceOfSatisfying(
                        RemoteException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("SSH script")) {
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void reportsCommandsThatTheServerRefuses() {
        server.sshd.setCommandFactory((channel, command) -> new UnknownCommand("refused"));
        assertThatThrownBy(() -> remote.run(Script.of("true")))
                .isInstanceOfSatisfying(
                        RemoteException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_STARTED));
    }
}
