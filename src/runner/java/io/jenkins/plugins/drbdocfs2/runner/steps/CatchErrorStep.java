package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.Util;
import hudson.model.Result;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code catchError(buildResult: 'UNSTABLE') { }}. */
public final class CatchErrorStep extends Step {
    private String message;
    private Result buildResult = Result.FAILURE;
    private boolean catchInterruptions = true;

    /** Without mandatory parameters. */
    @DataBoundConstructor
    public CatchErrorStep() {}

    /** Sets the message after a failure of the block. */
    @DataBoundSetter
    public void setMessage(String message) {
        this.message = Util.fixEmptyAndTrim(message);
    }

    /** Sets the result of the build after a failure. */
    @DataBoundSetter
    public void setBuildResult(String buildResult) {
        this.buildResult = CatchExecution.result("buildResult", buildResult);
    }

    /** Sets the result of the stage, which is not shown here. */
    @DataBoundSetter
    public void setStageResult(String stageResult) {
        CatchExecution.result("stageResult", stageResult);
    }

    /** Sets whether to continue after an interruption of the block. */
    @DataBoundSetter
    public void setCatchInterruptions(boolean catchInterruptions) {
        this.catchInterruptions = catchInterruptions;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new CatchExecution(context, new CatchExecution.Options(message, buildResult, catchInterruptions));
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor.Block {
        DescriptorImpl() {
            super("catchError", TaskListener.class);
        }
    }
}
