package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that a shell of the node runs one after the other: one the read-only ones, another one the others. */
@Timeout(60)
class KeptShellTest {
    private final TestServer server = new TestServer();
    private SshRemote remote;

    @TempDir
    private Path directory;

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

    private static Script script(String text, boolean readOnly) {
        return readOnly ? Script.of(text).asReadOnly() : Script.of(text);
    }

    private ScriptResult run(String text, boolean readOnly) throws Exception {
        return remote.run(script(text, readOnly));
    }

    private ScriptResult readOnly(String text) throws Exception {
        return run(text, true);
    }

    private ScriptResult run(String text) throws Exception {
        return run(text, false);
    }

    private CompletableFuture<ScriptResult> start(Script script) {
        CompletableFuture<ScriptResult> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                answer.complete(remote.run(script));
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        thread.start();
        answer.whenComplete((a, e) -> thread.interrupt());
        return answer;
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().descendants().collect(Collectors.toSet());
    }

    @Test
    void runsAllScriptsOnOneChannel() throws Exception {
        for (int i = 0; i < 20; i++) {
            ScriptResult result = readOnly("echo " + i + "; echo e" + i + " >&2; exit " + i);
            assertThat(result.exitCode()).isEqualTo(i);
            assertThat(result.stdout()).isEqualTo(i + "\n");
            assertThat(result.stderr()).isEqualTo("e" + i + "\n");
        }
        assertThat(server.channels).hasValue(1);
    }

    @Test
    void readsLongOutputsToTheirEnd() throws Exception {
        String flood = "head -c 3000000 /dev/zero | tr '\\0' %s; echo end";
        for (String letter : List.of("a", "b")) {
            ScriptResult result = readOnly(flood.replace("%s", letter) + "; head -c 3000000 /dev/zero >&2");
            assertThat(result.stdout()).startsWith(letter).endsWith(letter + "end\n");
            assertThat(result.cut()).isTrue();
        }
        assertThat(readOnly("echo on").stdout()).isEqualTo("on\n");
        assertThat(server.channels).hasValue(1);
    }

