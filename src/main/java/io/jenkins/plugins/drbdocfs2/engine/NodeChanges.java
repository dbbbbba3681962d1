package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Change.Reboot;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.result.NodeResult;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Makes the changes of a stage on one node, in order. A command or file is sent together with the harmless ones behind it: each
 * of these is made if the one before it has succeeded. Everything else is only sent while the node answers.
 */
final class NodeChanges {
    private static final int MAX_OUTPUT = 2000;

    private final Plan plan;
    private final StepResult result;
    private final GroupedLog log;
    private final DiffLog diffs;
    private final Set<String> written = ConcurrentHashMap.newKeySet();

    NodeChanges(Plan plan, StepResult result, GroupedLog log) {
        this.plan = plan;
        this.result = result;
        this.log = log;
        this.diffs = new DiffLog(result, log);
    }

    /** The nodes on which a file was written so far. */
    Set<String> writtenNodes() {
        return Set.copyOf(written);
    }

    /** @param failedElsewhere whether another node has failed, which ends a wait */
    void make(List<Change> changes, Remote remote, BooleanSupplier failedElsewhere)
            throws StepFailure, RemoteException, InterruptedException {
        int from = 0;
        while (from < changes.size()) {
            int to = endOfSequence(changes, from);
            if (to > from) {
                runInOrder(changes.subList(from, to), remote, to == changes.size());
                from = to;
            } else {
                make(changes.get(from), remote, failedElsewhere);
                from++;
            }
        }
    }

    /** The index after those that can be sent in one go, beginning with this one. */
    private static int endOfSequence(List<Change> changes, int from) {
        for (int i = from; i < changes.size(); i++) {
            boolean isScript = changes.get(i) instanceof PutFile
                    || changes.get(i) instanceof Command command && !command.passedOn();
            if (!isScript || i > from && !changes.get(i).isHarmless()) {
                return i;
            }
            // only an exit code of 0 lets a node go on by itself
            if (changes.get(i) instanceof Command command && (command.anyExitCode() || command.changeCode() != null)) {
                return i + 1;
            }
        }
        return changes.size();
    }

    /** @param isEnd whether no changes of the stage follow */
    private void runInOrder(List<Change> changes, Remote remote, boolean isEnd)
            throws StepFailure, RemoteException, InterruptedException {
        AtomicReference<StepFailure> failure = new AtomicReference<>();
        AtomicInteger ended = new AtomicInteger();
        Remote.SequenceListener listener = new Remote.SequenceListener() {
            @Override
            public void begins(int number) {
                begin(changes.get(number));
            }

            @Override
            public void ended(int number, ScriptResult answer) {
                try {
                    check(changes.get(number), answer);
                } catch (StepFailure e) {
                    failure.set(e);
                }
                ended.incrementAndGet();
            }
        };
        try {
            remote.runInOrder(changes.stream().map(NodeChanges::script).toList(), listener);
        } catch (RemoteException e) {
            // a connection that is lost after the last result takes nothing away
            boolean isComplete = isEnd && ended.get() == changes.size();
            if (failure.get() == null && !isComplete) {
                throw e;
            }
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private static Script script(Change change) {
        return change instanceof Command command
                ? Script.of(command.toRun()).withTimeout(command.timeout())
                : Script.of(FileWriteScript.of((PutFile) change));
    }

    private void begin(Change change) {
        String doing = result.node(change.node()).doing(change.doing());
        log.together(() -> announce(change, doing));
        if (plan.changesNode(change)) {
            result.node(change.node()).changed();
        }
    }

    private void announce(Change change, String doing) {
        log.line("    " + change.node() + ": " + firstLine(doing));
        if (change instanceof PutFile file) {
            diffs.print(file);
        }
    }

    private void make(Change change, Remote remote, BooleanSupplier failedElsewhere)
            throws StepFailure, RemoteException, InterruptedException {
        begin(change);
        if (change instanceof Reboot reboot) {
            new NodeReboot(reboot, result.node(change.node()), log).run(remote);
        } else if (change instanceof Await await) {
            new StreamFollower(await, result.node(change.node()), log, failedElsewhere).follow(remote);
        } else {
            check(change, remote.run(script(change), line -> log.line("    " + change.node() + "| " + line)));
        }
    }

    private void check(Change change, ScriptResult answer) throws StepFailure {
        if (change instanceof Command command) {
            check(command, answer);
        } else {
            check((PutFile) change, answer);
        }
    }

    private void check(Command command, ScriptResult answer) throws StepFailure {
        Map<String, Object> entry = record(command.node(), command.summary(), answer);
        if (command.changeCode() != null && answer.exitCode() == command.changeCode()) {
            result.node(command.node()).changed();
        } else if (!answer.ok() && !command.anyExitCode()) {
            throw failure(command.node(), "`" + firstLine(command.summary()) + "`", entry, command.hint());
        }
    }

    private void check(PutFile file, ScriptResult answer) throws StepFailure {
        Map<String, Object> entry = record(file.node(), file.summary(), answer);
        if (answer.exitCode() == FileWriteScript.NOT_AS_SEEN) {
            throw new StepFailure(file.node() + ": " + file.path()
                    + " changed on the node after it was read; it was not overwritten. Run the build again.");
        }
        if (!answer.ok()) {
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
