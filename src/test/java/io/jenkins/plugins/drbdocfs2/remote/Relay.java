package io.jenkins.plugins.drbdocfs2.remote;

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

/** Stands between client and server, until it carries nothing on any more, without closing anything. */
final class Relay implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong stallAfter = new AtomicLong(Long.MAX_VALUE);
    private volatile int connections;
    private volatile int stalled;

    Relay(int port) throws IOException {
        thread(() -> {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(client);
                sockets.add(server);
                int number = ++connections;
                thread(() -> carry(number, client, server));
                thread(() -> carry(number, server, client));
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Carries nothing on from now, on the connections that there are. */
    void stall() {
        stalled = connections;
    }

    /** Carries nothing on after so many bytes more. */
    void stallAfter(long bytes) {
        stallAfter.set(bytes);
    }

    private void carry(int number, Socket from, Socket to) throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[16 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (number <= stalled || stallAfter.addAndGet(-n) < 0) {
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
