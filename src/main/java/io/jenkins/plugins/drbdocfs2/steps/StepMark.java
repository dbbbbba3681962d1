package io.jenkins.plugins.drbdocfs2.steps;

import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.jenkins.BuildMark;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/**
 * Marks a step and its build as the step unstable of Pipeline does, and a step that waits as input does, so that views of
 * stages show it.
 *
 * @param context the context of the step
 */
record StepMark(StepContext context) implements BuildMark {
    @Override
    public void set(Result result, String why) throws IOException, InterruptedException {
        context.get(TaskListener.class).getLogger().println(BuildMark.line(why));
        node().addOrReplaceAction(new WarningAction(result).withMessage(why));
        context.get(Run.class).setResult(result);
    }

    @Override
    public void waits(String why) throws IOException, InterruptedException {
        PauseAction.endCurrentPause(node());
        node().addAction(new PauseAction(why));
    }

    @Override
    public void goesOn() throws IOException, InterruptedException {
        PauseAction.endCurrentPause(node());
    }

    private FlowNode node() throws IOException, InterruptedException {
        return context.get(FlowNode.class);
    }
}
