package io.jenkins.plugins.drbdocfs2.support;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;

/**
 * A node on a free port of 127.0.0.1: an SSH server in this process. Scripts run in the shell of this machine, but find
 * fake tools first, which answer the plugin's probes like a node with the DRBD tools: its name, root as user, and a
 * recorded version of drbdadm.
 */
public final class SshNode implements AutoCloseable {
    /** The user name of the login. */
    public static final String USER = "root";

    /** The password of the login. */
    public static final String PASSWORD = "node-pass'wörd";

    private static final Path DRBDADM_VERSION = Path.of("src/test/resources/recorded/drbd84/version.txt");

    private final String name;
    private final Path folder;
    private final KeyPair hostKey = newKey();
    private final SshServer sshd = SshServer.setUpDefaultServer();
    private int logins;
    private int connections;
    private int commands;

    /** Starts a node with this name. */
    public SshNode(String name) throws IOException {
        this.name = name;
        folder = Files.createTempDirectory("node-" + name);
        tool(
                "uname",
                "while [ -e '" + held() + "' ]; do sleep 0.1; done",
                "case $* in -n) echo " + name + "; exit;; '-n -r') echo " + name
                        + " \"$(/usr/bin/uname -r)\"; exit;; esac",
                "exec /usr/bin/uname \"$@\"");
        tool("drbdadm", "[ \"$1\" != --version ] || exec cat '" + DRBDADM_VERSION.toAbsolutePath() + "'");
        // all nodes of all tests are this machine, and would lock the same file
        tool("flock", "exit 0");
        sshd.setHost("127.0.0.1");
        sshd.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        sshd.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        String path = folder + ":" + System.getenv("PATH");
        sshd.setCommandFactory((channel, command) -> {
            count(() -> commands++);
            return new ShellCommand(command, Map.of("PATH", path));
        });
        sshd.addSessionListener(new SessionListener() {
            @Override
            public void sessionEvent(Session session, Event event) {
                if (event == Event.Authenticated) {
                    count(() -> logins++);
                    count(() -> connections++);
                }
            }

            @Override
            public void sessionClosed(Session session) {
                if (session.isAuthenticated()) {
                    count(() -> connections--);
                }
            }
        });
        sshd.start();
    }

    private void tool(String tool, String... lines) throws IOException {
        Path file = Files.write(
                folder.resolve(tool),
                Stream.concat(Stream.of("#!/bin/sh"), Stream.of(lines)).toList());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * Allows {@link #USER} to log in with a key, too.
     *
     * @param key in OpenSSH's format without a comment
     */
    public void authorize(String key) {
        sshd.setPublickeyAuthenticator((user, offered, session) ->
                user.equals(USER) && PublicKeyEntry.toString(offered).equals(key));
    }

    private synchronized void count(Runnable counter) {
        counter.run();
        notifyAll();
    }

    private Path held() {
        return folder.resolve("held");
    }

    /** The name of the node. */
    public String name() {
        return name;
    }

    /** The port of the node. */
    public int port() {
        return sshd.getPort();
    }

    /** The node as an entry of the list of nodes in a Jenkinsfile. */
    public String inJenkinsfile() {
        return "[name: '" + name + "', host: '127.0.0.1', port: " + port() + "]";
    }

    /** Its host key as in a known_hosts file, without the host name. */
    public String hostKey() {
        StringWriter text = new StringWriter();
        try {
            PublicKeyEntry.appendPublicKeyEntry(text, hostKey.getPublic());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The number of logins. */
    public synchronized int logins() {
        return logins;
    }

    /** The number of open connections. */
    public synchronized int connections() {
        return connections;
    }

    /** Blocks all probes until {@link #release()}. */
    public synchronized void hold() throws IOException {
        commands = 0;
        Files.createFile(held());
    }

    /** Lets the node answer again. */
    public void release() throws IOException {
        Files.deleteIfExists(held());
    }

    /** Waits until the node receives a probe, which it does not answer while it is held. */
    public void awaitQuestion() throws InterruptedException {
        await(() -> commands > 0);
    }

    /** Closes all connections, as a process that ends does. */
    public void disconnect() {
        sshd.getActiveSessions().forEach(session -> session.close(true));
    }

    /** Waits until there are no open connections. */
    public void awaitNoConnection() throws InterruptedException {
        await(() -> connections == 0);
    }

    /** Waits until a script has written its process ID to a file. */
    public static long awaitProcess(Path file) throws IOException {
        String text = "";
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (text.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("No script wrote to " + file + " within two minutes");
            }
            Thread.onSpinWait();
            text = Files.exists(file) ? Files.readString(file).strip() : "";
        }
        return Long.parseLong(text);
    }

    private synchronized void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("It did not happen at " + name + " within two minutes");
            }
            wait(left);
        }
    }

    /** The list of nodes in a Jenkinsfile. */
    public static String list(SshNode... nodes) {
        List<String> all = new ArrayList<>();
        for (SshNode node : nodes) {
            all.add(node.inJenkinsfile());
        }
        return all.toString();
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        release();
        sshd.stop(true);
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
