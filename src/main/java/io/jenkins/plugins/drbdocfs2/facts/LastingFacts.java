package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers to {@linkplain Probe#lasts lasting} probes, which the steps of a block keep for each other: a step that changes
 * nothing then asks less. Thread-safe.
 *
 * <p>A kept answer is used as long as the same connection to the node lasts, for ten minutes at most. All answers of all nodes
 * are dropped before a step runs anything on a node that is not a probe, and after it, as it may have changed any of them; and
 * when a lock had to be acquired, as others may have changed a node before. Changes through other connections go unnoticed, also
 * those of a block within this one. An answer is kept only by a step that found nothing to do.
 *
 * <p>No change is decided by a kept answer, nor is a refusal: the {@code Engine} then asks everything again.
 */
public final class LastingFacts {
    private static final long MAX_AGE = Duration.ofMinutes(10).toNanos();

    /** @param connections how many connections the node had when it answered */
    private record Kept(int connections, long since, NodeFacts facts) {
        boolean isUsable(int connectionsNow) {
            return connections == connectionsNow && System.nanoTime() - since < MAX_AGE;
        }
    }

    /** Sends probes to a node. */
    @FunctionalInterface
    public interface Asking {
        /** The answers. */
        NodeFacts ask(ProbeSet probes) throws RemoteException, InterruptedException;
    }

    private final Map<String, Kept> kept = new HashMap<>();
    private int drops;

    /** Drops all answers. */
    public synchronized void drop() {
        kept.clear();
        drops++;
    }

    /** Begins a look of a step at its nodes. */
    public synchronized Look look() {
        return new Look(drops);
    }

    private synchronized NodeFacts kept(String node, int connections) {
        Kept last = kept.get(node);
        return last != null && last.isUsable(connections) ? last.facts : null;
    }

    private synchronized void keep(Map<String, Kept> answers, int dropsBefore) {
        if (drops == dropsBefore) {
            answers.forEach((node, answer) -> kept.merge(node, answer, LastingFacts::merge));
        }
    }

    /** The answers of two looks, as old as those of the first. */
    private static Kept merge(Kept first, Kept second) {
        return first.isUsable(second.connections)
                ? new Kept(first.connections, first.since, first.facts.and(second.facts))
                : second;
    }

    /** One look of a step at its nodes. Thread-safe. */
    public final class Look {
        private final int dropsBefore;
        private final Map<String, Kept> answers = new HashMap<>();
        private boolean helped;

        private Look(int drops) {
            this.dropsBefore = drops;
        }

        /**
         * The answers of a node, kept ones included.
         *
         * @param asking sends the other probes; it is not called if there are none
         * @throws RemoteException if the node is unreachable, or its answer is incomplete
         * @throws InterruptedException if the thread was interrupted
         */
        public NodeFacts ask(ProbeSet probes, Remote remote, Asking asking)
                throws RemoteException, InterruptedException {
            remote.connect();
            int connections = remote.connections();
            NodeFacts known = kept(remote.node().name(), connections);
            NodeFacts old = known == null ? null : known.only(probes.probes());
            if (old == null || old.isEmpty()) {
                return fresh(probes, remote, connections, asking);
            }
            ProbeSet rest = probes.missingIn(old);
            NodeFacts answer = rest.isEmpty() ? null : fresh(rest, remote, connections, asking);
            if (remote.connections() != connections) {
                return fresh(probes, remote, remote.connections(), asking);
            }
            helped();
            return answer == null ? old : old.and(answer);
        }

        private synchronized void helped() {
            helped = true;
        }

        private NodeFacts fresh(ProbeSet probes, Remote remote, int connections, Asking asking)
                throws RemoteException, InterruptedException {
            long now = System.nanoTime();
            NodeFacts answer = asking.ask(probes);
            if (remote.connections() == connections) {
                synchronized (this) {
                    answers.merge(
                            answer.name(),
                            new Kept(connections, now, answer.only(lasting(probes, answer))),
                            LastingFacts::merge);
                }
            }
            return answer;
        }

        /** Keeps its answers for later looks, unless answers were dropped since it began. */
        public synchronized void keep() {
            LastingFacts.this.keep(answers, dropsBefore);
        }

        /** Drops all kept answers; returns whether this look used any, so that it has to be repeated. */
        public synchronized boolean drop() {
            LastingFacts.this.drop();
            return helped;
        }
    }

    private static List<Probe<?>> lasting(ProbeSet probes, NodeFacts answer) {
        List<Probe<?>> lasting = new ArrayList<>();
        for (Probe<?> probe : probes.probes()) {
            if (lasts(probe, answer)) {
                lasting.add(probe);
            }
        }
        return lasting;
    }

    private static <T> boolean lasts(Probe<T> probe, NodeFacts answer) {
        return answer.has(probe) && probe.lasts().test(answer.get(probe));
    }
}
