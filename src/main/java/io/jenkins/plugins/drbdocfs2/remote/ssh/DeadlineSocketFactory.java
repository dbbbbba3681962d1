package io.jenkins.plugins.drbdocfs2.remote.ssh;

import com.jcraft.jsch.SocketFactory;
import io.jenkins.plugins.drbdocfs2.remote.Durations;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * The TCP connection under an SSH connection: until {@link #connected()} all reading ends at one deadline, whatever
 * trickles in; later a read that takes longer than the keep-alive interval is a {@link SocketTimeoutException}, and a node
 * that does not take what is sent for as long as it may be silent is left. An interrupt of the thread that connects closes
 * it.
 */
final class DeadlineSocketFactory implements SocketFactory {
    private final SshSettings settings;
    private final NameLookup lookup;
    private final long deadline;
    private volatile boolean reached;
    private volatile boolean connected;
    private volatile IOException stuck;
    private volatile IOException failure;
    private volatile Socket socket;
    private volatile boolean canAcknowledge;

    DeadlineSocketFactory(SshSettings settings) {
        this(settings, new NameLookup(InetAddress::getAllByName));
    }

    DeadlineSocketFactory(SshSettings settings, NameLookup lookup) {
        this.settings = settings;
        this.lookup = lookup;
        this.deadline = System.nanoTime() + settings.connectTimeout().toNanos();
    }

    /** The login is done: the deadline is over. */
    void connected() {
        connected = true;
    }

    /** Whether TCP reached the server. */
    boolean reached() {
        return reached;
    }

    /** Why nothing more can be read, or null. */
    IOException failure() {
        return failure;
    }

    /** Closes the TCP connection, also where a write to it is stuck. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, in whatever state it is
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        InetAddress[] addresses = lookup.of(host, left());
        IOException first = null;
        for (int i = 0; i < addresses.length; i++) {
            try {
                return connect(new InetSocketAddress(addresses[i], port), left() / (addresses.length - i));
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    private Socket connect(InetSocketAddress address, int timeout) throws IOException {
        // A channel's socket, for its blocking calls end when the thread is interrupted; those of a Socket do not
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, Math.max(1, timeout));
            reached = true;
            canAcknowledge = channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
            socket = channel.socket();
            return socket;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private int left() throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("deadline");
        }
        return (int) left;
    }

    @Override
    public InputStream getInputStream(Socket used) throws IOException {
        InputStream received = used.getInputStream();
        return new FilterInputStream(received) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    return DeadlineSocketFactory.this.read(received, buffer, offset, length);
                } catch (SocketTimeoutException e) {
                    failure = connected ? failure : e;
                    throw e;
                } catch (IOException e) {
                    failure = e;
                    throw e;
                }
            }
        };
    }

    private int read(InputStream in, byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            try {
                // Short also before the login is done, for the read under way then goes on into the time after it
                int interval = (int) settings.keepAliveInterval().toMillis();
                socket.setSoTimeout(connected ? interval : Math.min(interval, left()));
                int count = in.read(buffer, offset, length);
                acknowledge();
                if (count < 0) {
                    throw new EOFException("the node closed the connection");
                }
                return count;
            } catch (SocketTimeoutException e) {
                if (connected) {
                    // The library asks for a sign of life, and gives up after some of these
                    throw new SocketTimeoutException("the node gave no sign of life for " + Durations.text(silence()));
                }
                left();
            } catch (IOException e) {
                throw stuck == null ? e : stuck;
            }
        }
    }

    /**
     * Has the kernel acknowledge at once what has come. It would wait 40 ms for an answer to send along, and a server
     * that has two small packets, one for each output, holds back the second for as long.
     */
    private void acknowledge() throws IOException {
        if (canAcknowledge) {
            socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }

    private Duration silence() {
        return settings.keepAliveInterval().multipliedBy(settings.keepAliveCount() + 1L);
    }

    @Override
    public OutputStream getOutputStream(Socket used) throws IOException {
        OutputStream sent = used.getOutputStream();
        return new FilterOutputStream(sent) {
            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                CompletableFuture<Void> taken = new CompletableFuture<>();
                taken.orTimeout(silence().toNanos(), TimeUnit.NANOSECONDS)
                        .exceptionally(DeadlineSocketFactory.this::tookNothing);
                try {
                    sent.write(buffer, offset, length);
                } catch (IOException e) {
                    throw stuck == null ? e : stuck;
                } finally {
                    taken.complete(null);
                }
            }
        };
    }

    /** A node that takes no data holds up all that write, the thread that reads among them. */
    private Void tookNothing(Throwable timeout) {
        stuck = new IOException("the node took no data for " + Durations.text(silence()), timeout);
        close();
        return null;
    }
}
