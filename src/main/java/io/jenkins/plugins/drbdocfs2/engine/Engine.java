package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.KeptFacts;
import io.jenkins.plugins.drbdocfs2.facts.StepPosition;
import io.jenkins.plugins.drbdocfs2.lock.LockOwner;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.result.StepProgress;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Executes an operation: collects the facts, gets the plan, executes it, collects the facts again, and reports. */
public final class Engine {
    private static final int MAX_VALUE = 60;

    /**
     * How nodes are locked before they are changed.
     *
     * @param owner who locks them, or null
     * @param asks whether a step that would change a node ends before it does, so that the caller runs it again with an
     *     owner
     * @param first the names of nodes to lock before the first look; the others are locked before the first change
     */
    public record Locking(LockOwner owner, boolean asks, List<String> first) implements Serializable {
        /** They are not locked. */
        public static final Locking NONE = new Locking(null, false, List.of());

        /** The caller is asked first. */
        public static final Locking ASK = new Locking(null, true, List.of());

        /** They are locked for an owner, if the step changes any of them. */
        public static Locking by(LockOwner owner) {
            return by(owner, List.of());
        }

        /** Locks these nodes before the first look, because an earlier run of the step found changes for them. */
        public static Locking by(LockOwner owner, List<String> first) {
            return new Locking(owner, false, first);
        }
    }

    private final Cluster cluster;
    private final Precondition precondition;
    private final Log log;
    private final StepProgress progress;
    private final StepPosition position;

    /**
     * @param cluster the nodes
     * @param log receives the lines for the build log
     */
    public Engine(Cluster cluster, Log log) {
        this(cluster, Precondition.NONE, log, StepProgress.NONE, StepPosition.UNKNOWN);
    }

    /**
     * @param cluster the nodes
     * @param precondition the precondition for all operations
     * @param log receives the lines for the build log
     * @param progress receives the progress of each node
     * @param position where the step stands in its build
     */
    public Engine(Cluster cluster, Precondition precondition, Log log, StepProgress progress, StepPosition position) {
        this.cluster = cluster;
        this.precondition = precondition;
        this.log = log;
        this.progress = progress;
        this.position = position;
    }

    /** The same without locks. */
    public Outcome run(Operation operation, Collection<String> nodeNames, boolean dryRun) throws InterruptedException {
        return run(operation, nodeNames, dryRun, Locking.NONE);
    }

    /**
     * Executes an operation, or with {@code dryRun} prints its plan.
     *
     * @param operation the operation
     * @param nodeNames the nodes to work on; empty for all
     * @param dryRun whether to change nothing
     * @param locking how nodes are locked before they are changed
     * @throws InterruptedException if the thread was interrupted
     */
    public Outcome run(Operation operation, Collection<String> nodeNames, boolean dryRun, Locking locking)
            throws InterruptedException {
        Mask mask = new Mask(operation.secrets()).then(cluster.mask());
        StepResult result = result(operation, dryRun, List.of(), mask);
        try {
            List<Node> nodes = chosen(nodeNames);
            result = result(operation, dryRun, names(nodes), mask);
            operation.check(nodes);
            Decision decision = run(operation, nodes, dryRun, locking, line -> log.line(mask.apply(line)), result);
            String unstable = decision.plan.unstable();
            return decision.needsLock
                    ? new Outcome(Map.of(), null, null, lockable(decision.observed.facts()))
                    : new Outcome(result.toMap(null), null, unstable == null ? null : mask.apply(unstable), List.of());
        } catch (StepFailure | RemoteException | InvalidParameterException e) {
            String message = mask.apply(title(operation, result) + ": " + e.getMessage());
            if (e instanceof RefusedException || e instanceof InvalidParameterException) {
                result.add(Map.of(StepResult.REFUSED, true));
            }
            if (e instanceof RefusedException refused) {
                result.add(Map.of(
                        StepResult.REFUSALS,
                        refused.refusals().stream().map(Refusal::toMap).toList()));
            }
            return new Outcome(result.toMap(message), message, null, List.of());
        }
    }

    private StepResult result(Operation operation, boolean dryRun, List<String> names, Mask mask) {
        return new StepResult(operation.step(), operation.subject(), dryRun, names, mask::apply, progress);
    }

    private Decision run(
            Operation operation, List<Node> nodes, boolean dryRun, Locking locking, Log masked, StepResult result)
            throws StepFailure, RemoteException, InterruptedException {
        Decision decision = decide(operation, nodes, dryRun, locking, masked, result);
        if (decision.needsLock) {
            return decision;
        }
        Plan plan = decision.plan;
        ClusterFacts facts = decision.observed.facts();
        note(UnreachedNodes.notes(facts), masked, result);
        note(plan.notes(), masked, result);
        plan.printed().lines().forEach(masked::line);
        if (dryRun) {
            new DryRunPrinter(result, masked).print(plan);
            cluster.dryRunState().add(operation, nodes, facts);
        } else if (plan.isEmpty()) {
            decision.observed.describeOutcome(operation, facts, result);
        } else {
            new PlanExecutor(cluster, plan, locking.owner(), result, masked).execute();
            KeptFacts.Look look = cluster.keptFacts().look(position.alone());
            ObservedFacts after =
                    collector(operation, nodes, false, look, result).collectAfter(facts);
            after.describeOutcome(operation, facts, result);
            note(operation.notes(after.facts()), masked, result);
            operation.confirm(after.facts());
            look.keep();
        }
        masked.line(title(operation, result) + ": " + summary(result, dryRun));
        return decision;
    }

