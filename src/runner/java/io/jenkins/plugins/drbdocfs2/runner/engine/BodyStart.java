package io.jenkins.plugins.drbdocfs2.runner.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;

/** Prepares the run of a block. */
final class BodyStart extends BodyInvoker {
    private final CallContext owner;
    private final Closure<?> body;
    private final List<Object> values = new ArrayList<>();
    private final List<BodyExecutionCallback> callbacks = new ArrayList<>();
    private String displayName;
    private BodyRun run;

    BodyStart(CallContext owner, Closure<?> body) {
        this.owner = owner;
        this.body = body;
    }

    @Override
    public BodyInvoker withContext(@CheckForNull Object override) {
        if (override != null) {
            values.add(override);
        }
        return this;
    }

    @Override
    public BodyInvoker withDisplayName(@CheckForNull String name) {
        displayName = name;
        return this;
    }

    @Override
    public BodyInvoker withCallback(@NonNull BodyExecutionCallback callback) {
        callbacks.add(callback);
        return this;
    }

    @Override
    public BodyExecution start() {
        if (run != null) {
            throw new IllegalStateException("Already started");
        }
        if (owner.isComplete()) {
            throw new IllegalStateException("The " + owner.call().name() + " step has already completed.");
        }
        run = new BodyRun(owner, callbacks);
        if (!owner.holdBack(this)) {
            owner.thread().program().submit(this::launch);
        }
        return run;
    }

    /** Runs the block on the thread of the program. */
    void launch() {
        run.launch(body, values, displayName);
    }
}
