package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.AbortException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code error 'why'}. */
public final class ErrorStep extends Step {
    private final String message;

    @DataBoundConstructor
    public ErrorStep(String message) {
        this.message = message;
    }

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.synchronousVoid(context, c -> {
            throw new AbortException(message);
        });
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor {
        DescriptorImpl() {
            super("error");
        }
    }
}
