package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code echo 'text'}. */
public final class EchoStep extends Step {
    private final String message;

    @DataBoundConstructor
    public EchoStep(String message) {
        this.message = message;
    }

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.synchronousVoid(
                context, c -> c.get(TaskListener.class).getLogger().println(message));
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor {
        DescriptorImpl() {
            super("echo", TaskListener.class);
        }
    }
}
