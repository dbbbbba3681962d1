package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.result.StepProgress;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Executes an operation: collects the facts, gets the plan, executes it, collects the facts again, and reports. */
public final class Engine {
    private static final int MAX_VALUE = 60;

    private final Cluster cluster;
    private final Precondition precondition;
    private final Log log;
    private final StepProgress progress;

    /**
     * @param cluster the nodes
     * @param log receives the lines for the build log
     */
    public Engine(Cluster cluster, Log log) {
        this(cluster, Precondition.NONE, log, StepProgress.NONE);
    }

    /**
     * @param cluster the nodes
     * @param precondition the precondition for all operations
     * @param log receives the lines for the build log
     * @param progress receives the progress of each node
     */
    public Engine(Cluster cluster, Precondition precondition, Log log, StepProgress progress) {
        this.cluster = cluster;
        this.precondition = precondition;
        this.log = log;
        this.progress = progress;
    }

    /**
     * Executes an operation, or with {@code dryRun} prints its plan.
     *
     * @param operation the operation
     * @param nodeNames the nodes to work on; empty for all
     * @param dryRun whether to change nothing
     * @throws InterruptedException if the thread was interrupted
     */
    public Outcome run(Operation operation, Collection<String> nodeNames, boolean dryRun) throws InterruptedException {
        Mask mask = new Mask(operation.secrets()).then(cluster.mask());
        StepResult result = result(operation, dryRun, List.of(), mask);
        try {
            List<Node> nodes = chosen(nodeNames);
            result = result(operation, dryRun, names(nodes), mask);
            operation.check(nodes);
            run(operation, nodes, dryRun, line -> log.line(mask.apply(line)), result);
            return new Outcome(result.toMap(null), null);
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
            return new Outcome(result.toMap(message), message);
        }
    }

    private StepResult result(Operation operation, boolean dryRun, List<String> names, Mask mask) {
        return new StepResult(operation.step(), operation.subject(), dryRun, names, mask::apply, progress);
    }

    private void run(Operation operation, List<Node> nodes, boolean dryRun, Log masked, StepResult result)
            throws StepFailure, RemoteException, InterruptedException {
        ObservedFacts observed = collectFacts(operation, nodes, dryRun);
        ClusterFacts facts = observed.facts();
        observed.describe(operation, result);
        precondition.check(operation, facts);
        Plan plan = operation.plan(facts);
        note(UnreachedNodes.notes(facts), masked, result);
        note(plan.notes(), masked, result);
        if (dryRun) {
            new DryRunPrinter(result, masked).print(plan);
            cluster.dryRunState().add(operation, nodes, facts);
        } else if (plan.isEmpty()) {
            observed.describeOutcome(operation, facts, result);
        } else {
            new PlanExecutor(cluster, plan, result, masked).execute();
            ObservedFacts after = collectFacts(operation, nodes, false);
            after.describeOutcome(operation, facts, result);
            note(operation.notes(after.facts()), masked, result);
            operation.confirm(after.facts());
        }
        masked.line(title(operation, result) + ": " + summary(result, dryRun));
    }

    private static void note(List<String> notes, Log log, StepResult result) {
        for (String note : notes) {
            result.note(note);
            log.line(note.startsWith(Plan.WARNING) ? "  " + note : "  note: " + note);
        }
    }

    private ObservedFacts collectFacts(Operation operation, List<Node> nodes, boolean dryRun)
            throws StepFailure, RemoteException, InterruptedException {
        return new FactCollector(cluster, operation, nodes, dryRun).collect();
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
