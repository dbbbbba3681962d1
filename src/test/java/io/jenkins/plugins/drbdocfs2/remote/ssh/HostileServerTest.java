package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.drbdocfs2.hostile.BoundedRun;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.NodesException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.remote.Remotes;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import io.jenkins.plugins.drbdocfs2.support.ShellCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.AbstractUserAuth;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that accept the login, or seem to, and then violate the protocol. */
@Timeout(120)
class HostileServerTest {
    private static final Duration SHORT = Duration.ofMillis(500);

    private final TestServer server = new TestServer();

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private SshRemote remote(Duration connectTimeout) {
        SshSettings settings = TestServer.settings().withConnectTimeout(connectTimeout);
        return new SshRemote(server.node(), TestServer.login(), HostKeys.none(), settings);
    }

    private RemoteException failure(Duration connectTimeout, Script script) throws Exception {
        server.start();
        RemoteException e;
        try (SshRemote remote = remote(connectTimeout)) {
            e = catchThrowableOfType(RemoteException.class, () -> remote.run(script));
        }
        assertThat(e).hasMessageContaining("sv1 (127.0.0.1:");
        SshThreads.awaitNone();
        return e;
    }

    /** Replaces a login method with one that has the same name. */
    private void replaceLoginMethod(String method, Login login) {
        server.sshd.setUserAuthFactories(List.of(new UserAuthFactory() {
            @Override
            public String getName() {
                return method;
            }

            @Override
            public UserAuth createUserAuth(ServerSession session) {
                return new AbstractUserAuth(method) {
                    @Override
                    protected Boolean doAuth(Buffer buffer, boolean init) throws Exception {
                        login.answer(session);
                        return null;
                    }
                };
            }
        }));
    }

    private interface Login {
        void answer(ServerSession session) throws IOException;
    }

    private static void send(Session session, byte command, Object... parts) throws IOException {
        Buffer buffer = session.createBuffer(command);
        for (Object part : parts) {
            if (part instanceof String text) {
                buffer.putString(text);
            } else if (part instanceof Boolean bit) {
                buffer.putBoolean(bit);
            } else {
                buffer.putInt(((Number) part).longValue());
            }
        }
        session.writePacket(buffer);
    }

    @Test
    void leavesAServerThatAsksTooManyQuestions() throws Throwable {
        for (int count : new int[] {Integer.MAX_VALUE, 1 << 24, -1, 17}) {
            replaceLoginMethod(
                    "keyboard-interactive",
                    session -> send(
                            session,
                            SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST,
                            "name",
                            "text",
                            "",
                            count,
                            "Password:",
                            false));
            RemoteException e = BoundedRun.run(
                    Duration.ofSeconds(30), 64 << 20, () -> failure(Duration.ofSeconds(20), Script.of("true")));
            assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(e).hasMessageContaining("in the login: the server sends " + Integer.toUnsignedString(count));
        }
    }

    @Test
    void leavesAServerThatNeverStopsAskingInTime() throws Exception {
        replaceLoginMethod(
                "keyboard-interactive",
                session -> send(session, SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST, "name", "text", "", 0));
        assertThat(failure(SHORT, Script.of("true")))
                .hasMessageContaining("500 ms")
                .hasMessageContaining("in the login");
    }

    @Test
    void leavesAServerThatNeverStopsGreetingInTime() throws Exception {
        String banner = "welcome ".repeat(1000);
        replaceLoginMethod("password", session -> {
            while (session.isOpen()) {
                send(session, SshConstants.SSH_MSG_USERAUTH_BANNER, banner, "");
            }
        });
        assertThat(failure(SHORT, Script.of("true")))
                .hasMessageContaining("500 ms")
                .hasMessageContaining("in the login");
    }

    @Test
    void leavesAServerThatAlwaysRequiresAnotherMethodInTime() throws Exception {
        boolean[] turn = new boolean[1];
        replaceLoginMethod("password", session -> {
            turn[0] = !turn[0];
            String methods = turn[0] ? "password,a" : "password,b";
            send(session, SshConstants.SSH_MSG_USERAUTH_FAILURE, methods, true);
        });
        RemoteException e = failure(SHORT, Script.of("true"));
        assertThat(e.kind()).isIn(Kind.UNREACHABLE, Kind.AUTHENTICATION);
    }

