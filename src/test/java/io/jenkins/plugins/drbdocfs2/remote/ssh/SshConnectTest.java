package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import io.jenkins.plugins.drbdocfs2.support.ShellCommand;
import io.jenkins.plugins.drbdocfs2.support.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchange;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.server.ServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Failed connections, and host keys. */
@Timeout(60)
class SshConnectTest {
    @TempDir
    private Path directory;

    private final TestServer server = new TestServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static RemoteException failure(Node node, HostKeys hostKeys, SshSettings settings) {
        try (SshRemote remote = new SshRemote(node, TestServer.login(), hostKeys, settings)) {
            RemoteException e = catchThrowableOfType(RemoteException.class, remote::connect);
            assertThat(e).as("it connected").isNotNull();
            assertThat(e.nodeName()).isEqualTo("sv1");
            assertThat(e).hasMessageContaining("sv1 (127.0.0.1:" + node.port());
            return e;
        }
    }

    private RemoteException failure(HostKeys hostKeys) {
        RemoteException e = failure(server.node(), hostKeys, TestServer.settings());
        assertThat(server.passwords).as("the password was sent").hasValue(0);
        return e;
    }

    private void connects(HostKeys hostKeys) throws Exception {
        try (SshRemote remote = new SshRemote(server.node(), TestServer.login(), hostKeys, TestServer.settings())) {
            remote.connect();
        }
    }

    private HostKeys file(String... lines) throws IOException {
        return HostKeys.knownHostsFile(
                Files.write(directory.resolve("known hosts"), List.of(lines)).toString());
    }

    private String name() {
        return "[127.0.0.1]:" + server.node().port();
    }

    private static String line(KeyPair key) {
        return TestServer.line(key);
    }

    private static String fingerprint(KeyPair key) {
        return TestServer.hostKey(key).fingerprint();
    }

    @Test
    void acceptsAKnownHostKey() throws Exception {
        connects(file(name() + " " + line(TestServer.HOST_KEY)));
        connects(HostKeys.pinned(line(TestServer.HOST_KEY)));
    }

