package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers of the nodes that the steps of a block keep for each other: a step that changes nothing then asks less.
 * Thread-safe.
 *
 * <ul>
 *   <li>Answers to {@linkplain Probe#lasts lasting} probes are kept for all steps, for ten minutes at most.
 *   <li>All other answers are kept for the step that follows right after, for five seconds at most: see {@link
 *       StepPosition}. That step passes them on together with its own.
 * </ul>
 *
 * <p>A kept answer is used as long as the same connection to the node lasts. All answers of all nodes are dropped before a step
 * runs anything on a node that is not a probe, and after it, as it may have changed any of them; and when a lock had to be
 * acquired, as others may have changed a node before. Changes through other connections go unnoticed, also those of a block
 * within this one. Answers are kept only by a step that found nothing to do, or after its changes.
 *
 * <p>No change is decided by a kept answer, nor is a refusal: the {@code Engine} then asks again.
 */
public final class KeptFacts {
    private static final long MAX_AGE_LASTING = Duration.ofMinutes(10).toNanos();
    private static final long MAX_AGE = Duration.ofSeconds(5).toNanos();

    /**
     * Answers of a node.
     *
     * @param connections how many connections the node had when it answered
     * @param since when the first of them was asked for
     * @param scripts the scripts that were answered, by the keys of their probes: probes with the same key may ask for more or
     *     for less
     */
    private record Kept(int connections, long since, NodeFacts facts, Map<String, String> scripts) {
        /** The answers to these probes. */
        static Kept of(int connections, long since, NodeFacts answer, Collection<Probe<?>> probes) {
            Map<String, String> scripts = new HashMap<>();
            probes.forEach(probe -> scripts.put(probe.key(), probe.script()));
            return new Kept(connections, since, answer.only(probes), scripts);
        }

        boolean isUsable(int connectionsNow, long maxAge) {
            return connections == connectionsNow && System.nanoTime() - since < maxAge;
        }

        /** Those of the answers that these probes ask for. */
        NodeFacts only(Collection<Probe<?>> probes) {
            return facts.only(probes.stream()
                    .filter(probe -> probe.script().equals(scripts.get(probe.key())))
                    .toList());
        }

        /** These answers with later ones, as old as these; only the later ones if these are too old. */
        Kept and(Kept later, long maxAge) {
            if (!isUsable(later.connections, maxAge)) {
                return later;
            }
            Map<String, String> all = new HashMap<>(scripts);
            all.putAll(later.scripts);
            return new Kept(connections, since, facts.and(later.facts), all);
        }
    }

    /** Sends probes to a node. */
    @FunctionalInterface
    public interface Asking {
        /** The answers. */
        NodeFacts ask(ProbeSet probes) throws RemoteException, InterruptedException;
    }

    private final Map<String, Kept> lasting = new HashMap<>();
    private final Map<String, Kept> recent = new HashMap<>();
    private String lastStep;
    private int drops;

    /** Drops all answers. */
    public synchronized void drop() {
        lasting.clear();
        recent.clear();
        drops++;
    }

    /**
     * Begins a look of a step at its nodes.
     *
     * @param step tells whether the answers for the following step are for this one
     */
    public synchronized Look look(StepPosition step) {
        return new Look(step, drops);
    }

    private synchronized NodeFacts kept(Node node, int connections, StepPosition step, Collection<Probe<?>> probes) {
        NodeFacts facts = only(probes, node, lasting.get(node.name()), connections, MAX_AGE_LASTING);
        Kept last = step.follows(lastStep) ? recent.get(node.name()) : null;
        return facts.and(only(probes, node, last, connections, MAX_AGE));
    }

    private static NodeFacts only(Collection<Probe<?>> probes, Node node, Kept kept, int connections, long maxAge) {
        return kept != null && kept.isUsable(connections, maxAge) ? kept.only(probes) : new NodeFacts(node, Map.of());
    }

    private synchronized void keep(Look look) {
        if (drops != look.dropsBefore) {
            return;
        }
        if (!look.step.follows(lastStep)) {
            recent.clear();
        }
        lastStep = look.step.id();
        look.lastingAnswers.values().forEach(answer -> merge(lasting, answer, MAX_AGE_LASTING));
        if (lastStep != null) {
            look.answers.values().forEach(answer -> merge(recent, answer, MAX_AGE));
        }
    }

    /** One look of a step at its nodes. Thread-safe. */
    public final class Look {
        private final StepPosition step;
        private final int dropsBefore;
        private final Map<String, Kept> answers = new HashMap<>();
        private final Map<String, Kept> lastingAnswers = new HashMap<>();
        private boolean helped;

        private Look(StepPosition step, int drops) {
            this.step = step;
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
            NodeFacts own = own(remote.node(), connections, probes.probes());
            ProbeSet others = probes.missingIn(own);
            NodeFacts old = kept(remote.node(), connections, step, others.probes());
            NodeFacts known = own.and(old);
            if (known.isEmpty()) {
                return fresh(probes, remote, connections, asking);
            }
            ProbeSet rest = others.missingIn(old);
            NodeFacts all = rest.isEmpty() ? known : known.and(fresh(rest, remote, connections, asking));
            if (remote.connections() != connections) {
                return fresh(probes, remote, remote.connections(), asking);
            }
            if (!old.isEmpty()) {
                setHelped();
            }
            return all;
        }

        private synchronized NodeFacts own(Node node, int connections, Collection<Probe<?>> probes) {
            return only(probes, node, answers.get(node.name()), connections, MAX_AGE);
        }

        private synchronized void setHelped() {
            helped = true;
        }

        private NodeFacts fresh(ProbeSet probes, Remote remote, int connections, Asking asking)
                throws RemoteException, InterruptedException {
            long now = System.nanoTime();
            NodeFacts answer = asking.ask(probes);
            if (remote.connections() == connections && runsAsRoot(answer)) {
                synchronized (this) {
                    merge(answers, Kept.of(connections, now, answer, probes.probes()), MAX_AGE);
                    List<Probe<?>> lasts = lasting(probes, answer);
                    merge(lastingAnswers, Kept.of(connections, now, answer, lasts), MAX_AGE_LASTING);
                }
            }
            return answer;
        }

        /** Keeps its answers for later looks, unless answers were dropped since it began. */
        public synchronized void keep() {
            KeptFacts.this.keep(this);
        }

        /** Whether it used kept answers. */
        public synchronized boolean helped() {
            return helped;
        }

        /** Drops all kept answers; returns whether this look used any, so that it has to be repeated. */
        public synchronized boolean drop() {
            KeptFacts.this.drop();
            return helped;
        }

        /** The same look without kept answers: it asks for these, and goes on with those that it got itself. */
        public synchronized Look again() {
            Look again = look(step.alone());
            again.answers.putAll(answers);
            again.lastingAnswers.putAll(lastingAnswers);
            return again;
        }
    }

    /** Probes run as root or not at all; an identity that serves another look must not change that. */
    private static boolean runsAsRoot(NodeFacts answer) {
        return !answer.has(NodeIdentity.PROBE) || answer.get(NodeIdentity.PROBE).userId() == 0;
    }

    private static void merge(Map<String, Kept> kept, Kept answer, long maxAge) {
        kept.merge(answer.facts.name(), answer, (old, later) -> old.and(later, maxAge));
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
