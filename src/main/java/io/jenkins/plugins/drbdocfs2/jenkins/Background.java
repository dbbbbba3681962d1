package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The threads that steps wait for nodes on; there are as many as steps are running, and none when none is. */
public final class Background {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "drbd-ocfs2-steps"));

    private Background() {}

    /** Runs something soon. */
    public static void submit(Runnable work) {
        THREADS.execute(work);
    }

    /**
     * Runs something and waits for what comes of it; work that takes too long is interrupted.
     *
     * @throws TimeoutException if it takes longer than the limit
     * @throws ExecutionException if it fails
     * @throws InterruptedException if the waiting thread was interrupted; the work is then, too
     */
    static <T> T call(Callable<T> work, Duration limit)
            throws TimeoutException, ExecutionException, InterruptedException {
        Future<T> future = THREADS.submit(work);
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            future.cancel(true);
        }
    }
}