    @Test
    void refusesAnUnknownHostKey() throws Exception {
        HostKeys keys = file("other " + line(TestServer.OTHER_KEY));
        RemoteException e = failure(keys);
        assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_HOST_KEY);
        assertThat(e)
                .hasMessageContaining(fingerprint(TestServer.HOST_KEY))
                .hasMessageContaining(
                        "ssh-keyscan -p " + server.node().port() + " 127.0.0.1 >> '" + directory + "/known hosts'");
    }

    @Test
    void refusesAChangedHostKey() throws Exception {
        RemoteException e = failure(file(name() + " " + line(TestServer.OTHER_KEY)));
        assertThat(e.kind()).isEqualTo(Kind.CHANGED_HOST_KEY);
        assertThat(e)
                .hasMessageContaining(fingerprint(TestServer.HOST_KEY))
                .hasMessageContaining(fingerprint(TestServer.OTHER_KEY))
                .hasMessageContaining("ssh-keygen -R '" + name() + "' -f '" + directory + "/known hosts'")
                .hasMessageContaining("known hosts");
    }

    @Test
    void refusesAChangedPinnedKey() {
        RemoteException e = failure(HostKeys.pinned(line(TestServer.OTHER_KEY)));
        assertThat(e.kind()).isEqualTo(Kind.CHANGED_HOST_KEY);
        assertThat(e).hasMessageContaining(line(TestServer.HOST_KEY));
    }

    @Test
    void refusesARevokedHostKey() throws Exception {
        String key = line(TestServer.HOST_KEY);
        RemoteException e = failure(file(name() + " " + key, "@revoked * " + key));
        assertThat(e.kind()).isEqualTo(Kind.CHANGED_HOST_KEY);
        assertThat(e).hasMessageContaining("revoked").hasMessageContaining(fingerprint(TestServer.HOST_KEY));
    }

    @Test
    void reportsThatKnownHostsCannotBeRead() {
        RemoteException e = failure(HostKeys.knownHostsFile(directory.toString()));
        assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_HOST_KEY);
        assertThat(e).hasMessageContaining(directory.toString()).hasMessageContaining("could not be checked");
    }

    @Test
    void acceptsTheFirstKeyAndRefusesTheNext() throws Exception {
        HostKeys keys = HostKeys.acceptFirst(directory.resolve("store").toString());
        connects(keys);
        connects(keys);
        server.sshd.setKeyPairProvider(KeyPairProvider.wrap(TestServer.OTHER_KEY));
        server.passwords.set(0);
        assertThat(failure(keys).kind()).isEqualTo(Kind.CHANGED_HOST_KEY);
    }

    @Test
    void requestsTheKnownKeyType() throws Exception {
        KeyPair rsa = TestServer.newKey("RSA", 2048);
        server.sshd.setKeyPairProvider(KeyPairProvider.wrap(TestServer.HOST_KEY, rsa));
        connects(file(name() + " " + line(rsa)));
        connects(file(name() + " " + line(TestServer.HOST_KEY)));
    }

    @Test
    void reportsARefusedConnection() throws Exception {
        Node node = server.node();
        server.close();
        RemoteException e = failure(node, HostKeys.none(), TestServer.settings());
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e).hasMessageContaining("refused").hasMessageContaining("listens at port " + node.port());
    }

    @Test
    void reportsAnUnknownHost() {
        Node node = new Node("sv1", "no-such-host.invalid", 22, "127.0.0.1");
        try (SshRemote remote = new SshRemote(node, TestServer.login(), HostKeys.none(), TestServer.settings())) {
            RemoteException e = catchThrowableOfType(RemoteException.class, remote::connect);
            assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(e).hasMessageContaining("no host named no-such-host.invalid");
        }
    }

    /** Connects to a server that does not speak SSH. */
    private static RemoteException failureAt(Consumer<Socket> server, Duration limit) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(
                    () -> {
                        try (Socket accepted = socket.accept()) {
                            server.accept(accepted);
                        } catch (IOException e) {
                            // The client has closed the connection
                        }
                    },
                    Threads.ONE_EACH);
            Node node = new Node("sv1", "127.0.0.1", socket.getLocalPort(), "127.0.0.1");
            RemoteException e =
                    failure(node, HostKeys.none(), TestServer.settings().withConnectTimeout(limit));
            served.join();
            return e;
        }
    }

    private static void awaitEnd(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The connection has ended, too
        }
    }

    @Test
    void givesUpOnAServerThatNeverSpeaks() throws Exception {
        RemoteException e = failureAt(SshConnectTest::awaitEnd, Duration.ofMillis(300));
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e).hasMessageContaining("accepted the connection").hasMessageContaining("300 ms");
    }

    @Test
    void givesUpOnAServerThatNeverStopsSpeaking() throws Exception {
        RemoteException e = failureAt(
                socket -> {
                    while (!socket.isClosed()) {
                        send(socket, "please wait\r\n");
                    }
                },
                Duration.ofMillis(300));
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e).hasMessageContaining("300 ms");
    }

    @Test
    void givesUpOnAServerThatStopsInTheMiddle() throws Exception {
        RemoteException e = failureAt(
                socket -> {
                    send(socket, "SSH-2.0-test\r\n\0\0\1");
                    awaitEnd(socket);
                },
                Duration.ofMillis(300));
        assertThat(e).hasMessageContaining("300 ms");
    }

    @Test
    void reportsAServerThatClosesAtOnce() throws Exception {
        RemoteException e = failureAt(socket -> {}, Duration.ofSeconds(20));
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void reportsAServerThatIsNotSsh() throws Exception {
        RemoteException e = failureAt(
                socket -> send(socket, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"),
                Duration.ofSeconds(20));
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e).hasMessageContaining("Check that an SSH server answers");
    }

    private static void send(Socket socket, String text) {
        try {
            ShellCommand.print(socket.getOutputStream(), text);
        } catch (UncheckedIOException | IOException e) {
            try {
                socket.close();
            } catch (IOException closed) {
                throw new IllegalStateException(closed);
            }
        }
    }

    @Test
    void stopsConnectingWhenInterrupted() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Node node = new Node("sv1", "127.0.0.1", socket.getLocalPort(), "127.0.0.1");
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try (SshRemote remote =
                        new SshRemote(node, TestServer.login(), HostKeys.none(), TestServer.settings())) {
                    remote.connect();
                } catch (RemoteException | InterruptedException e) {
                    failure.complete(e);
                }
            });
            thread.start();
            try (Socket accepted = socket.accept()) {
                accepted.getInputStream().read();
                thread.interrupt();
                assertThat(failure.get()).isInstanceOf(InterruptedException.class);
            }
        }
    }

    @Test
    @SuppressWarnings("deprecation")
    void refusesWeakKeyExchanges() {
        server.sshd.setKeyExchangeFactories(List.of(
                ServerBuilder.DH2KEX.apply(BuiltinDHFactories.dhg14),
                ServerBuilder.DH2KEX.apply(BuiltinDHFactories.dhg1)));
        assertNoneInCommon("key exchange", "diffie-hellman-group14-sha1,diffie-hellman-group1-sha1");
    }

    @Test
    @SuppressWarnings("deprecation")
    void refusesWeakCiphers() {
        server.sshd.setCipherFactories(List.of(BuiltinCiphers.aes128cbc, BuiltinCiphers.tripledescbc));
        assertNoneInCommon("cipher", "aes128-cbc,3des-cbc");
    }

    @Test
    @SuppressWarnings("deprecation")
    void refusesWeakMessageAuthentication() {
        server.sshd.setCipherFactories(List.of(BuiltinCiphers.aes128ctr));
        server.sshd.setMacFactories(List.of(BuiltinMacs.hmacsha1, BuiltinMacs.hmacmd5));
        assertNoneInCommon("message authentication", "hmac-sha1,hmac-md5");
    }

    @Test
    @SuppressWarnings("deprecation")
    void refusesHostKeysThatSignWithSha1() {
        server.sshd.setKeyPairProvider(KeyPairProvider.wrap(TestServer.newKey("RSA", 2048)));
        server.sshd.setSignatureFactories(List.of(BuiltinSignatures.rsa));
        assertNoneInCommon("host key signature", "ssh-rsa");
    }

    private void assertNoneInCommon(String what, String offered) {
        RemoteException e = failure(HostKeys.none());
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e).hasMessageContaining("no " + what + " algorithm in common: it offers " + offered);
    }

    private static KeyExchangeFactory named(String name) {
        return new KeyExchangeFactory() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public KeyExchange createKeyExchange(Session session) {
                throw new IllegalStateException("nobody agreed on " + name);
            }
        };
    }

    @Test
    void doesNotCallUnknownAlgorithmsWeak() {
        String sntrup = "sntrup761x25519-sha512@openssh.com";
        server.sshd.setKeyExchangeFactories(List.of(named(sntrup), named("mlkem768x25519-sha256")));
        assertThat(failure(HostKeys.none()))
                .hasMessageContaining("no key exchange algorithm in common: it offers " + sntrup
                        + ",mlkem768x25519-sha256; accepted here: curve25519-sha256,")
                .hasMessageContaining(
                        "This client does not know " + sntrup + ", mlkem768x25519-sha256. Allow one of those"
                                + " accepted here in the node's sshd_config (KexAlgorithms)")
                .hasMessageNotContaining("weak");
        server.sshd.setKeyExchangeFactories(List.of(named(sntrup), named("diffie-hellman-group1-sha1")));
        assertThat(failure(HostKeys.none()))
                .hasMessageContaining("does not know " + sntrup + ", and refuses the others as weak");
        server.sshd.setKeyExchangeFactories(List.of(named("diffie-hellman-group14-sha1")));
        assertThat(failure(HostKeys.none())).hasMessageContaining("What the server offers is weak and refused");
    }
}
