package io.jenkins.plugins.drbdocfs2.remote;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The nodes of a cluster, on which tasks run in parallel. Its threads are limited in number and exist only while tasks run.
 * In addition each running script has a thread that sends it, and each open connection a thread that reads. To limit these,
 * only the first {@value #MAX_KEPT_OPEN} nodes keep their connections between tasks.
 */
public final class Remotes implements AutoCloseable {
    /** The default number of nodes on which tasks run at the same time. */
    public static final int PARALLELISM = 32;

    /** The number of nodes that keep their connections between tasks. */
    public static final int MAX_KEPT_OPEN = 512;

    private final Map<String, Remote> remotes;
    private final Set<Remote> closedWhenIdle;
    private final int parallelism;

    /**
     * A task on a node.
     *
     * @param <R> its result
     */
    @FunctionalInterface
    public interface Task<R> {
        /**
         * Runs the task.
         *
         * @throws IOException if it fails
         * @throws InterruptedException if the thread was interrupted
         */
        R on(Remote remote) throws IOException, InterruptedException;
    }

    /**
     * These nodes, not connected yet.
     *
     * @throws IllegalArgumentException if two have one name
     */
    public Remotes(Collection<? extends Remote> remotes) {
        this(remotes, PARALLELISM);
    }

    /**
     * These nodes, not connected yet.
     *
     * @param parallelism the number of nodes on which tasks run at the same time, at least 1
     * @throws IllegalArgumentException if two have one name
     */
    public Remotes(Collection<? extends Remote> remotes, int parallelism) {
        this.remotes = new LinkedHashMap<>();
        for (Remote remote : remotes) {
            if (this.remotes.put(remote.node().name(), remote) != null) {
                throw new IllegalArgumentException(
                        "Two nodes are named " + remote.node().name());
            }
        }
        this.parallelism = parallelism;
        this.closedWhenIdle =
                this.remotes.values().stream().skip(MAX_KEPT_OPEN).collect(Collectors.toUnmodifiableSet());
    }

    /** The nodes by name, in order. */
    public Map<String, Remote> byName() {
        return Collections.unmodifiableMap(remotes);
    }

    /**
     * Connects to all nodes, to test the connections.
     *
     * @throws NodesException if it fails for one or more nodes; the others were connected
     * @throws InterruptedException if the thread was interrupted
     */
    public void connect() throws NodesException, InterruptedException {
        onEach(remotes.values(), remote -> {
            remote.connect();
            return null;
        });
    }

    /**
     * Runs a task on all nodes; see {@link #onEach(Collection, Task)}.
     *
     * @throws NodesException if it fails on one or more
     * @throws InterruptedException if the thread was interrupted
     */
    public <R> Map<String, R> onEach(Task<R> task) throws NodesException, InterruptedException {
        return onEach(remotes.values(), task);
    }

    /**
     * Runs a task on several nodes in parallel and waits for all of them, even if one fails. An interrupt of the thread
     * interrupts the tasks on all nodes at once.
     *
     * @return the results by node name, in the order of the nodes
     * @throws NodesException if it failed on one or more, with all failures
     * @throws InterruptedException if the thread was interrupted; then no task is running any more
     */
    public <R> Map<String, R> onEach(Collection<? extends Remote> nodes, Task<R> task)
            throws NodesException, InterruptedException {
        Map<String, R> results = new LinkedHashMap<>();
        Map<String, Exception> failures = new LinkedHashMap<>();
        if (nodes.size() == 1) {
            Remote only = nodes.iterator().next();
            collect(only, () -> work(only, task), results, failures);
        } else if (!nodes.isEmpty()) {
            onEachOfSeveral(nodes, task, results, failures);
        }
        if (!failures.isEmpty()) {
            throw new NodesException(failures);
        }
        return results;
    }

    private <R> void onEachOfSeveral(
            Collection<? extends Remote> nodes, Task<R> task, Map<String, R> results, Map<String, Exception> failures)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(nodes.size(), parallelism), threads());
        try {
            Map<Remote, Future<R>> works = new LinkedHashMap<>();
            nodes.forEach(remote -> works.put(remote, threads.submit(() -> work(remote, task))));
            for (Map.Entry<Remote, Future<R>> work : works.entrySet()) {
                collect(work.getKey(), () -> get(work.getValue()), results, failures);
            }
        } finally {
            end(threads);
        }
    }

    private <R> R work(Remote remote, Task<R> task) throws IOException, InterruptedException {
        try {
            return task.on(remote);
        } finally {
            if (closedWhenIdle.contains(remote)) {
                remote.closeIfIdle();
            }
        }
    }

    private interface Work<R> {
        R result() throws Exception;
    }

    private static <R> void collect(
            Remote remote, Work<R> work, Map<String, R> results, Map<String, Exception> failures)
            throws InterruptedException {
        try {
            results.put(remote.node().name(), work.result());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failures.put(remote.node().name(), e);
        }
    }

    private static <R> R get(Future<R> work) throws Exception {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static ThreadFactory threads() {
        return work -> {
            Thread thread = new Thread(work, "cluster nodes");
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Stops the remaining tasks, if any, and waits for their end. */
    private static void end(ExecutorService threads) throws InterruptedException {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        // Each ends soon, because it was interrupted; a task that outlives this method would collide with the next
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes all nodes. */
    @Override
    public void close() {
        remotes.values().forEach(Remote::close);
    }
}
