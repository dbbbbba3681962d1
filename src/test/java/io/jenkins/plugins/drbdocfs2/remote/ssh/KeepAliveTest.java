package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that disappears without closing its connection, as in a power failure. */
@Timeout(60)
class KeepAliveTest {
    private final TestServer server = new TestServer();
    private Relay relay;
    private SshRemote remote;

    @BeforeEach
    void start() throws Exception {
        // So large that TCP blocks before the window of the channel is full
        CoreModuleProperties.WINDOW_SIZE.set(server.sshd, 1L << 30);
        server.start();
        relay = new Relay(server.node().port());
        Node node = new Node("sv1", "127.0.0.1", relay.port(), "127.0.0.1");
        SshSettings settings = TestServer.settings(Duration.ofMillis(200), 2);
        remote = new SshRemote(node, TestServer.login(), HostKeys.none(), settings);
    }

    @AfterEach
    void stop() throws Exception {
        remote.close();
        relay.close();
        server.close();
    }

    private CompletableFuture<Throwable> failureOf(Script script, Runnable onLine) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                remote.run(script, line -> onLine.run());
                failure.complete(null);
            } catch (RemoteException | InterruptedException e) {
                failure.complete(e);
            }
        });
        thread.start();
        return failure;
    }

    @Test
    void keepsASilentScriptOnALiveNode() throws Exception {
        assertThat(remote.run(Script.of("sleep 2; echo alive")).stdout()).isEqualTo("alive\n");
        assertThat(server.logins).hasValue(1);
    }

    @Test
    void detectsADeadNodeWhileAScriptRuns() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Throwable> failure = failureOf(Script.of("echo started; sleep 1000"), started::countDown);
        started.await();
        relay.stall();
        assertThat(failure.get()).isInstanceOfSatisfying(RemoteException.class, e -> assertThat(e.kind())
                .isEqualTo(Kind.LOST));
    }

    @Test
    void detectsADeadNodeWhileAScriptIsSent() throws Exception {
        remote.connect();
        relay.stallAfter(1 << 20);
        CompletableFuture<Throwable> failure = failureOf(Script.of("#".repeat(64 << 20)), () -> {});
        assertThat(failure.get()).isInstanceOfSatisfying(RemoteException.class, e -> assertThat(e.kind())
                .isEqualTo(Kind.LOST));
    }

    @Test
    void replacesADeadConnectionBeforeItSendsAScript() throws Exception {
        remote.connect();
        relay.stall();
        assertThat(remote.run(Script.of("echo once")).stdout()).isEqualTo("once\n");
        assertThat(server.logins).hasValue(2);
    }
}