    @Test
    void runsOtherScriptsMeanwhileOnChannelsOfTheirOwn() throws Exception {
        Path pid = directory.resolve("pid");
        CompletableFuture<ScriptResult> slow = start(
                Script.of("sh -c 'echo $$ > " + pid + "; exec sleep 1000'").asReadOnly());
        ProcessHandle sleep = TestServer.awaitProcess(pid);
        assertThat(readOnly("echo on").stdout()).isEqualTo("on\n");
        assertThat(remote.run(Script.of("echo on")).stdout()).isEqualTo("on\n");
        sleep.destroy();
        assertThat(slow.get().exitCode()).isEqualTo(128 + 15);
        assertThat(server.channels).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsAScriptThatTakesTooLongAndRunsTheNext(boolean readOnly) throws Exception {
        assertThat(run("true", readOnly).ok()).isTrue();
        Path pid = directory.resolve("pid");
        Script script = script("sh -c 'echo $$ > " + pid + "; exec sleep 1000'", readOnly);
        CompletableFuture<ScriptResult> slow = start(script.withTimeout(Duration.ofSeconds(5)));
        ProcessHandle sleep = TestServer.awaitProcess(pid);
        assertThatThrownBy(slow::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RemoteException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        sleep.onExit().get(10, TimeUnit.SECONDS);
        assertThat(run("echo on", readOnly).stdout()).isEqualTo("on\n");
        assertThat(server.logins).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsAScriptWhenInterruptedAndRunsTheNext(boolean readOnly) throws Exception {
        Path pid = directory.resolve("pid");
        ProcessHandle sleep = interrupt("sh -c 'echo $$ > " + pid + "; exec sleep 1000'", readOnly, pid);
        sleep.onExit().get(10, TimeUnit.SECONDS);
        assertThat(run("echo on", readOnly).stdout()).isEqualTo("on\n");
        // on Java 25, one of thirty such connections is lost, and the next script connects again
        if (Runtime.version().feature() == 17) {
            assertThat(server.logins).hasValue(1);
        }
    }

    /** Interrupts a script when it has written the ID of a process to this file, and returns this process. */
    private ProcessHandle interrupt(String text, boolean readOnly, Path pid) throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                run(text, readOnly);
            } catch (Exception e) {
                failure.complete(e);
            }
        });
        thread.start();
        ProcessHandle process = TestServer.awaitProcess(pid);
        thread.interrupt();
        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        return process;
    }

    @Test
    void repeatsAScriptAfterALostConnectionOnlyIfItPrintedNothing() throws Exception {
        Path pid = directory.resolve("pid");
        CompletableFuture<ScriptResult> slow =
                start(Script.of("[ ! -e " + pid + " ] || exit 7; sh -c 'echo $$ > " + pid + "; exec sleep 1000'")
                        .asReadOnly());
        ProcessHandle sleep = TestServer.awaitProcess(pid);
        server.dropConnections();
        try {
            assertThat(slow.get().exitCode()).isEqualTo(7);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOfSatisfying(RemoteException.class, lost -> assertThat(lost.kind())
                    .isEqualTo(Kind.LOST));
        }
        sleep.onExit().get(10, TimeUnit.SECONDS);
    }

    @Test
    void reconnectsIfTheConnectionWasLostBetweenScripts() throws Exception {
        for (int i = 1; i <= 5; i++) {
            assertThat(readOnly("echo " + i).stdout()).isEqualTo(i + "\n");
            server.dropConnections();
        }
        assertThat(server.logins).hasValue(5);
    }

    @Test
    void runsTheNextScriptAfterTheShellWasKilled() throws Exception {
        String shell = readOnly("echo $$").stdout().strip();
        ProcessHandle handle = ProcessHandle.of(Long.parseLong(shell)).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().get(10, TimeUnit.SECONDS);
        assertThat(readOnly("echo on").stdout()).isEqualTo("on\n");
        assertThat(readOnly("echo on").stdout()).isEqualTo("on\n");
        assertThat(server.logins).hasValue(1);
    }

    @Test
    void runsScriptsOnSeparateChannelsIfTheShellDoesNotStart() throws Exception {
        server.environment.put("PATH", withoutSetsid());
        assertThat(readOnly("echo one").stdout()).isEqualTo("one\n");
        assertThat(readOnly("echo two").stdout()).isEqualTo("two\n");
        assertThat(server.channels).hasValue(3);
    }

    /** A search path with a setsid that does not start the shell. */
    private String withoutSetsid() throws Exception {
        Path setsid = Files.writeString(
                directory.resolve("setsid"), "#!/bin/sh\n[ $# != 6 ] || exit 127\n" + "exec /usr/bin/setsid \"$@\"\n");
        assertThat(setsid.toFile().setExecutable(true)).isTrue();
        return directory + ":" + System.getenv("PATH");
    }

    @Test
    void runsAllCommandsOnOneOtherChannel() throws Exception {
        for (int i = 0; i < 20; i++) {
            ScriptResult result = run("cd /; echo " + i + "; echo e" + i + " >&2; exit " + i);
            assertThat(result.exitCode()).isEqualTo(i);
            assertThat(result.stdout()).isEqualTo(i + "\n");
            assertThat(result.stderr()).isEqualTo("e" + i + "\n");
        }
        readOnly("true");
        assertThat(server.channels).hasValue(2);
    }

    @Test
    void runsACommandBesideOneThatTakesLong() throws Exception {
        Path pid = directory.resolve("pid");
        CompletableFuture<ScriptResult> slow = start(Script.of("sh -c 'echo $$ > " + pid + "; exec sleep 1000'"));
        ProcessHandle sleep = TestServer.awaitProcess(pid);
        assertThat(run("echo on").stdout()).isEqualTo("on\n");
        sleep.destroy();
        assertThat(slow.get().exitCode()).isEqualTo(128 + 15);
        assertThat(server.channels).hasValue(2);
    }

    @Test
    void endsNoneOfTheProcessesThatEarlierCommandsLeft() throws Exception {
        Path left = directory.resolve("left");
        run("sleep 1000 & echo $! > " + left);
        Path pid = directory.resolve("pid");
        ProcessHandle sleep = interrupt("sh -c 'echo $$ > " + pid + "; exec sleep 1000'", false, pid);
        sleep.onExit().get(10, TimeUnit.SECONDS);
        remote.close();
        ProcessHandle daemon = TestServer.awaitProcess(left);
        assertThat(daemon.isAlive()).isTrue();
        daemon.destroy();
    }

    @Test
    void givesNoCommandTheOutputOfAProcessThatAnEarlierOneLeft() throws Exception {
        Path go = directory.resolve("go");
        Path done = directory.resolve("done");
        String late = "until [ -e " + go + " ]; do sleep 0.1; done; echo late; echo late >&2; echo > " + done;
        assertThat(run("( trap '' PIPE; " + late + " ) & echo one").stdout()).isEqualTo("one\n");
        ScriptResult two = run("echo > " + go + "; until [ -e " + done + " ]; do sleep 0.1; done; echo two");
        assertThat(two.stdout()).isEqualTo("two\n");
        assertThat(two.stderr()).isEmpty();
        assertThat(run("echo three").stdout()).isEqualTo("three\n");
        assertThat(server.logins).hasValue(1);
        assertThat(server.channels).hasValue(2);
    }

    @Test
    void runsNothingOfACommandWhoseShellWasKilledWhileItCameIn() throws Exception {
        Path kill = directory.resolve("kill");
        Path head = Files.writeString(
                directory.resolve("head"),
                "#!/bin/sh\n[ ! -e " + kill + " ] || { rm " + kill + "; kill -KILL $PPID; exit; }\n"
                        + "exec /usr/bin/head \"$@\"\n");
        assertThat(head.toFile().setExecutable(true)).isTrue();
        server.environment.put("PATH", directory + ":" + System.getenv("PATH"));
        run("true");
        Files.createFile(kill);
        Path half = directory.resolve("half");
        String text = ("echo half >> " + half + "\n").repeat(50_000);
        assertThatThrownBy(() -> run(text)).isInstanceOfSatisfying(RemoteException.class, e -> assertThat(e.kind())
                .isEqualTo(Kind.LOST));
        assertThat(run("echo on; # " + "x".repeat(100_000)).stdout()).isEqualTo("on\n");
        assertThat(half).doesNotExist();
    }

    @Test
    void keepsTheConnectionOfOthersIfInterruptedWhenAShellIsEnded() throws Exception {
        ScriptErrors errors = new ScriptErrors(server.node(), TestServer.login());
        try (SshConnection connection =
                SshConnection.open(server.node(), TestServer.login(), HostKeys.none(), TestServer.settings())) {
            KeptShell shell = new KeptShell(Bootstrap.COMMANDS, new Semaphore(1), TestServer.login(), errors);
            assertThat(shell.run(connection, new SingleScript(Script.of("true"), null)))
                    .isPresent();
            Thread.currentThread().interrupt();
            assertThatThrownBy(shell::end).isInstanceOf(InterruptedException.class);
            ShellChannel other = new ShellChannel(connection, Bootstrap.ONE, Privilege.LOGIN, TestServer.login());
            assertThat(new ScriptExecution(other, errors, new SingleScript(Script.of("echo on"), null))
                            .run()
                            .stdout())
                    .isEqualTo("on\n");
        }
    }

    @Test
    void doesNotRepeatACommandAfterALostConnection() throws Exception {
        run("true");
        Path count = directory.resolve("count");
        Path pid = directory.resolve("pid");
        CompletableFuture<ScriptResult> slow =
                start(Script.of("echo x >> " + count + "; sh -c 'echo $$ > " + pid + "; exec sleep 1000'"));
        ProcessHandle sleep = TestServer.awaitProcess(pid);
        server.dropConnections();
        assertThatThrownBy(slow::get).cause().isInstanceOfSatisfying(RemoteException.class, e -> assertThat(e.kind())
                .isEqualTo(Kind.LOST));
        sleep.onExit().get(10, TimeUnit.SECONDS);
        assertThat(Files.readString(count)).isEqualTo("x\n");
        assertThat(run("echo on").stdout()).isEqualTo("on\n");
    }

    @Test
    void runsTheNextCommandAfterTheShellWasKilledBetweenThem() throws Exception {
        String shell = run("echo $PPID").stdout().strip();
        ProcessHandle handle = ProcessHandle.of(Long.parseLong(shell)).orElseThrow();
        Set<ProcessHandle> before = children();
        handle.destroyForcibly();
        for (ProcessHandle process : before) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(run("echo on").stdout()).isEqualTo("on\n");
        assertThat(server.logins).hasValue(1);
    }

    @Test
    void reportsThatTheShellWasKilledUnderACommandAndEndsIt() throws Exception {
        Path pid = directory.resolve("pid");
        CompletableFuture<ScriptResult> killed = start(Script.of("sh -c 'echo $$ > " + pid
                + "; exec sleep 1000' & until [ -s " + pid + " ]; do :; done; kill -KILL $PPID; wait"));
        ProcessHandle sleep = TestServer.awaitProcess(pid);
        assertThatThrownBy(killed::get).hasMessageContaining("without an exit code");
        sleep.onExit().get(10, TimeUnit.SECONDS);
        assertThat(run("echo on").stdout()).isEqualTo("on\n");
    }

    @Test
    void runsCommandsOnSeparateChannelsIfTheShellDoesNotStart() throws Exception {
        server.keepNoCommandShell(directory);
        assertThat(run("echo one").stdout()).isEqualTo("one\n");
        assertThat(run("echo two").stdout()).isEqualTo("two\n");
        assertThat(server.channels).hasValue(3);
    }

    @Test
    void releasesTheChannelIfTheServerAllowsOnlyOne() throws Exception {
        server.allowChannels(1);
        assertThat(readOnly("echo one").stdout()).isEqualTo("one\n");
        assertThat(remote.run(Script.of("echo two")).stdout()).isEqualTo("two\n");
        assertThat(readOnly("echo three").stdout()).isEqualTo("three\n");
        assertThat(remote.run(Script.of("echo four")).stdout()).isEqualTo("four\n");
    }

    @Test
    void leavesNoProcessAfterClose() throws Exception {
        Set<ProcessHandle> before = children();
        readOnly("true");
        Set<ProcessHandle> left = children();
        left.removeAll(before);
        assertThat(left).isNotEmpty();
        remote.close();
        for (ProcessHandle process : left) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
    }
}