    @Test
    void leavesAServerThatOpensChannelsItself() throws Exception {
        server.sshd.setCommandFactory((channel, command) -> {
            try {
                Session session = channel.getSession();
                send(
                        session,
                        SshConstants.SSH_MSG_CHANNEL_OPEN,
                        "forwarded-tcpip",
                        7,
                        1 << 20,
                        1 << 15,
                        "h",
                        1,
                        "o",
                        2);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new ShellCommand("exec cat > /dev/null", server.environment);
        });
        RemoteException e = failure(Duration.ofSeconds(20), Script.of("true"));
        assertThat(e.kind()).isEqualTo(Kind.LOST);
        assertThat(e).hasMessageContaining("opened a channel that was not requested");
    }

    @Test
    void reportsAServerThatNeverOpensAChannelInTime() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.sshd.setChannelFactories(List.of(new ChannelSessionFactory() {
            @Override
            public Channel createChannel(Session session) {
                return new ChannelSession() {
                    @Override
                    public OpenFuture open(long recipient, long window, long packet, Buffer buffer) {
                        asked.countDown();
                        return new DefaultOpenFuture(this, this);
                    }
                };
            }
        }));
        RemoteException e = failure(SHORT, Script.of("true"));
        assertThat(asked.getCount()).isZero();
        assertThat(e.kind()).isEqualTo(Kind.NOT_STARTED);
        assertThat(e).hasMessageContaining("opened no channel for it within 500 ms");
    }

    @Test
    void reportsAServerThatNeverAnswersTheCommandInTime() throws Exception {
        server.sshd.setCommandFactory(
                (channel, command) -> new ShellCommand("exec cat > /dev/null", server.environment));
        RemoteException e = failure(SHORT, Script.of("true"));
        assertThat(e.kind()).isEqualTo(Kind.NOT_STARTED);
        assertThat(e).hasMessageContaining("the script did not start within 500 ms");
    }

    @Test
    void leavesAServerThatReadsNothingAndRequestsReplies() throws Exception {
        server.start();
        try (Relay relay = new Relay(server.sshd.getPort())) {
            Node node = new Node("sv1", "127.0.0.1", relay.port(), "127.0.0.1");
            SshSettings settings = TestServer.settings(Duration.ofMillis(200), 2);
            try (SshRemote remote = new SshRemote(node, TestServer.login(), HostKeys.none(), settings)) {
                Script script = Script.of("echo started; sleep 1000").withTimeout(Duration.ofSeconds(60));
                RemoteException e = catchThrowableOfType(
                        RemoteException.class,
                        () -> remote.run(script, line -> {
                            relay.ignoreClients();
                            flood();
                        }));
                assertThat(e.kind()).isEqualTo(Kind.LOST);
                assertThat(e).hasMessageContaining("accepted no data");
            }
        }
        SshThreads.awaitNone();
    }

