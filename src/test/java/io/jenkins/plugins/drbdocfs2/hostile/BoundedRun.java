package io.jenkins.plugins.drbdocfs2.hostile;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a reader of hostile input with limits of time and memory that are far above its normal needs. */
public final class BoundedRun {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MOST_WAITS = 20;
    private static final ExecutorService WORKERS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "reads hostile input");
        thread.setDaemon(true);
        return thread;
    });

    private BoundedRun() {}

    /**
     * Runs a task.
     *
     * @param deadline the processor time after which the task counts as hanging; the limit in wall time is 20 times that, as
     *     other programs may use the processors
     * @param mostBytes the total memory that it may allocate
     * @throws AssertionError if it exceeds a limit
     * @throws Throwable the exception of the task
     */
    public static <T> T run(Duration deadline, long mostBytes, Callable<T> work) throws Throwable {
        long[] used = new long[1];
        CompletableFuture<Long> worker = new CompletableFuture<>();
        Future<T> result = WORKERS.submit(() -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            worker.complete(Thread.currentThread().getId());
            try {
                return work.call();
            } finally {
                used[0] = THREADS.getCurrentThreadAllocatedBytes() - before;
            }
        });
        long start = THREADS.getThreadCpuTime(worker.get());
        try {
            for (int waits = 0; waits < MOST_WAITS; waits++) {
                try {
                    T value = result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
                    check(used[0], mostBytes);
                    return value;
                } catch (TimeoutException e) {
                    if (THREADS.getThreadCpuTime(worker.get()) - start > deadline.toNanos()) {
                        break;
                    }
                }
            }
            result.cancel(true);
            throw new AssertionError("no end within " + deadline);
        } catch (ExecutionException e) {
            check(used[0], mostBytes);
            throw e.getCause();
        }
    }

    private static void check(long used, long most) {
        if (used > most) {
            throw new AssertionError("it allocated " + used + " bytes, more than " + most);
        }
    }
}
