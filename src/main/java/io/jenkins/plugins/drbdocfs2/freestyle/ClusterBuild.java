package io.jenkins.plugins.drbdocfs2.freestyle;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.facts.StepPosition;
import io.jenkins.plugins.drbdocfs2.jenkins.BuildMark;
import io.jenkins.plugins.drbdocfs2.jenkins.CloseCall;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
import io.jenkins.plugins.drbdocfs2.jenkins.DryRuns;
import io.jenkins.plugins.drbdocfs2.jenkins.OperationRun;
import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;

/**
 * Runs the build step in a build.
 *
 * @param builder its parameters, with the variables of the build replaced
 * @param run the build
 * @param env its variables
 * @param launcher of the agent that it runs on
 * @param listener takes the log
 */
record ClusterBuild(ClusterBuilder builder, Run<?, ?> run, EnvVars env, Launcher launcher, TaskListener listener) {
    void perform() throws IOException, InterruptedException {
        List<ClusterStep> steps = steps();
        ClusterSession session = session();
        OperationRun operations = new OperationRun(session, run, listener, launcher, false, this::mark);
        try {
            for (int i = 0; i < steps.size(); i++) {
                ClusterStep step = steps.get(i);
                operations.run(
                        step.checkedOperation(run, session),
                        step.nodeNames(),
                        session.isDryRun() || step.isDryRun(),
                        new StepPosition(String.valueOf(i), String.valueOf(i - 1)),
                        () -> null);
            }
        } finally {
            CloseCall.submit(session, launcher);
        }
    }

    private void mark(Result result, String why) {
        listener.getLogger().println(BuildMark.line(why));
        run.setResult(result);
    }

    private ClusterSession session() throws AbortException {
        try {
            return ClusterSession.of(
                    builder,
                    builder.isDryRun() || DryRuns.demanded(env),
                    builder.getOnDrift(),
                    builder.isExclusive(),
                    null);
        } catch (IllegalArgumentException e) {
            throw new AbortException(ClusterBuilder.SYMBOL + ": " + e.getMessage());
        }
    }

    private List<ClusterStep> steps() throws AbortException {
        List<ClusterStep> steps = new ArrayList<>();
        for (Step step : builder.getSteps()) {
            if (!(step instanceof ClusterStep ours)) {
                throw new AbortException(ClusterBuilder.SYMBOL + ": "
                        + (step == null ? "nothing" : step.getDescriptor().getFunctionName())
                        + " is not a step for the nodes of a cluster");
            }
            steps.add(ours);
        }
        if (steps.isEmpty()) {
            throw new AbortException(
                    ClusterBuilder.SYMBOL + ": there are no steps. Add at least one to the build step");
        }
        return steps;
    }
}
