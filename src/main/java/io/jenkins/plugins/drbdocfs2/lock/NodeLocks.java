package io.jenkins.plugins.drbdocfs2.lock;

import io.jenkins.plugins.drbdocfs2.remote.Remote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The locks of the nodes of a cluster for one owner, against those who reach the nodes from elsewhere: other controllers,
 * the runner, and scripts that use flock(1) with the same file. Two owners that want the same nodes never wait for each
 * other: who does not get all nodes gives back those that it got, and tries again after {@value #MIN_PAUSE} to
 * {@value #MAX_PAUSE} milliseconds. Thread-safe.
 */
public final class NodeLocks {
    private static final int MIN_PAUSE = 1000;
    private static final int MAX_PAUSE = 3000;
    private static final String SOMEBODY = "somebody";

    private final String file;
    private final ReentrantLock busy = new ReentrantLock();
    private final Map<String, NodeLock> locks = new ConcurrentHashMap<>();
    private final Set<String> impossible = ConcurrentHashMap.newKeySet();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    /** Locks nothing yet. */
    public NodeLocks() {
        this(NodeLock.FILE);
    }

    NodeLocks(String file) {
        this.file = file;
    }

    /**
     * Locks these nodes, unless this has locked them before and the locks still hold. A node that cannot be locked is left
     * out; it is tried again when it answers.
     *
     * @param nodes the nodes
     * @param answering the names of the nodes that answer
     * @param owner the owner; a lock of the same owner through another connection counts as its own
     * @param log is told what it waits for, and which node cannot be locked
     * @return whether it locked a node that was not locked before, or waited: what was known of the nodes may be old
     * @throws InterruptedException if the thread was interrupted; then nothing more is locked than before
     */
    public boolean acquire(
            Collection<? extends Remote> nodes, Collection<String> answering, LockOwner owner, Consumer<String> log)
            throws InterruptedException {
        busy.lockInterruptibly();
        try {
            failed.removeAll(answering);
            lost(nodes.stream().map(NodeLocks::name).toList(), log).forEach(locks::remove);
            String told = null;
            boolean waited = false;
            while (true) {
                Map<Remote, NodeLock> wanted = new LinkedHashMap<>();
                nodes.stream()
                        .filter(node -> !locks.containsKey(name(node)))
                        .filter(node -> !impossible.contains(name(node)) && !failed.contains(name(node)))
                        .forEach(node -> wanted.put(node, NodeLock.start(node, file, owner)));
                if (wanted.isEmpty()) {
                    return waited;
                }
                Map<String, NodeLock> got = new LinkedHashMap<>();
                Map<String, List<String>> holders = new LinkedHashMap<>();
                boolean kept = false;
                try {
                    sort(wanted, got, holders, log);
                    kept = holders.isEmpty();
                } finally {
                    if (!kept) {
                        release(wanted.values());
                    }
                }
                if (kept) {
                    locks.putAll(got);
                    return waited || !got.isEmpty();
                }
                String waits = waitsFor(holders);
                if (!waits.equals(told)) {
                    log.accept(waits);
                    told = waits;
                }
                waited = true;
                Thread.sleep(ThreadLocalRandom.current().nextInt(MIN_PAUSE, MAX_PAUSE));
            }
        } finally {
            busy.unlock();
        }
    }

    /**
     * The nodes whose lock was lost since it was acquired: somebody else may have changed them. Not those whose server takes
     * no other script beside the one that holds the lock, which the log is told.
     *
     * @param names the names of the nodes
     */
    public Set<String> lost(Collection<String> names, Consumer<String> log) {
        Set<String> lost = new LinkedHashSet<>();
        for (String node : names) {
            NodeLock lock = locks.get(node);
            NodeLock.Answer loss = lock == null ? null : lock.loss();
            if (loss != null && loss.kind() == NodeLock.Kind.IMPOSSIBLE) {
                locks.remove(node);
                impossible(node, loss, log);
            } else if (loss != null) {
                lost.add(node);
            }
        }
        return lost;
    }

    private void impossible(String node, NodeLock.Answer why, Consumer<String> log) {
        if (impossible.add(node)) {
            log.accept(node + " is not locked against other changes: " + why.text());
        }
    }

    private void sort(
            Map<Remote, NodeLock> wanted,
            Map<String, NodeLock> got,
            Map<String, List<String>> holders,
            Consumer<String> log)
            throws InterruptedException {
        for (Map.Entry<Remote, NodeLock> lock : wanted.entrySet()) {
            String node = name(lock.getKey());
            NodeLock.Answer answer = lock.getValue().await();
            switch (answer.kind()) {
                case LOCKED, SHARED -> got.put(node, lock.getValue());
                case HELD -> holders.computeIfAbsent(
                                answer.text().isEmpty() ? SOMEBODY : answer.text(), owner -> new ArrayList<>())
                        .add(node);
                case IMPOSSIBLE -> impossible(node, answer, log);
                case FAILED -> {
                    failed.add(node);
                    log.accept(node + " is not locked against other changes: " + answer.text());
                }
            }
        }
    }

    private static String waitsFor(Map<String, List<String>> holders) {
        return holders.entrySet().stream()
                .map(holder ->
                        "waiting for " + holder.getKey() + ", which changes " + String.join(", ", holder.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static void release(Collection<NodeLock> locks) {
        boolean interrupted = Thread.interrupted();
        for (NodeLock lock : locks) {
            try {
                lock.release();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String name(Remote node) {
        return node.node().name();
    }
}
