package io.jenkins.plugins.drbdocfs2.runner.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import groovy.lang.Closure;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.runner.engine.BranchName;
import io.jenkins.plugins.drbdocfs2.runner.engine.CallContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Runs branches in parallel, and completes when all of them have. */
final class ParallelExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, Closure<?>> branches;
    private final boolean failFast;

    @SuppressWarnings("serial")
    private final List<BodyExecution> running = new ArrayList<>();

    private final LinkedHashMap<String, Object> results = new LinkedHashMap<>();

    @SuppressWarnings("serial")
    private final List<Throwable> failures = new ArrayList<>();

    private int left;

    ParallelExecution(StepContext context, Map<String, Closure<?>> branches, boolean failFast) {
        super(context);
        this.branches = branches;
        this.failFast = failFast;
        this.left = branches.size();
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        if (branches.isEmpty()) {
            getContext().onSuccess(results);
            return true;
        }
        BranchName outer = getContext().get(BranchName.class);
        branches.forEach((name, body) -> running.add(((CallContext) getContext())
                .newBodyInvoker(body)
                .withDisplayName("Branch: " + name)
                .withContext(new BranchName((outer == null ? "" : outer.prefix()) + "[" + name + "] "))
                .withCallback(new Branch(this, name))
                .start()));
        return false;
    }

    @Override
    public void stop(@NonNull Throwable cause) {
        running.forEach(body -> body.cancel(cause));
    }

    private void failed(String branch, Throwable failure) {
        try {
            getContext().get(TaskListener.class).getLogger().println("Failed in branch " + branch);
        } catch (IOException | InterruptedException e) {
            failure.addSuppressed(e);
        }
        failures.add(failure);
        if (failFast && failures.size() == 1) {
            stop(new FlowInterruptedException(Result.ABORTED, true, new FailFast(branch)));
        }
    }

    private void ended() {
        left--;
        if (left > 0) {
            return;
        }
        if (failures.isEmpty()) {
            getContext().onSuccess(results);
            return;
        }
        if (!failFast) {
            failures.sort(Comparator.comparingInt(ParallelExecution::weight));
        }
        Throwable first = failures.get(0);
        failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
        getContext().onFailure(first);
    }

    /** The most important failure comes first: an error of the script, then a failure, then an interruption. */
    private static int weight(Throwable failure) {
        if (failure instanceof FlowInterruptedException) {
            return 2;
        }
        return failure instanceof AbortException ? 1 : 0;
    }

    private static final class Branch extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final ParallelExecution execution;
        private final String name;

        Branch(ParallelExecution execution, String name) {
            this.execution = execution;
            this.name = name;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.results.put(name, result);
            execution.ended();
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            execution.failed(name, t);
            execution.ended();
        }
    }

    private static final class FailFast extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String branch;

        FailFast(String branch) {
            this.branch = branch;
        }

        @Override
        public String getShortDescription() {
            return "Failed in branch " + branch;
        }
    }
}
