package io.jenkins.plugins.drbdocfs2.remote.ssh;

import com.jcraft.jsch.SocketFactory;
import io.jenkins.plugins.drbdocfs2.check.Durations;
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
 * The TCP connection of an SSH connection. Until {@link #connected()} all reads end at one deadline. Later a read that takes
 * longer than the keep-alive interval is a {@link SocketTimeoutException}, and the connection is closed if the node accepts
 * no data for the maximum time of silence. An interrupt of the connecting thread closes it.
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

    /** The login has finished: the deadline no longer applies. */
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

    /** Closes the TCP connection, even if a write is stuck. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is not used any more, whatever its state
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
        // The socket of a channel, because an interrupt ends its blocking calls, but not those of a Socket
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
                // Short even before the login has finished, because the pending read continues after it
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
                    // The library sends a keep-alive, and gives up after several
                    throw new SocketTimeoutException("the node did not answer for " + Durations.text(silence()));
                }
                left();
            } catch (IOException e) {
                throw stuck == null ? e : stuck;
            }
        }
    }

    /**
     * Makes the kernel acknowledge received data at once. Otherwise it would wait 40 ms, and a server with two small
     * packets, one for each output, would delay the second packet for this time.
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

    /** A node that accepts no data blocks all writers, including the reading thread. */
    private Void tookNothing(Throwable timeout) {
        stuck = new IOException("the node accepted no data for " + Durations.text(silence()), timeout);
        close();
        return null;
    }
}
