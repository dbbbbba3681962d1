package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.AbortException;
import hudson.Util;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code stage('name') { }}. */
public final class StageStep extends Step {
    private final String name;

    @DataBoundConstructor
    public StageStep(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (name == null) {
            throw new AbortException("a non-empty name is required");
        }
        return StepExecutions.block(context, (c, body) -> body.withContext(EnvironmentExpander.merge(
                        c.get(EnvironmentExpander.class), EnvironmentExpander.constant(Map.of("STAGE_NAME", name))))
                .withDisplayName(name));
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor.Block {
        DescriptorImpl() {
            super("stage");
        }
    }
}
