package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.lock.LockOwner;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Executes a plan stage by stage, the nodes in parallel. */
final class PlanExecutor {
    private final Cluster cluster;
    private final Plan plan;
    private final LockOwner owner;
    private final StepResult result;
    private final GroupedLog log;
    private final NodeChanges changes;

    /** @param owner who has locked the nodes; null if they are not locked */
    PlanExecutor(Cluster cluster, Plan plan, LockOwner owner, StepResult result, Log log) {
        this.cluster = cluster;
        this.plan = plan;
        this.owner = owner;
        this.result = result;
        this.log = new GroupedLog(log);
        this.changes = new NodeChanges(plan, result, this.log);
    }

    /** Drops the answers that steps keep before it changes anything, and those that others have kept meanwhile. */
    void execute() throws StepFailure, RemoteException, InterruptedException {
        cluster.keptFacts().drop();
        try {
            executeStages();
        } finally {
            cluster.keptFacts().drop();
        }
    }

    private void executeStages() throws StepFailure, RemoteException, InterruptedException {
        for (int i = 0; i < plan.stages().size(); i++) {
            Set<String> ended = ConcurrentHashMap.newKeySet();
            try {
                checkLocks(i);
                execute(plan.stages().get(i), ended);
            } catch (StepFailure e) {
                String undone = undo(plan.stages().get(i));
                reportProgress(new PartialProgress(plan, i, ended), undone);
                throw undone.isEmpty() ? e : new StepFailure(String.join("\n", e.getMessage(), undone), e);
            } catch (RemoteException | InterruptedException e) {
                reportProgress(new PartialProgress(plan, i, ended), "");
                throw e;
            }
        }
    }

    /**
     * A plan must not go on if somebody else may have changed a node since its facts were collected. A plan that is not
     * idempotent may reset nodes itself, and cannot be run again to go on.
     */
    private void checkLocks(int stage) throws StepFailure, InterruptedException {
        Set<String> lost = owner == null
                ? Set.of()
                : cluster.lostLocks(plan.stages().get(stage).byNode().keySet(), log::line);
        if (lost.isEmpty()) {
            return;
        }
        if (!plan.idempotent()) {
            cluster.lock(lost, lost, owner, log::line);
            return;
        }
        throw new StepFailure(String.join(", ", lost) + ": the lock against other changes was lost with its connection,"
                + " so somebody else may have changed the node meanwhile. Run the build again: it looks at the nodes"
                + " again, and makes only the missing changes");
    }

    private void reportProgress(PartialProgress partial, String undone) {
        String progress = partial.words(undone);
        result.note(progress);
        log.line("  " + progress);
    }

    /** Undoes a failed stage on each node where a file was written; returns the outcome in words. */
    private String undo(Plan.Stage stage) throws InterruptedException {
        Set<String> undone = new ConcurrentSkipListSet<>();
        Set<String> failures = new ConcurrentSkipListSet<>();
        Map<String, List<Change>> byNode = new Plan.Stage("", stage.undo(), List.of()).byNode();
        byNode.keySet().retainAll(changes.writtenNodes());
        try {
            cluster.onEach(byNode.keySet(), remote -> {
                for (Change change : byNode.get(remote.node().name())) {
                    try {
                        changes.make(List.of(change), remote, () -> false);
                        if (change instanceof PutFile file) {
                            undone.add(file.path() + " on " + file.node());
                        }
                    } catch (StepFailure | RemoteException e) {
                        failures.add(e.getMessage());
                    }
                }
                return null;
            });
        } catch (StepFailure | RemoteException e) {
            failures.add(e.getMessage());
        }
        List<String> words = new ArrayList<>();
        if (!undone.isEmpty()) {
            words.add("Restored: " + String.join(", ", undone));
        }
        if (!failures.isEmpty()) {
            words.add("Not restored: " + String.join("; ", failures));
        }
        return String.join(". ", words);
    }

    private void execute(Plan.Stage stage, Set<String> ended)
            throws StepFailure, RemoteException, InterruptedException {
        log.line("  " + stage.title());
        Map<String, List<Change>> byNode = stage.byNode();
        AtomicBoolean failed = new AtomicBoolean();
        cluster.onEach(byNode.keySet(), remote -> {
            String node = remote.node().name();
            try {
                changes.make(byNode.get(node), remote, failed::get);
                ended.add(node);
            } catch (StepFailure | RemoteException | RuntimeException e) {
                failed.set(true);
                throw e;
            }
            return null;
        });
    }

    /**
     * The state after a failure or an abort of a plan.
     *
     * @param plan the plan
     * @param stage the number of the stage that did not finish
     * @param ended the nodes on which this stage finished
     */
    record PartialProgress(Plan plan, int stage, Set<String> ended) {
        /**
         * One or more sentences for the log, without the last full stop.
         *
         * @param undone the undone changes in words; empty for none
         */
        String words(String undone) {
            List<String> titles = plan.stages().stream().map(Plan.Stage::title).toList();
            Plan.Stage broken = plan.stages().get(stage);
            List<String> open = broken.byNode().keySet().stream()
                    .filter(node -> !ended.contains(node))
                    .toList();
            StringBuilder text = new StringBuilder("current state: ");
            if (stage > 0) {
                text.append("done: ").append(quoted(titles.subList(0, stage))).append("; ");
            }
            text.append("not finished: ").append(quoted(List.of(broken.title())));
            if (!open.isEmpty()) {
                text.append(" on ").append(String.join(", ", open));
            }
            if (stage + 1 < titles.size()) {
                text.append("; not started: ").append(quoted(titles.subList(stage + 1, titles.size())));
            }
            return text + ". " + (undone.isEmpty() ? "Nothing was undone" : "Undone: " + undone)
                    + (plan.idempotent() ? ". Run the step again: it continues from there" : "");
        }

        private static String quoted(List<String> titles) {
            return titles.stream().map(title -> "\"" + title + "\"").collect(Collectors.joining(", "));
        }
    }
}
