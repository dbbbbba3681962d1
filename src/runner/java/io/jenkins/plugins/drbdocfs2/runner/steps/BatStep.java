package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.AbortException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code bat}, which works only on Windows. */
public final class BatStep extends Step {
    /** @param script ignored */
    @DataBoundConstructor
    public BatStep(String script) {}

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.synchronousVoid(context, c -> {
            throw new AbortException("Batch scripts can only be run on Windows nodes");
        });
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor {
        DescriptorImpl() {
            super("bat");
        }
    }
}
