package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSchException;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NameLookupTest {
    private static final int LONG = 60_000;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final NameLookup silent = new NameLookup(host -> {
        asked.countDown();
        boolean waits = true;
        while (waits) {
            try {
                release.await();
                waits = false;
            } catch (InterruptedException e) {
                // The real lookup cannot be interrupted either
            }
        }
        return new InetAddress[0];
    });

    @AfterEach
    void end() {
        release.countDown();
    }

    @Test
    void returnsTheAddressesOrThrows() throws Exception {
        NameLookup real = new NameLookup(InetAddress::getAllByName);
        assertThat(real.of("localhost", LONG)).contains(InetAddress.getByName("localhost"));
        assertThat(real.of("127.0.0.1", LONG)).containsExactly(InetAddress.getByName("127.0.0.1"));
        NameLookup none = new NameLookup(host -> {
            throw new UnknownHostException(host);
        });
        assertThatThrownBy(() -> none.of("sv1", LONG)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void waitsForASilentNameServiceOnlyForTheConnectTimeout() {
        Node node = new Node("sv1", "sv1", 22, "10.0.0.1");
        SshSettings settings = SshSettings.DEFAULT.withConnectTimeout(Duration.ofMillis(50));
        DeadlineSocketFactory sockets = new DeadlineSocketFactory(settings, silent);
        assertThatThrownBy(() -> sockets.createSocket("sv1", 22)).satisfies(e -> {
            Login login = TestServer.login();
            JschHostKeyVerifier verifier = new JschHostKeyVerifier(node, HostKeys.none());
            assertThat(new ConnectErrors(node, login, settings)
                            .of(
                                    new JSchException("the message of the library", e),
                                    sockets,
                                    verifier,
                                    SshConnection.Phase.VERSION,
                                    null))
                    .hasMessageContaining("the name service did not resolve sv1 within 50 ms");
        });
    }

    @Test
    void endsTheWaitWhenInterrupted() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                silent.of("sv1", LONG);
            } catch (Exception e) {
                failure.complete(Thread.currentThread().isInterrupted() ? e : new IllegalStateException(e));
            }
        });
        thread.start();
        asked.await();
        thread.interrupt();
        assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
    }
}
