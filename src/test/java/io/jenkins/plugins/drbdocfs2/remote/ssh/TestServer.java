package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKey;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import io.jenkins.plugins.drbdocfs2.support.ShellCommand;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.io.output.SecureByteArrayOutputStream;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.RejectAllPublickeyAuthenticator;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;

/** An SSH server in this process, on a free port of 127.0.0.1, that runs commands in the shell of this machine. */
public final class TestServer implements AutoCloseable {
    static final String USER = "ops";
    static final String PASSWORD = "pass 'wörd'";
    /** Created once, because that takes time. */
    public static final KeyPair HOST_KEY = newKey("EC", 256);

    static final KeyPair OTHER_KEY = newKey("EC", 256);

    /** Added to the environment of commands. */
    final Map<String, String> environment = new ConcurrentHashMap<>();
    /** The number of logins. */
    public final AtomicInteger logins = new AtomicInteger();

    final AtomicInteger passwords = new AtomicInteger();
    /** The number of commands so far, each on a channel of its own. */
    final AtomicInteger channels = new AtomicInteger();

    final SshServer sshd = SshServer.setUpDefaultServer();

    public TestServer() {
        sshd.setHost("127.0.0.1");
        sshd.setKeyPairProvider(KeyPairProvider.wrap(HOST_KEY));
        sshd.setPublickeyAuthenticator(RejectAllPublickeyAuthenticator.INSTANCE);
        sshd.setPasswordAuthenticator((user, password, session) -> {
            passwords.incrementAndGet();
            return user.equals(USER) && password.equals(PASSWORD);
        });
        sshd.setCommandFactory((channel, command) -> {
            channels.incrementAndGet();
            return new ShellCommand(command, environment);
        });
        sshd.addSessionListener(new SessionListener() {
            @Override
            public void sessionEvent(Session session, Event event) {
                if (event == Event.Authenticated) {
                    logins.incrementAndGet();
                }
            }
        });
    }

    public TestServer start() throws IOException {
        sshd.start();
        return this;
    }

    Node node() {
        return node("sv1");
    }

    public Node node(String name) {
        return new Node(name, "127.0.0.1", sshd.getPort(), "127.0.0.1");
    }

    public static Login login() {
        return new Login("cred-1", USER, List.of(), null, PASSWORD);
    }

    public static SshSettings settings() {
        return SshSettings.DEFAULT.withConnectTimeout(Duration.ofSeconds(20));
    }

    /** The same, with other keep-alives. */
    static SshSettings settings(Duration keepAliveInterval, int keepAliveCount) {
        return new SshSettings(settings().connectTimeout(), keepAliveInterval, keepAliveCount, false);
    }

    SshRemote remote() {
        return new SshRemote(node(), login(), HostKeys.none(), settings());
    }

    /** Lets no shell for commands stay: it ends at once. This directory comes first in the PATH of commands. */
    void keepNoCommandShell(Path directory) throws IOException {
        Path sh =
                Files.writeString(directory.resolve("sh"), "#!/bin/sh\n[ $# != 6 ] || exit 127\nexec /bin/sh \"$@\"\n");
        Files.setPosixFilePermissions(sh, PosixFilePermissions.fromString("rwx------"));
        environment.put("PATH", directory + ":" + System.getenv("PATH"));
    }

    /**
     * Waits until a command has written its process ID to this file.
     *
     * @throws InterruptedException if the thread was interrupted, such as by a time limit of the test
     */
    static ProcessHandle awaitProcess(Path file) throws IOException, InterruptedException {
        String text = "";
        while (!text.endsWith("\n")) {
            if (Thread.interrupted()) {
                throw new InterruptedException("no process ID in time");
            }
            text = Files.exists(file) ? Files.readString(file) : "";
        }
        return ProcessHandle.of(Long.parseLong(text.strip())).orElseThrow();
    }

    /** Limits the open channels, as MaxSessions of sshd does. */
    void allowChannels(int most) {
        AtomicInteger open = new AtomicInteger();
        sshd.setChannelFactories(List.of(new ChannelSessionFactory() {
            @Override
            public Channel createChannel(Session session) {
                if (open.incrementAndGet() > most) {
                    open.decrementAndGet();
                    return null;
                }
                ChannelSession channel = new ChannelSession();
                channel.addCloseFutureListener(closed -> open.decrementAndGet());
                return channel;
            }
        }));
    }

    /** Closes all connections abruptly, as in a crash of the machine. */
    void dropConnections() {
        sshd.getActiveSessions().forEach(session -> session.close(true));
    }

    /** Exchanges keys again on all connections, then runs something. */
    void exchangeKeys(Runnable then) {
        for (Session session : sshd.getActiveSessions()) {
            try {
                session.reExchangeKeys().addListener(done -> then.run());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static KeyPair newKey(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key as in a known_hosts file, without the host name. */
    static String line(KeyPair key) {
        StringWriter text = new StringWriter();
        try {
            PublicKeyEntry.appendPublicKeyEntry(text, key.getPublic());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    public static HostKey hostKey(KeyPair key) {
        String[] words = line(key).split(" ");
        return HostKey.of(words[0], words[1]).orElseThrow();
    }

    static String openSsh(KeyPair key, String passphrase) throws IOException, GeneralSecurityException {
        OpenSSHKeyEncryptionContext encryption = null;
        if (passphrase != null) {
            encryption = new OpenSSHKeyEncryptionContext();
            encryption.setCipherName("AES");
            encryption.setCipherType("256");
            encryption.setCipherMode("CTR");
            encryption.setPassword(passphrase);
        }
        SecureByteArrayOutputStream out = new SecureByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "a comment", encryption, out);
        return out.toString();
    }

    static String pem(KeyPair key) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    @Override
    public void close() throws IOException {
        sshd.stop(true);
    }
}
