package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.Util;
import hudson.model.Result;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code warnError('what') { }}. */
public final class WarnErrorStep extends Step {
    private final String message;
    private boolean catchInterruptions = true;

    /** @param message the message after a failure of the block */
    @DataBoundConstructor
    public WarnErrorStep(String message) {
        this.message = Util.fixEmptyAndTrim(message);
        if (this.message == null) {
            throw new IllegalArgumentException("A non-empty message is required");
        }
    }

    /** Sets whether to continue after an interruption of the block. */
    @DataBoundSetter
    public void setCatchInterruptions(boolean catchInterruptions) {
        this.catchInterruptions = catchInterruptions;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new CatchExecution(context, new CatchExecution.Options(message, Result.UNSTABLE, catchInterruptions));
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor.Block {
        DescriptorImpl() {
            super("warnError", TaskListener.class);
        }
    }
}
