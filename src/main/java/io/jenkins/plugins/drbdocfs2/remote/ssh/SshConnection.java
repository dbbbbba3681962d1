package io.jenkins.plugins.drbdocfs2.remote.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Logger;
import com.jcraft.jsch.Session;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeyErrors;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One SSH connection to a node, logged in, until it is closed or lost. It has one thread that reads; it is closed if the
 * server opens channels of its own, which would need more threads.
 */
final class SshConnection implements AutoCloseable {
    private static final int END_OF_THREAD_SECONDS = 5;

    private final Node node;
    private final Session session;
    private final DeadlineSocketFactory sockets;
    private volatile Thread reader;
    private volatile boolean closed;
    private volatile String lossReason;
    private volatile Privilege privilege = Privilege.LOGIN;
    private volatile Phase phase = Phase.VERSION;
    private final Duration openTimeout;

    private SshConnection(Node node, Session session, DeadlineSocketFactory sockets, Duration openTimeout) {
        this.node = node;
        this.session = session;
        this.sockets = sockets;
        this.openTimeout = openTimeout;
    }

    /** The stages of connecting. */
    enum Phase {
        /** TCP is connected, and the server has not identified itself. RFC 4253, 4.2. */
        VERSION("before it identified itself as an SSH server"),
        /** Keys and algorithms are negotiated, and the host key is presented. RFC 4253, 7. */
        KEY_EXCHANGE("in the key exchange"),
        /** RFC 4252. */
        LOGIN("in the login");

        private final String words;

        Phase(String words) {
            this.words = words;
        }

        /** The stage as the end of a sentence. */
        String words() {
            return words;
        }
    }

    /**
     * Connects and logs in.
     *
     * @throws RemoteException if it fails or takes too long
     * @throws InterruptedException if the thread was interrupted; then nothing is open
     */
    static SshConnection open(Node node, Login login, HostKeys hostKeys, SshSettings settings)
            throws RemoteException, InterruptedException {
        ConnectErrors faults = new ConnectErrors(node, login, settings);
        DeadlineSocketFactory sockets = new DeadlineSocketFactory(settings);
        JschHostKeyVerifier verifier = new JschHostKeyVerifier(node, hostKeys);
        SshConnection connection = null;
        SshLogin shown = null;
        try {
            JSch jsch = new JSch();
            Session session = jsch.getSession(login.user(), node.host(), node.port());
            connection = new SshConnection(node, session, sockets, settings.connectTimeout());
            SshAlgorithms.offer(session, hostKeys.known(node.host(), node.port()));
            shown = SshLogin.prepare(jsch, session, login);
            session.setHostKeyRepository(verifier);
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setSocketFactory(sockets);
            // The limit of a key exchange; keep-alives are due when a read of the socket times out
            session.setTimeout((int) settings.connectTimeout().toMillis());
            session.setServerAliveCountMax(settings.keepAliveCount());
            session.setThreadFactory(connection::newThread);
            session.setDaemonThread(true);
            session.setLogger(connection.new Listener());
            session.connect(0);
            sockets.connected();
            connection.reader.setName("SSH connection to " + node.name());
            return connection;
        } catch (SshLogin.BadKeyException e) {
            throw faults.badKey(e);
        } catch (JSchException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while connecting to " + node.name());
            }
            throw faults.of(e, sockets, verifier, connection == null ? Phase.VERSION : connection.phase, shown);
        } catch (IOException e) {
            throw HostKeyErrors.unreadable(node, hostKeys, e);
        }
    }

    private Thread newThread(Runnable work) {
        if (reader != null) {
            throw new IllegalStateException("the node opened a channel that was not requested");
        }
        // Inherits nothing from the connecting thread, because it may serve others later
        Thread thread = new Thread(null, work, "SSH connection to " + node.name(), 0, false);
        thread.setContextClassLoader(null);
        reader = thread;
        return thread;
    }

    String nodeName() {
        return node.name();
    }

    /** Whether scripts can still run on it. */
    boolean alive() {
        return !closed && lossReason == null && session.isConnected();
    }

    /** The time limit for opening a channel. */
    Duration openTimeout() {
        return openTimeout;
    }

    /** A channel for a command, not connected yet. */
    ChannelExec newChannel() throws JSchException {
        return (ChannelExec) session.openChannel("exec");
    }

    /** Why it was lost, as the end of a sentence; null while it is open, or if only the channel of a script was closed. */
    String lossReason() {
        return closed ? "it was closed here" : lossReason;
    }

    /** How scripts become root. */
    Privilege privilege() {
        return privilege;
    }

    void setPrivilege(Privilege how) {
        privilege = how;
    }

    /** Closes it at once with everything that runs on it, and waits for the end of its thread. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = Thread.interrupted();
        try {
            sockets.close();
            session.disconnect();
            if (reader != Thread.currentThread()) {
                reader.join(TimeUnit.SECONDS.toMillis(END_OF_THREAD_SECONDS));
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The only way to get the stage of connecting, and the reason for the end of the session. */
    private final class Listener implements Logger {
        private static final String END = "leaving main loop due to ";

        @Override
        public boolean isEnabled(int level) {
            return level == INFO;
        }

        @Override
        public void log(int level, String message) {
            int at = message.indexOf(END);
            if (at >= 0) {
                lossReason = message.substring(at + END.length());
            } else if (message.startsWith("Remote version string")) {
                phase = Phase.KEY_EXCHANGE;
            } else if (message.startsWith("SSH_MSG_NEWKEYS received")) {
                phase = Phase.LOGIN;
            }
        }
    }
}
