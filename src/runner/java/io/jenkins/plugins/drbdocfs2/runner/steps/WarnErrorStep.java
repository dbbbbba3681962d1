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

    /** What to say where the block fails. */
    @DataBoundConstructor
    public WarnErrorStep(String message) {
        this.message = Util.fixEmptyAndTrim(message);
        if (this.message == null) {
            throw new IllegalArgumentException("A non-empty message is required");
        }
    }

    /** Whether to go on also where the block was cut off. */
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
