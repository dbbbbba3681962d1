package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that are sent in one go and run one after the other. */
@Timeout(60)
class ScriptSequenceTest {
    private final TestServer server = new TestServer();
    private final Events events = new Events();
    private SshRemote remote;

    @TempDir
    private Path directory;

    /** What the listener was told, and what ended. */
    private static final class Events implements Remote.SequenceListener {
        private final List<String> told = Collections.synchronizedList(new ArrayList<>());
        private final List<ScriptResult> results = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch secondBegins = new CountDownLatch(1);

        @Override
        public void begins(int number) {
            told.add("begins " + number);
            if (number == 1) {
                secondBegins.countDown();
            }
        }

        @Override
        public void ended(int number, ScriptResult result) {
            told.add("ended " + number + " with " + result.exitCode());
            results.add(result);
        }
    }

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

    private void run(String... scripts) throws Exception {
        remote.runInOrder(Stream.of(scripts).map(Script::of).toList(), events);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachScriptHasItsOwnExitCodeAndOutputsUntilOneFails(boolean shellStays) throws Exception {
        if (!shellStays) {
            server.keepNoCommandShell(directory);
        }
        run(
                "cd /; echo 'it''s'; x=1; set -- 1 2; echo to stderr >&2",
                "printf \"%s %s\" \"${x-none}\" $#; pwd >&2; readlink /proc/self/fd/0 >&2",
                "# ends with a comment",
                "cat <<'EOF'\nhere\nEOF",
                "echo; exit 3",
                "echo > " + directory.resolve("never"));

        assertThat(events.told)
                .containsExactly(
                        "begins 0",
                        "ended 0 with 0",
                        "begins 1",
                        "ended 1 with 0",
                        "begins 2",
                        "ended 2 with 0",
                        "begins 3",
                        "ended 3 with 0",
                        "begins 4",
                        "ended 4 with 3");
        assertThat(events.results)
                .extracting(ScriptResult::stdout)
                .containsExactly("its\n", "none 0", "", "here\n", "\n");
        assertThat(events.results)
                .extracting(ScriptResult::stderr)
                .containsExactly("to stderr\n", Path.of("").toAbsolutePath() + "\n/dev/null\n", "", "", "");
        assertThat(directory.resolve("never")).doesNotExist();
        assertThat(server.channels).hasValue(shellStays ? 1 : 2);
    }

    @Test
    void aScriptOfAnyLengthRunsAmongOthersAndLongOutputsAreCut() throws Exception {
        String longScript = ": '" + "x".repeat(300_000) + "'; echo end";
        remote.runInOrder(
                List.of(
                        Script.of("head -c 3000000 /dev/zero | tr '\\0' a; echo end")
                                .withOutputLimit(100),
                        Script.of(longScript),
                        Script.of("printf '\\036%s' mark-0; echo '^'")),
                events);
        assertThat(events.results.get(0).cut()).isTrue();
        assertThat(events.results.get(0).stdout()).endsWith("aend\n").hasSizeLessThan(200);
        assertThat(events.results.get(1).stdout()).isEqualTo("end\n");
        assertThat(events.results.get(2).stdout()).isEqualTo("\u001emark-0^\n");
    }

    @Test
    void theTimeLimitOfAScriptCountsFromItsBegin() throws Exception {
        remote.runInOrder(
                List.of(
                        Script.of("sleep 3").withTimeout(Duration.ofSeconds(50)),
                        Script.of("true").withTimeout(Duration.ofSeconds(2))),
                events);
        assertThat(events.told).last().isEqualTo("ended 1 with 0");
    }

    @Test
    void aScriptThatRunsTooLongIsEndedAndTheNextDoesNotRun() throws Exception {
        Path pid = directory.resolve("pid");
        List<Script> scripts = List.of(
                Script.of("true"),
                Script.of("sh -c 'echo $$ > " + pid + "; exec sleep 1000'").withTimeout(Duration.ofSeconds(3)),
                Script.of("echo > " + directory.resolve("never")));
        assertThatThrownBy(() -> remote.runInOrder(scripts, events))
                .isInstanceOfSatisfying(
                        RemoteException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
                .hasMessageContaining("ran longer than 3 s");
        assertEndedBeforeTheLast(pid);
    }

    private void assertEndedBeforeTheLast(Path pid) throws Exception {
        assertThat(events.told).containsExactly("begins 0", "ended 0 with 0", "begins 1");
        Optional<ProcessHandle> process =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
        if (process.isPresent()) {
            process.get().onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(directory.resolve("never")).doesNotExist();
    }

    private CompletableFuture<Exception> startThreeOfWhichTheSecondWaits(Path pid, Thread[] thread) throws Exception {
        CompletableFuture<Exception> failure = new CompletableFuture<>();
        thread[0] = new Thread(() -> {
            try {
                run("true", "sh -c 'echo $$ > " + pid + "; exec sleep 1000'", "echo > " + directory.resolve("never"));
                failure.complete(null);
            } catch (Exception e) {
                failure.complete(e);
            }
        });
        thread[0].start();
        events.secondBegins.await();
        TestServer.awaitProcess(pid);
        return failure;
    }

    @Test
    void anAbortEndsTheScriptThatRunsAndNoFurtherOneBegins() throws Exception {
        Path pid = directory.resolve("pid");
        Thread[] thread = new Thread[1];
        CompletableFuture<Exception> failure = startThreeOfWhichTheSecondWaits(pid, thread);
        thread[0].interrupt();
        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        assertEndedBeforeTheLast(pid);
    }

    @Test
    void aLostConnectionIsReportedForTheScriptThatRuns() throws Exception {
        Path pid = directory.resolve("pid");
        CompletableFuture<Exception> failure = startThreeOfWhichTheSecondWaits(pid, new Thread[1]);
        server.dropConnections();
        assertThat(failure.get()).isInstanceOfSatisfying(RemoteException.class, e -> assertThat(e.kind())
                .isEqualTo(Kind.LOST));
        assertThat(failure.get())
                .hasMessageContaining("unknown whether the script finished, and whether those sent with it ran");
        assertEndedBeforeTheLast(pid);
    }

    @Test
    void aScriptThatKillsTheShellOfAllHasTheExitCodeOfTheSignal() throws Exception {
        run("echo one", "echo two; kill -KILL $$", "echo three");
        assertThat(events.told).containsExactly("begins 0", "ended 0 with 0", "begins 1", "ended 1 with 137");
        assertThat(events.results.get(1).stdout()).isEqualTo("two\n");
        run("echo on", "echo and on");
        assertThat(events.told).last().isEqualTo("ended 1 with 0");
    }
}
