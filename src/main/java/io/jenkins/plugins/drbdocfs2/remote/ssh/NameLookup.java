package io.jenkins.plugins.drbdocfs2.remote.ssh;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks up the addresses of hosts in limited time. */
final class NameLookup {
    private final Resolver resolver;

    /** The lookup function; {@link InetAddress#getAllByName} except in tests. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws IOException;
    }

    NameLookup(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * The addresses of a host.
     *
     * @throws TooSlowException if the lookup takes too long
     * @throws InterruptedIOException if the thread was interrupted; it still is
     * @throws IOException if there are none
     */
    InetAddress[] of(String host, int millis) throws IOException {
        if (host.contains(":") || host.matches("[0-9.]+")) {
            return resolver.addresses(host);
        }
        // A lookup cannot be interrupted, so it may continue when nobody waits any more
        FutureTask<InetAddress[]> question = new FutureTask<>(() -> resolver.addresses(host));
        Thread thread = new Thread(null, question, "address of " + host, 0, false);
        thread.setDaemon(true);
        thread.start();
        try {
            return question.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TooSlowException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** The name service did not answer in time. */
    static final class TooSlowException extends SocketTimeoutException {
        private static final long serialVersionUID = 1L;

        TooSlowException(TimeoutException cause) {
            super("no address in time");
            initCause(cause);
        }
    }
}
