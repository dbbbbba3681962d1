package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.Launcher;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code isUnix()}. */
public final class IsUnixStep extends Step {
    /** Without parameters. */
    @DataBoundConstructor
    public IsUnixStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.synchronous(context, c -> c.get(Launcher.class).isUnix());
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor {
        DescriptorImpl() {
            super("isUnix", Launcher.class);
        }
    }
}
