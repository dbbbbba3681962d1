package io.jenkins.plugins.drbdocfs2.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Forwards between client and server, until it is told to stall, to close, or to change a byte. */
final class Relay implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong stallAfter = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong toClient = new AtomicLong();
    private final AtomicLong cutAt = new AtomicLong(Long.MAX_VALUE);
    private volatile Cut cut = Cut.CLOSE;
    private volatile int port;
    private volatile boolean ignoresClients;
    private volatile int largest = 16 * 1024;
    private volatile int connections;
    private volatile int stalled;

    /** What happens to one connection after a number of bytes from the server. */
    enum Cut {
        /** Nothing more is forwarded. */
        STALL,
        /** Both ends are closed. */
        CLOSE,
        /** The next byte is changed. */
        CHANGE
    }

    Relay(int port) throws IOException {
        this.port = port;
        thread(() -> {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), this.port);
                sockets.add(client);
                sockets.add(server);
                int number = ++connections;
                thread(() -> forward(number, client, server));
                thread(() -> forwardBack(number, server, client));
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Forwards nothing more on the existing connections. */
    void stall() {
        stalled = connections;
    }

    /** Forwards this number of bytes from clients and then nothing more. */
    void stallAfter(long bytes) {
        stallAfter.set(bytes);
    }

    /** The number of bytes forwarded from servers to clients. */
    long toClient() {
        return toClient.get();
    }

    /** Cuts the connection at the byte with this number from servers to clients. */
    void cutAt(long bytes, Cut how) {
        cut = how;
        cutAt.set(bytes);
    }

    /** Forwards new connections to another server. */
    void redirectTo(int otherPort) {
        port = otherPort;
    }

    /** Forwards single bytes. */
    void byteByByte() {
        largest = 1;
    }

    /** Forwards nothing more from clients. */
    void ignoreClients() {
        ignoresClients = true;
    }

    private void forwardBack(int number, Socket from, Socket to) throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[16 * 1024];
        for (int n = in.read(buffer, 0, largest); n >= 0; n = in.read(buffer, 0, largest)) {
            long left = cutAt.get() - toClient.get();
            if (number <= stalled) {
                closed.await();
                return;
            }
            if (left >= n) {
                toClient.addAndGet(n);
                out.write(buffer, 0, n);
                continue;
            }
            cutAt.set(Long.MAX_VALUE);
            toClient.addAndGet(left);
            switch (cut) {
                case CHANGE -> {
                    buffer[(int) left] ^= 1;
                    out.write(buffer, 0, n);
                }
                case CLOSE -> {
                    out.write(buffer, 0, (int) left);
                    to.close();
                    from.close();
                    return;
                }
                default -> {
                    out.write(buffer, 0, (int) left);
                    closed.await();
                    return;
                }
            }
        }
        to.close();
    }

    private void forward(int number, Socket from, Socket to) throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[16 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (ignoresClients || number <= stalled || stallAfter.addAndGet(-n) < 0) {
                closed.await();
                return;
            }
            out.write(buffer, 0, n);
        }
        to.close();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // Closed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listening.close();
        for (Socket socket : List.copyOf(sockets)) {
            socket.close();
        }
    }
}
