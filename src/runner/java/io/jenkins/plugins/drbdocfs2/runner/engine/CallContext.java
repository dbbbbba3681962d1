package io.jenkins.plugins.drbdocfs2.runner.engine;

import com.cloudbees.groovy.cps.Outcome;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import groovy.lang.Closure;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.CauseOfInterruption;
import org.codehaus.groovy.runtime.InvokerInvocationException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A call of a step. */
public final class CallContext extends StepContext {
    private static final long serialVersionUID = 1L;

    private final transient ScriptThread thread;
    private final transient StepCall call;
    private final transient CallNode node;
    private final transient List<FlowNode> endsOfBlocks = new ArrayList<>();
    private final transient List<BodyStart> waitingBodies = new ArrayList<>();
    private transient StepExecution execution;
    private transient Outcome outcome;
    private transient boolean synchronous = true;

    CallContext(ScriptThread thread, StepCall call, StepDescriptor descriptor) {
        this.thread = thread;
        this.call = call;
        this.node = thread.add(descriptor, thread.lastNodes());
    }

    CallNode node() {
        return node;
    }

    /** A block ended after these nodes. */
    void addEndOfBlock(List<FlowNode> nodes) {
        endsOfBlocks.addAll(nodes);
    }

    ScriptThread thread() {
        return thread;
    }

    StepCall call() {
        return call;
    }

    StepExecution execution() {
        return execution;
    }

    void setExecution(StepExecution execution) {
        this.execution = execution;
    }

    @Override
    public @CheckForNull <T> T get(Class<T> key) throws IOException, InterruptedException {
        if (key == EnvVars.class) {
            return key.cast(thread.environment());
        } else if (key == TaskListener.class) {
            return key.cast(thread.listener());
        } else if (key == Launcher.class) {
            return key.cast(launcher());
        } else if (key == Run.class) {
            return key.cast(thread.program().run());
        } else if (key == Job.class) {
            return key.cast(thread.program().run().getParent());
        } else if (key == FlowNode.class) {
            return key.cast(node);
        }
        return thread.values().find(key);
    }

    private @CheckForNull Launcher launcher() {
        Computer computer = thread.values().find(Computer.class);
        return computer == null ? null : new Launcher.LocalLauncher(thread.listener(), computer.getChannel());
    }

    @Override
    public void onSuccess(@CheckForNull Object result) {
        try {
            Persistence.check("The result of the step " + call.name(), result);
        } catch (IOException e) {
            complete(new Outcome(null, e));
            return;
        }
        complete(new Outcome(result, null));
    }

    @Override
    public void onFailure(@NonNull Throwable t) {
        complete(new Outcome(null, t));
    }

    private synchronized void complete(Outcome reported) {
        if (outcome == null) {
            outcome = reported;
            if (!synchronous) {
                thread.program().submit(this::deliver);
            }
        } else if (outcome.isFailure() && reported.isFailure() && outcome.getAbnormal() != reported.getAbnormal()) {
            outcome.getAbnormal().addSuppressed(reported.getAbnormal());
        }
    }

    private synchronized void refuse(IOException e) {
        outcome = new Outcome(null, e);
    }

    synchronized boolean isComplete() {
        return outcome != null;
    }

    /** The result of a step that completed immediately. */
    synchronized Object replay() {
        try {
            return outcome.replay();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new InvokerInvocationException(e);
        }
    }

    /** The script now waits for this call: blocks can run, and the end be reported. */
    void suspended() {
        List<BodyStart> bodies;
        synchronized (this) {
            synchronous = false;
            bodies = List.copyOf(waitingBodies);
            waitingBodies.clear();
        }
        try {
            Persistence.check("The step " + call.name(), execution);
        } catch (IOException e) {
            refuse(e);
            bodies = List.of();
        }
        bodies.forEach(BodyStart::launch);
        if (isComplete()) {
            thread.program().submit(this::deliver);
        }
    }

    /** Resumes the script when no block of the step runs any more. */
    private void deliver() {
        if (execution == null) {
            return;
        }
        Outcome reached = outcome();
        List<ScriptThread> inner = thread.program().leaves(this);
        if (!inner.isEmpty()) {
            ScriptThread innermost = inner.get(0);
            innermost.whenDone(this::deliver);
            if (reached.isFailure()) {
                FlowInterruptedException cause = new FlowInterruptedException(Result.FAILURE, true, new BodyFailed());
                cause.initCause(reached.getAbnormal());
                innermost.stop(cause);
            }
            return;
        }
        execution = null;
        if (!endsOfBlocks.isEmpty()) {
            thread.add(node.getDescriptor(), endsOfBlocks);
        }
        call.end();
        thread.setCall(null);
        if (reached.isFailure()) {
            ScriptErrors.locate(reached.getAbnormal(), thread.stackTrace());
        }
        thread.resume(reached);
    }

    private synchronized Outcome outcome() {
        return outcome;
    }

    /** Whether a block must wait until the script waits. */
    synchronized boolean holdBack(BodyStart body) {
        if (synchronous) {
            waitingBodies.add(body);
        }
        return synchronous;
    }

    @Override
    public boolean hasBody() {
        return call.body() != null;
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        if (call.body() == null) {
            throw new IllegalStateException("There is no body to invoke");
        }
        return newBodyInvoker(call.body());
    }

    /** A new invoker for a block of another step. */
    public BodyInvoker newBodyInvoker(Closure<?> body) {
        return new BodyStart(this, body);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return Futures.immediateVoidFuture();
    }

    @Override
    public void setResult(Result r) {
        thread.program().run().setResult(r);
    }

    @Override
    public boolean equals(@CheckForNull Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "context of " + call.name();
    }

    /** Jenkins stores only a reference to the context. */
    private Object writeReplace() {
        return new Reference(call.name());
    }

    private record Reference(String step) implements Serializable {}

    private static final class BodyFailed extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        @Override
        public String getShortDescription() {
            return "Body of block-scoped step failed";
        }
    }
}
