package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.AbortException;
import hudson.Launcher;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.drbdocfs2.engine.Engine;
import io.jenkins.plugins.drbdocfs2.engine.Mask;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Outcome;
import io.jenkins.plugins.drbdocfs2.facts.StepPosition;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.ssh.Login;
import io.jenkins.plugins.drbdocfs2.result.Reaction;
import io.jenkins.plugins.drbdocfs2.result.RunningStep;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * Runs operations as steps of a build: with the credentials of the build, on the agent if there is one, else on the
 * controller. It records each operation in the report of the build, however it ends.
 */
public final class OperationRun {
    private static final String NOT_CONNECTED =
            "The agent is not connected, and inside node only the agent connects to the nodes. Run the build again when"
                    + " the agent is back, or use the step outside node to connect from the controller";

    private final ClusterSession session;
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final Launcher launcher;
    private final boolean once;
    private final BuildMark mark;

    /**
     * @param session the nodes
     * @param run the build
     * @param listener receives the log
     * @param launcher of the agent; null for the controller
     * @param once whether to close the connections after each operation, because the block of the session runs elsewhere
     * @param mark makes the build unstable or failed while it continues
     */
    public OperationRun(
            ClusterSession session,
            Run<?, ?> run,
            TaskListener listener,
            Launcher launcher,
            boolean once,
            BuildMark mark) {
        this.session = session;
        this.run = run;
        this.listener = listener;
        this.launcher = launcher;
        this.once = once;
        this.mark = mark;
    }

    /**
     * Runs an operation and waits for its end.
     *
     * @param operation the operation
     * @param names the nodes to work on; none for all
     * @param dryRun whether it is a dry run
     * @param position where the step stands in its build
     * @param stopCause gives the reason if the thread was interrupted; null if unknown
     * @return its result
     * @throws StepRefusedException if it was refused
     * @throws AbortException if it failed or the agent was lost, with a message for the build log
     * @throws IOException if the operation could not be sent to the agent
     * @throws InterruptedException if the thread was interrupted
     */
    public Map<String, Object> run(
            Operation operation,
            List<String> names,
            boolean dryRun,
            StepPosition position,
            Supplier<Throwable> stopCause)
            throws IOException, InterruptedException {
        Mask mask = new Mask(operation.secrets());
        Map<String, Object> frame = frame();
        Map<String, Login> logins;
        try {
            logins = Logins.of(session, run);
        } catch (AbortException e) {
            begin(operation, frame, names, dryRun, mask).failed(e.getMessage());
            throw e;
        }
        ReportedStep step = begin(operation, frame, names, dryRun, mask.then(Mask.of(logins.values())));
        Outcome outcome;
        try {
            OperationCalls calls = (locking, place) -> call(new OperationCall(
                    session, logins, operation, names, dryRun, locking, place, once, listener, step.progress()));
            outcome = calls.run(locking(), position);
            if (outcome.needsLock()) {
                acquire(operation);
                outcome = calls.run(Engine.Locking.by(ClusterLocks.owner(run), outcome.toLock()), position.alone());
            }
        } catch (InterruptedException e) {
            step.aborted(why(stopCause.get()));
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            step.failed(e instanceof AbortException ? e.getMessage() : "The step failed unexpectedly: " + e);
            throw e;
        }
        Mark found = mark(outcome, dryRun);
        outcome.result().putAll(frame);
        if (found != null) {
            outcome.result().put(StepResult.WARNING, found.why());
        }
        step.ended(outcome.result());
        if (outcome.failure() != null) {
            List<Map<String, Object>> refusals = outcome.refusals();
            throw refusals.isEmpty()
                    ? new AbortException(outcome.failure())
                    : new StepRefusedException(outcome.failure(), refusals);
        }
        if (found != null) {
            mark.set(found.result(), operation.step() + ": " + found.why());
        }
        return outcome.result();
    }

    @FunctionalInterface
    private interface OperationCalls {
        Outcome run(Engine.Locking locking, StepPosition position) throws IOException, InterruptedException;
    }

    private Engine.Locking locking() {
        if (!session.isExclusive()) {
            return Engine.Locking.NONE;
        }
        return ClusterLocks.isHeld(session) ? Engine.Locking.by(ClusterLocks.owner(run)) : Engine.Locking.ASK;
    }

    /** Takes the nodes of the block for this build, and shows what it waits for. */
    private void acquire(Operation operation) throws IOException, InterruptedException {
        boolean[] waited = {false};
        try {
            ClusterLocks.acquire(session, run, why -> {
                waited[0] = true;
                listener.getLogger().println(operation.step() + ": " + why);
                mark.waits(why);
            });
        } finally {
            if (waited[0]) {
                mark.goesOn();
            }
        }
    }

    private record Mark(Result result, String why) {}

    private Mark mark(Outcome outcome, boolean dryRun) {
        List<String> changed = outcome.changedNodes();
        if (outcome.failure() == null && dryRun && session.getOnDrift() != Reaction.NONE && !changed.isEmpty()) {
            return new Mark(
                    session.getOnDrift() == Reaction.FAIL ? Result.FAILURE : Result.UNSTABLE,
                    "the nodes differ from the Jenkinsfile, this step would change " + String.join(", ", changed));
        }
        return outcome.unstable() == null ? null : new Mark(Result.UNSTABLE, outcome.unstable());
    }

    private ReportedStep begin(
            Operation operation, Map<String, Object> frame, List<String> names, boolean dryRun, Mask mask) {
        Map<String, Object> subject = new LinkedHashMap<>(frame);
        subject.putAll(operation.subject());
        List<String> nodes =
                names.isEmpty() ? session.getNodes().stream().map(Node::name).toList() : names;
        return ReportedStep.begin(
                run, listener, new RunningStep(operation.step(), subject, dryRun, nodes, mask::apply));
    }

    /** What is known of each step besides its result. */
    private Map<String, Object> frame() {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put(
                StepResult.STARTED,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        if (session.getName() != null) {
            frame.put(StepResult.CLUSTER, session.getName());
        }
        return frame;
    }

    private Outcome call(OperationCall call) throws IOException, InterruptedException {
        if (launcher == null) {
            return call.call();
        }
        VirtualChannel channel = launcher.getChannel();
        if (channel == null) {
            throw agentGone();
        }
        try {
            return channel.call(call);
        } catch (RequestAbortedException | ChannelClosedException e) {
            throw agentLost("The connection to the agent was lost during this step (" + e.getMessage()
                    + "). The agent ends the step as soon as it notices. Run the build again when the agent is"
                    + " back; it makes only the missing changes");
        }
    }

    /**
     * The error for a missing agent. The cause tells the Pipeline step {@code retry(conditions: [agent()])} to try again. Jenkins
     * saves the error with the build, and shows a long stack trace instead if it cannot: XStream cannot write the other causes that
     * this step knows, such as ClosedChannelException, on Java 17.
     */
    private static AbortException agentLost(String message) {
        AbortException failure = new AbortException(message);
        failure.initCause(new EOFException("The connection to the agent is closed"));
        return failure;
    }

    /** The error for a step that started on an agent that no longer exists. */
    public static AbortException agentGone() {
        return agentLost(NOT_CONNECTED);
    }

    private static String why(Throwable cause) {
        String causes = cause instanceof FlowInterruptedException interrupted
                ? interrupted.getCauses().stream()
                        .map(CauseOfInterruption::getShortDescription)
                        .collect(Collectors.joining(", "))
                : "";
        return causes.isEmpty() ? "Aborted" : causes;
    }
}
