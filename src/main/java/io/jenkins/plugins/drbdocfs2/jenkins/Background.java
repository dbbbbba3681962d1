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

/** The threads on which steps wait for nodes: one for each running step. */
public final class Background {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "drbd-ocfs2-steps"));

    private Background() {}

    /** Runs a task on such a thread. */
    public static void submit(Runnable work) {
        THREADS.execute(work);
    }

    /**
     * Runs a task and waits for its result; interrupts a task that takes too long.
     *
     * @throws TimeoutException if it takes longer than the limit
     * @throws ExecutionException if it fails
     * @throws InterruptedException if the waiting thread was interrupted; then the task is interrupted too
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
