package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Change.Reboot;
import io.jenkins.plugins.drbdocfs2.lock.LockOwner;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.result.NodeResult;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Executes a plan stage by stage, the nodes in parallel. */
final class PlanExecutor {
    private static final int MAX_OUTPUT = 2000;

    private final Cluster cluster;
    private final Plan plan;
    private final LockOwner owner;
    private final StepResult result;
    private final GroupedLog log;
    private final DiffLog diffs;
    private final Set<String> written = ConcurrentHashMap.newKeySet();

    /** @param owner who has locked the nodes; null if they are not locked */
    PlanExecutor(Cluster cluster, Plan plan, LockOwner owner, StepResult result, Log log) {
        this.cluster = cluster;
        this.plan = plan;
        this.owner = owner;
        this.result = result;
        this.log = new GroupedLog(log);
        this.diffs = new DiffLog(result, this.log);
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
        byNode.keySet().retainAll(written);
        try {
            cluster.onEach(byNode.keySet(), remote -> {
                for (Change change : byNode.get(remote.node().name())) {
                    try {
                        execute(change, remote, () -> false);
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
                for (Change change : byNode.get(node)) {
                    execute(change, remote, failed::get);
                }
                ended.add(node);
            } catch (StepFailure | RemoteException | RuntimeException e) {
                failed.set(true);
                throw e;
            }
            return null;
        });
    }

    private void execute(Change change, Remote remote, BooleanSupplier failedElsewhere)
            throws StepFailure, RemoteException, InterruptedException {
        String doing = result.node(change.node()).doing(change.doing());
        log.together(() -> announce(change, doing));
        if (plan.changesNode(change)) {
            result.node(change.node()).changed();
        }
        if (change instanceof Command command) {
            run(command, remote);
        } else if (change instanceof PutFile file) {
            put(file, remote);
        } else if (change instanceof Reboot reboot) {
            new NodeReboot(reboot, result.node(change.node()), log).run(remote);
        } else if (change instanceof Await await) {
            new StreamFollower(await, result.node(change.node()), log, failedElsewhere).follow(remote);
        }
    }

    private void announce(Change change, String doing) {
        log.line("    " + change.node() + ": " + firstLine(doing));
        if (change instanceof PutFile file) {
            diffs.print(file);
        }
    }

    private void run(Command command, Remote remote) throws StepFailure, RemoteException, InterruptedException {
        Script script = Script.of(command.toRun()).withTimeout(command.timeout());
        ScriptResult result = command.passedOn()
                ? remote.run(script, line -> log.line("    " + command.node() + "| " + line))
                : remote.run(script);
        Map<String, Object> entry = record(command.node(), command.summary(), result);
        if (command.changeCode() != null && result.exitCode() == command.changeCode()) {
            this.result.node(command.node()).changed();
        } else if (!result.ok() && !command.anyExitCode()) {
            throw failure(command.node(), "`" + firstLine(command.summary()) + "`", entry, command.hint());
        }
    }

    private void put(PutFile file, Remote remote) throws StepFailure, RemoteException, InterruptedException {
        ScriptResult result = remote.run(Script.of(FileWriteScript.of(file)));
        Map<String, Object> entry = record(file.node(), file.summary(), result);
        if (result.exitCode() == FileWriteScript.NOT_AS_SEEN) {
            throw new StepFailure(file.node() + ": " + file.path()
                    + " changed on the node after it was read; it was not overwritten. Run the build again.");
        }
        if (!result.ok()) {
            throw failure(
                    file.node(),
                    "to " + file.summary(),
                    entry,
                    "The file is unchanged; is the filesystem full or read-only?");
        }
        written.add(file.node());
    }

    private Map<String, Object> record(String node, String command, ScriptResult answer) {
        NodeResult to = result.node(node);
        Map<String, Object> entry =
                to.command(command, answer.exitCode(), answer.stdout(), answer.stderr(), answer.durationMillis());
        if (!answer.ok()) {
            log.line(String.format(
                    Locale.ROOT, "    %s: exit code %d after %d ms", node, answer.exitCode(), answer.durationMillis()));
        }
        return entry;
    }

    /** The message with the output of the command: standard error, and standard output, where some tools print reasons. */
    private static StepFailure failure(String node, String what, Map<String, Object> entry, String hint) {
        String errors = end(entry.get("stderr"));
        String printed = end(entry.get("stdout"));
        String output = errors.isEmpty() || printed.isEmpty() || errors.contains(printed)
                ? errors + (errors.isEmpty() ? printed : "")
                : errors + "\nIt printed: " + printed;
        return new StepFailure("on " + node + ", " + what + " failed with exit code " + entry.get("exitCode")
                + (output.isEmpty() ? " and printed nothing." : ": " + output)
                + (hint == null ? "" : "\n" + hint));
    }

    private static String end(Object output) {
        String text = String.valueOf(output).strip();
        return text.length() > MAX_OUTPUT ? "…" + text.substring(text.length() - MAX_OUTPUT) : text;
    }

    /** The first line of a summary, because a user's script may have many. */
    static String firstLine(String summary) {
        String[] lines = summary.strip().split("\n", -1);
        return lines.length == 1 ? lines[0] : lines[0] + " … (" + lines.length + " lines)";
    }
}
