package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scripts that end normally. */
@Timeout(60)
class SshRemoteTest {
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

    private ScriptResult run(String script) throws Exception {
        return remote.run(Script.of(script));
    }

    @Test
    void returnsExitCodeAndBothOutputs() throws Exception {
        ScriptResult result = run("echo out; echo err >&2; exit 3");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.ok()).isFalse();
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
        assertThat(result.durationMillis()).isBetween(0L, 60_000L);
    }

    @Test
    void reportsTheSignalThatEndedAScript() throws Exception {
        assertThat(run("kill -TERM $$").exitCode()).isEqualTo(128 + 15);
        assertThat(run("kill -KILL $$").exitCode()).isEqualTo(128 + 9);
        assertThat(run("kill -INT $$").exitCode()).isEqualTo(128 + 2);
    }

    @Test
    void runsTheScriptWithEmptyInputAndAPlainEnvironment() throws Exception {
        assertThat(run("cat; echo \"$LC_ALL\"; case $PATH in */usr/sbin*/sbin*) echo sane;; esac")
                        .stdout())
                .isEqualTo("C\nsane\n");
    }

    @Test
    void replacesInvalidUtf8() throws Exception {
        ScriptResult result = run("printf 'a\\377b\\342\\202\\254c\\000d'; printf '\\303' >&2");
        assertThat(result.stdout()).isEqualTo("a\ufffdb€c\0d");
        assertThat(result.stderr()).isEqualTo("\ufffd");
    }

    @Test
    void runsAScriptOfOneMebibyte() throws Exception {
        String line = "n=$((n+1)) # " + "ä".repeat(500) + "\n";
        String script = "n=0\n" + line.repeat((1 << 20) / 1000) + "echo $n; exit 7";
        ScriptResult result = run(script);
        assertThat(result.stdout()).isEqualTo("1048\n");
        assertThat(result.exitCode()).isEqualTo(7);
    }

    @Test
    void sendsEveryCharacterOfAScriptToTheShell() throws Exception {
        String nasty = "'\"\\`$(reboot)$HOME*?[a]{b,c}~!#&|;<>%\t\r\n\u0001\u001b\u001e\u007fä€\ud83d\ude00\n\n";
        assertThat(run("printf %s " + Sh.quote(nasty)).stdout()).isEqualTo(nasty);
    }

    @Test
    void limitsALongStandardError() throws Exception {
        ScriptResult result = remote.run(Script.of("head -c 20000000 /dev/zero | tr '\\0' e >&2; echo done; exit 1")
                .withOutputLimit(1000));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stdout()).isEqualTo("done\n");
        assertThat(result.stderr())
                .isEqualTo("e".repeat(500) + "\n[... 19999000 bytes left out ...]\n" + "e".repeat(500));
    }

    @Test
    void passesOnLinesAsTheyArrive() throws Exception {
        List<String> lines = new ArrayList<>();
        ScriptResult result = remote.run(Script.of("echo one; printf 'two\\nthr'; echo ee; printf end"), lines::add);
        assertThat(lines).containsExactly("one", "two", "three", "end");
        assertThat(result.stdout()).isEqualTo("one\ntwo\nthree\nend");
    }

    @Test
    void throwsTheExceptionOfTheLineConsumer() throws Exception {
        assertThatThrownBy(() -> remote.run(Script.of("echo one; sleep 1000"), line -> {
                    throw new IllegalStateException(line);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("one");
        assertThat(run("echo on").stdout()).isEqualTo("on\n");
        assertThat(server.logins).hasValue(1);
    }

    @Test
    void doesNotWaitForBackgroundProcesses() throws Exception {
        ScriptResult result = remote.run(Script.of("sleep 1000 & echo $!").withTimeout(Duration.ofSeconds(30)));
        ProcessHandle daemon =
                ProcessHandle.of(Long.parseLong(result.stdout().strip())).orElseThrow();
        assertThat(result.durationMillis()).isLessThan(20_000);
        assertThat(daemon.isAlive()).isTrue();
        daemon.destroyForcibly();
    }

    @Test
    void leavesNoProcesses() throws Exception {
        run("true");
        Set<ProcessHandle> before = children();
        for (int i = 0; i < 5; i++) {
            run("(sleep 0) & head -c 100000 /dev/zero | wc -c; wait");
        }
        Set<ProcessHandle> left = children();
        left.removeAll(before);
        for (ProcessHandle process : left) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().descendants().collect(Collectors.toSet());
    }

    @Test
    void runsManyScriptsInParallelOnOneConnection() throws Exception {
        runMany(40);
    }

    @Test
    void runsFewerScriptsInParallelIfTheServerAllowsFewer() throws Exception {
        server.allowChannels(3);
        runMany(20);
    }

    private void runMany(int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<ScriptResult>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String script = "echo " + i + "; echo e" + i + " >&2; exit " + i;
                answers.add(threads.submit(() -> run(script)));
            }
            for (int i = 0; i < count; i++) {
                ScriptResult result = answers.get(i).get();
                assertThat(result.exitCode()).isEqualTo(i);
                assertThat(result.stdout()).isEqualTo(i + "\n");
                assertThat(result.stderr()).isEqualTo("e" + i + "\n");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.logins).hasValue(1);
    }

    @Test
    void reconnectsForTheNextScriptAfterALostConnection() throws Exception {
        for (int i = 1; i <= 5; i++) {
            assertThat(run("echo " + i).stdout()).isEqualTo(i + "\n");
            server.dropConnections();
        }
        assertThat(server.logins).hasValue(5);
    }

    @Test
    @DisplayName("D15: connects once for all scripts")
    void connectsOnce() throws Exception {
        remote.connect();
        remote.connect();
        run("true");
        assertThat(server.logins).hasValue(1);
    }

    @Test
    void restClosesTheConnectionAndTheNextScriptReconnects() throws Exception {
        run("true");
        assertThat(remote.run(Script.of("echo look").asReadOnly()).stdout()).isEqualTo("look\n");
        remote.closeIfIdle();
        assertThat(threads()).isEmpty();
        assertThat(remote.run(Script.of("echo look").asReadOnly()).stdout()).isEqualTo("look\n");
        assertThat(server.logins).hasValue(2);
    }

    @Test
    void restKeepsTheConnectionWhileAScriptRuns() throws Exception {
        assertThat(remote.run(Script.of("echo begun; echo on"), line -> remote.closeIfIdle())
                        .stdout())
                .isEqualTo("begun\non\n");
        run("true");
        assertThat(server.logins).hasValue(1);
    }

    @Test
    void leavesNoThreadAfterClose() throws Exception {
        run("true");
        assertThat(threads()).isNotEmpty();
        remote.close();
        for (Thread thread : threads()) {
            thread.join(5000);
        }
        assertThat(threads()).isEmpty();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("SSH "))
                .collect(Collectors.toList());
    }

    @Test
    void runsNothingAfterClose() {
        remote.close();
        assertThatThrownBy(() -> run("true"))
                .isInstanceOfSatisfying(
                        RemoteException.class, e -> assertThat(e.kind()).isEqualTo(RemoteException.Kind.NOT_STARTED))
                .hasMessageContaining("sv1");
    }
}
