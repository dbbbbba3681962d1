package io.jenkins.plugins.drbdocfs2.runner.steps;

import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code script { }}: Groovy code in the steps of a declarative pipeline. */
public final class ScriptStep extends Step {
    /** Without parameters. */
    @DataBoundConstructor
    public ScriptStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.block(context, (c, body) -> {});
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor.Block {
        DescriptorImpl() {
            super("script");
        }
    }
}
