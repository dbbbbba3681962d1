package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import io.jenkins.plugins.drbdocfs2.remote.ssh.Relay.Cut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection that ends, stalls or is changed anywhere between its first byte and the end of a script. */
@Timeout(300)
class SshPhasesTest {
    private static final int OFFSETS = 24;
    /** Each takes the time until the loss is detected. */
    private static final int STALL_OFFSETS = 6;

    private static final String VERSION = "before it identified itself as an SSH server";
    private static final String KEY_EXCHANGE = "in the key exchange";
    private static final String LOGIN = "in the login";

    @TempDir
    private Path directory;

    private final TestServer server = new TestServer();
    private Relay relay;

    @BeforeEach
    void start() throws Exception {
        server.start();
        relay = new Relay(server.sshd.getPort());
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
        server.close();
    }

    private SshRemote remote(SshSettings settings) {
        Node node = new Node("sv1", "127.0.0.1", relay.port(), "127.0.0.1");
        return new SshRemote(node, TestServer.login(), HostKeys.none(), settings);
    }

    private SshRemote remote() {
        return remote(TestServer.settings(Duration.ofMillis(200), 2));
    }

    private long bytesToLogIn() throws Exception {
        long before = relay.toClient();
        try (SshRemote remote = remote()) {
            remote.connect();
            return relay.toClient() - before;
        }
    }

    private static List<Long> offsets(long bytes, Cut how) {
        int count = how == Cut.STALL ? STALL_OFFSETS : OFFSETS;
        List<Long> offsets = new ArrayList<>(List.of(0L, 10L));
        for (int i = 1; i < count; i++) {
            offsets.add(bytes * i / count);
        }
        return offsets;
    }

    /** The phases in which connecting failed, from the first offset to the last. */
    private List<String> phasesOfFailures(Cut how, SshSettings settings) throws Exception {
        List<String> phases = new ArrayList<>();
        for (long offset : offsets(bytesToLogIn(), how)) {
            relay.cutAt(relay.toClient() + offset, how);
            try (SshRemote remote = remote(settings)) {
                RemoteException e = catchThrowableOfType(RemoteException.class, remote::connect);
                assertThat(e).as("after %s bytes", offset).isNotNull();
                assertThat(e.nodeName()).isEqualTo("sv1");
                assertThat(e.kind()).isIn(Kind.UNREACHABLE, Kind.AUTHENTICATION);
                phases.add(List.of(VERSION, KEY_EXCHANGE, LOGIN).stream()
                        .filter(e.getMessage()::contains)
                        .findFirst()
                        .orElse(e.getMessage()));
            }
        }
        SshThreads.awaitNone();
        return phases;
    }

    @Test
    void reportsThePhaseInWhichAServerClosesTheConnection() throws Exception {
        List<String> phases = phasesOfFailures(Cut.CLOSE, TestServer.settings());
        assertThat(phases.stream().distinct().toList()).containsExactly(VERSION, KEY_EXCHANGE, LOGIN);
    }

    @Test
    void reportsThePhaseInWhichAServerStallsInTime() throws Exception {
        List<String> phases =
                phasesOfFailures(Cut.STALL, TestServer.settings().withConnectTimeout(Duration.ofSeconds(1)));
        assertThat(phases.stream().distinct().toList()).containsExactly(VERSION, KEY_EXCHANGE, LOGIN);
    }

    @Test
    void changedByteEndsTheConnectionOrHasNoEffect() throws Exception {
        long bytes = bytesToLogIn();
        int failed = 0;
        for (long offset : offsets(bytes, Cut.CHANGE)) {
            relay.cutAt(relay.toClient() + offset, Cut.CHANGE);
            try (SshRemote remote = remote(TestServer.settings().withConnectTimeout(Duration.ofSeconds(2)))) {
                assertThat(remote.run(Script.of("echo same")).stdout()).isEqualTo("same\n");
            } catch (RemoteException e) {
                assertThat(e).hasMessageContaining("sv1");
                failed++;
            }
        }
        SshThreads.awaitNone();
        assertThat(failed).isPositive();
    }

    @Test
    void readsAServerThatSendsSingleBytes() throws Exception {
        relay.byteByByte();
        try (SshRemote remote = remote(TestServer.settings())) {
            assertThat(remote.run(Script.of("echo slow")).stdout()).isEqualTo("slow\n");
        }
        SshThreads.awaitNone();
    }

    private static Script script(Path runs) {
        return Script.of("echo run >> " + Sh.quote(runs.toString()) + "; echo one; echo two >&2");
    }

    /** Cuts the connection of a script at offsets between its first byte and its last. */
    private void cutScripts(Cut how) throws Exception {
        long bytes;
        try (SshRemote remote = remote()) {
            remote.connect();
            long before = relay.toClient();
            remote.run(script(directory.resolve("whole")));
            bytes = relay.toClient() - before;
        }
        for (long offset : offsets(bytes, how)) {
            // A lost script may still run later, so each has its own file
            Path runs = directory.resolve("after-" + offset);
            relay.cutAt(Long.MAX_VALUE, how); // the previous script may have ended before the cut
            try (SshRemote remote = remote()) {
                remote.connect();
                relay.cutAt(relay.toClient() + offset, how);
                ScriptResult result = remote.run(script(runs));
                assertThat(result.stdout()).isEqualTo("one\n");
                assertThat(result.stderr()).isEqualTo("two\n");
                assertThat(runs).hasContent("run");
            } catch (RemoteException e) {
                assertThat(e.kind()).as("after %s bytes: %s", offset, e).isEqualTo(Kind.LOST);
                assertThat(e).hasMessageContaining("sv1").hasMessageContaining("unknown whether");
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            // A script that was cut off while it wrote leaves an empty file
            assertThat(files)
                    .allSatisfy(
                            runs -> assertThat(Files.readString(runs).strip()).isIn("", "run"));
        }
        SshThreads.awaitNone();
    }

    @Test
    void neverRunsAScriptTwiceIfTheConnectionIsClosed() throws Exception {
        cutScripts(Cut.CLOSE);
    }

    @Test
    void neverRunsAScriptTwiceIfTheConnectionStalls() throws Exception {
        cutScripts(Cut.STALL);
    }

    @Test
    void reportsAScriptAsLostIfItsOutputWasChanged() throws Exception {
        cutScripts(Cut.CHANGE);
    }

    @Test
    void exchangesKeysDuringAScript() throws Exception {
        try (SshRemote remote = remote()) {
            Path go = directory.resolve("go");
            String text = "echo before; until [ -e " + Sh.quote(go.toString()) + " ]; do sleep 0.05; done; echo after";
            ScriptResult result = remote.run(Script.of(text), line -> {
                if (line.equals("before")) {
                    server.exchangeKeys(() -> create(go));
                }
            });
            assertThat(result.stdout()).isEqualTo("before\nafter\n");
        }
    }

    @Test
    void detectsAManInTheMiddleOfAKeyReexchange() throws Exception {
        try (SshRemote remote = remote()) {
            RemoteException e = catchThrowableOfType(
                    RemoteException.class,
                    () -> remote.run(Script.of("echo before; sleep 1000"), line -> {
                        // Inside the server's new key
                        relay.cutAt(relay.toClient() + 1200, Cut.CHANGE);
                        server.exchangeKeys(() -> {});
                    }));
            assertThat(e.kind()).isEqualTo(Kind.LOST);
        }
        SshThreads.awaitNone();
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