    /** Sends requests that need a reply, until the connection is closed. */
    private void flood() {
        for (Session session : server.sshd.getActiveSessions()) {
            Thread thread = new Thread(() -> {
                try {
                    while (session.isOpen()) {
                        Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
                        buffer.putString("flood");
                        buffer.putBoolean(true);
                        session.writePacket(buffer).await();
                    }
                } catch (IOException e) {
                    // The connection is closed
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Test
    @SuppressWarnings("deprecation")
    void refusesDsaHostKeys() throws Exception {
        server.sshd.setSignatureFactories(List.of(BuiltinSignatures.dsa));
        server.sshd.setKeyPairProvider(KeyPairProvider.wrap(TestServer.newKey("DSA", 1024)));
        RemoteException e = failure(Duration.ofSeconds(20), Script.of("true"));
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e).hasMessageContaining("no host key signature algorithm in common: it offers ssh-dss");
    }

    @Test
    void sendsNothingToAManInTheMiddleAfterALostConnection() throws Exception {
        server.start();
        try (TestServer other = new TestServer()) {
            other.sshd.setKeyPairProvider(KeyPairProvider.wrap(TestServer.OTHER_KEY));
            try (Relay relay = new Relay(server.sshd.getPort())) {
                Node node = new Node("sv1", "127.0.0.1", relay.port(), "127.0.0.1");
                HostKeys pinned = HostKeys.pinned(TestServer.line(TestServer.HOST_KEY));
                try (SshRemote remote = new SshRemote(node, TestServer.login(), pinned, TestServer.settings())) {
                    remote.connect();
                    other.start();
                    relay.redirectTo(other.sshd.getPort());
                    server.dropConnections();
                    RemoteException e = catchThrowableOfType(RemoteException.class, () -> runUntilNoticed(remote));
                    assertThat(e.kind()).isEqualTo(Kind.CHANGED_HOST_KEY);
                    assertThat(other.passwords).hasValue(0);
                }
            }
        }
        SshThreads.awaitNone();
    }

    // Perhaps only the next script notices the loss.
    private static void runUntilNoticed(SshRemote remote) throws RemoteException, InterruptedException {
        try {
            remote.run(Script.of("true"));
        } catch (RemoteException e) {
            if (e.kind() != Kind.LOST) {
                throw e;
            }
            remote.run(Script.of("true"));
        }
    }

    @Test
    void givesUpOnFiveHundredSilentServersWithFewThreads() throws Exception {
        List<Socket> accepted = Collections.synchronizedList(new ArrayList<>());
        try (ServerSocket silent = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress())) {
            Thread accepting = new Thread(() -> {
                try {
                    while (true) {
                        accepted.add(silent.accept());
                    }
                } catch (IOException e) {
                    // Closed
                }
            });
            accepting.start();
            List<SshRemote> nodes = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                Node node = new Node("n" + i, "127.0.0.1", silent.getLocalPort(), "127.0.0.1");
                nodes.add(new SshRemote(
                        node,
                        TestServer.login(),
                        HostKeys.none(),
                        SshSettings.DEFAULT.withConnectTimeout(Duration.ofMillis(100))));
            }
            int[] most = new int[1];
            try (Remotes remotes = new Remotes(nodes)) {
                NodesException e = catchThrowableOfType(
                        NodesException.class,
                        () -> remotes.onEach(remote -> {
                            synchronized (most) {
                                most[0] = Math.max(
                                        most[0],
                                        SshThreads.named("SSH ", "cluster nodes")
                                                .size());
                            }
                            remote.connect();
                            return null;
                        }));
                assertThat(e.failures()).hasSize(500).allSatisfy((name, cause) -> assertThat(cause)
                        .hasMessageContaining(name)
                        .hasMessageContaining("100 ms"));
            }
            assertThat(most[0]).isBetween(1, Remotes.PARALLELISM);
        }
        // The client has closed each connection
        for (Socket socket : accepted) {
            socket.getInputStream().readAllBytes();
            socket.close();
        }
        SshThreads.awaitNone();
    }

    @Test
    void usesOneThreadPerOpenConnection() throws Exception {
        server.start();
        List<SshRemote> nodes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            nodes.add(new SshRemote(server.node("n" + i), TestServer.login(), HostKeys.none(), TestServer.settings()));
        }
        int[] most = new int[1];
        try (Remotes remotes = new Remotes(nodes, 3)) {
            remotes.onEach(remote -> {
                remote.run(Script.of("echo on"), line -> {
                    synchronized (most) {
                        most[0] = Math.max(
                                most[0],
                                SshThreads.named("SSH ", "cluster nodes").size());
                    }
                });
                return null;
            });
            // One reader per connection, and per running script one thread that works and one that sends the script
            assertThat(most[0]).isBetween(1, 12 + 2 * 3);
            assertThat(SshThreads.named("SSH connection")).hasSize(12);
        }
        SshThreads.awaitNone();
    }
}
