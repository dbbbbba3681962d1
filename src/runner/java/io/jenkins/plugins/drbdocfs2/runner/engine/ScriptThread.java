package io.jenkins.plugins.drbdocfs2.runner.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** The script itself, or the block of a step. Used only on the thread of the program. */
final class ScriptThread {
    private final Program program;
    private final CallContext owner;
    private final ContextValues values;
    private final List<Runnable> whenDone = new ArrayList<>();
    private Continuable code;
    private Outcome next;
    private Outcome outcome;
    private CallContext call;
    private CallNode last;

    /**
     * @param owner the step whose block this is, or null for the script itself
     * @param values the objects for the steps in it
     */
    ScriptThread(Program program, @CheckForNull CallContext owner, ContextValues values) {
        this.program = program;
        this.owner = owner;
        this.values = values;
        this.last = owner == null ? null : owner.node();
    }

    /** Starts, with a failure if it is to end at once. */
    void begin(Continuable code, @CheckForNull Throwable stopped) {
        this.code = code;
        program.add(this);
        resume(new Outcome(null, stopped));
    }

    Program program() {
        return program;
    }

    /** The node of the graph after which the next one comes; none at the begin of the script. */
    List<FlowNode> lastNodes() {
        return last == null ? List.of() : List.of(last);
    }

    /** Adds a node to the graph. */
    CallNode add(StepDescriptor descriptor, List<FlowNode> parents) {
        last = new CallNode(program.nextNodeId(), descriptor, parents);
        return last;
    }

    ContextValues values() {
        return values;
    }

    /** The prefix of each line of its log. */
    String prefix() {
        BranchName branch = values.find(BranchName.class);
        return branch == null ? "" : branch.prefix();
    }

    TaskListener listener() {
        return program.listener(prefix());
    }

    /** The environment variables for steps in it. */
    EnvVars environment() throws IOException, InterruptedException {
        EnvVars ofMachine = values.find(EnvVars.class);
        EnvVars environment = ofMachine == null ? new EnvVars() : new EnvVars(ofMachine);
        environment.putAll(program.run().getEnvironment(listener()));
        EnvironmentExpander expander = values.find(EnvironmentExpander.class);
        if (expander != null) {
            expander.expand(environment);
        }
        return environment;
    }

    /** The step that it waits for; null while its own code runs. */
    void setCall(@CheckForNull CallContext call) {
        this.call = call;
    }

    @CheckForNull
    StepExecution step() {
        return call == null ? null : call.execution();
    }

    /** Its outcome; null before its end. */
    @CheckForNull
    Outcome outcome() {
        return outcome;
    }

    void whenDone(Runnable task) {
        whenDone.add(task);
    }

    boolean isDirectlyInside(ScriptThread thread) {
        return owner != null && owner.thread() == thread;
    }

    boolean isInside(CallContext step) {
        for (CallContext each = owner; each != null; each = each.thread().owner) {
            if (each == step) {
                return true;
            }
        }
        return false;
    }

    boolean isSameOrInside(ScriptThread thread) {
        for (ScriptThread each = this; each != null; each = each.owner == null ? null : each.owner.thread()) {
            if (each == thread) {
                return true;
            }
        }
        return false;
    }

    /** Its place in the script. */
    List<StackTraceElement> stackTrace() {
        return code.getStackTrace();
    }

    /** Resumes with the outcome of the step. */
    void resume(Outcome given) {
        next = given;
        program.submit(this::runPiece);
    }

    /** Requests the step to end, or ends the code if no step runs. */
    void stop(Throwable cause) {
        StepExecution step = step();
        if (step == null) {
            resume(new Outcome(null, cause));
            return;
        }
        try {
            step.stop(cause);
        } catch (Exception e) {
            cause.addSuppressed(e);
            step.getContext().onFailure(cause);
        }
    }

    private void runPiece() {
        if (next == null) {
            return;
        }
        Outcome given = next;
        next = null;
        program.enter(this);
        Outcome reached;
        try {
            reached = code.run0(given, Continuable.categories);
        } finally {
            program.enter(null);
        }
        if (code.isResumable()) {
            ((CallContext) reached.getNormal()).suspended();
        } else {
            outcome = reached;
            program.remove(this);
            whenDone.forEach(Runnable::run);
        }
    }
}