    /** @param needsLock whether the plan must not be executed before the caller has given a lock */
    private record Decision(ObservedFacts observed, Plan plan, boolean needsLock) {}

    /**
     * Looks at the nodes and makes the plan. Kept answers decide only that there is nothing to do. Everything is looked at
     * again after the nodes are locked, because the previous holder of the lock may have changed what was seen.
     */
    private Decision decide(
            Operation operation, List<Node> nodes, boolean dryRun, Locking locking, Log masked, StepResult result)
            throws StepFailure, RemoteException, InterruptedException {
        StepPosition place = dryRun ? StepPosition.UNKNOWN : position;
        if (!locking.first().isEmpty() && lock(locking.first(), locking.first(), locking.owner(), masked)) {
            cluster.keptFacts().drop();
        }
        boolean takesAnswers = operation instanceof Operation.TakesEarlierAnswers;
        KeptFacts.Look look = cluster.keptFacts().look(takesAnswers ? place : place.alone());
        while (true) {
            ObservedFacts observed =
                    collector(operation, nodes, dryRun, look, result).collect();
            observed.describe(operation, result);
            Plan plan = plan(operation, observed.facts(), look);
            if (plan != null && (dryRun || plan.isEmpty())) {
                look.keep();
                return new Decision(observed, plan, false);
            }
            ClusterFacts facts = observed.facts();
            boolean changes = plan != null && plan.mayChangeNodes();
            if (changes && locking.asks() && !look.helped()) {
                return new Decision(observed, plan, true);
            }
            boolean locked =
                    changes && locking.owner() != null && lock(lockable(facts), facts.names(), locking.owner(), masked);
            if (!look.drop() && !locked) {
                return new Decision(observed, plan, false);
            }
            look = locked || !takesAnswers ? cluster.keptFacts().look(place.alone()) : look.again();
        }
    }

    /** Returns the plan, or null if it was refused and answers were kept: somebody may have removed the reason meanwhile. */
    private Plan plan(Operation operation, ClusterFacts facts, KeptFacts.Look look) throws StepFailure {
        try {
            precondition.check(operation, facts);
            return operation.plan(facts);
        } catch (StepFailure e) {
            if (look.helped()) {
                return null;
            }
            throw e;
        }
    }

    private boolean lock(List<String> names, Collection<String> answering, LockOwner owner, Log log)
            throws InterruptedException {
        return cluster.lock(names, answering, owner, line -> log.line("  " + line));
    }

    /** All nodes of the cluster but those that did not answer. */
    private List<String> lockable(ClusterFacts facts) {
        List<String> names = names(cluster.nodes());
        names.removeAll(facts.missing().keySet());
        return names;
    }

    private static void note(List<String> notes, Log log, StepResult result) {
        for (String note : notes) {
            result.note(note);
            log.line(note.startsWith(Plan.WARNING) ? "  " + note : "  note: " + note);
        }
    }

    private FactCollector collector(
            Operation operation, List<Node> nodes, boolean dryRun, KeptFacts.Look look, StepResult result) {
        return new FactCollector(cluster, operation, nodes, dryRun, look, result.looks());
    }

    private List<Node> chosen(Collection<String> names) {
        List<String> known = names(cluster.nodes());
        List<String> unknown =
                names.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new InvalidParameterException(
                    "nodes",
                    "there is no node " + Check.quoted(String.join(", ", unknown))
                            + " in this withClusterNodes; there are " + String.join(", ", known));
        }
        return cluster.nodes().stream()
                .filter(node -> names.isEmpty() || names.contains(node.name()))
                .toList();
    }

    private static List<String> names(List<Node> nodes) {
        return new ArrayList<>(nodes.stream().map(Node::name).toList());
    }

    private static String title(Operation operation, StepResult result) {
        return operation.step()
                + result.subject().values().stream()
                        .filter(Objects::nonNull)
                        .map(value -> start(String.valueOf(value).strip()))
                        .filter(text -> !text.isEmpty())
                        .map(text -> " " + text)
                        .collect(Collectors.joining());
    }

    private static String start(String value) {
        String text = Check.visible(
                value.substring(0, Math.min(value.length(), 4 * MAX_VALUE)).replaceAll("\\s+", " "));
        return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) + "…" : text;
    }

    private static String summary(StepResult result, boolean dryRun) {
        String time = Durations.text(result.elapsedMillis());
        List<String> changed = result.changedNodes();
        if (changed.isEmpty()) {
            return (dryRun ? "dry run, nothing to do (" : "unchanged (") + time + ")";
        }
        return (dryRun ? "dry run, would change " : "changed on ") + String.join(", ", changed) + " (" + time + ")";
    }
}
