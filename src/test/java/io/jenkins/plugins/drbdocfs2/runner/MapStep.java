package io.jenkins.plugins.drbdocfs2.runner;

import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** A step whose only parameter is a map, which it returns. */
public final class MapStep extends Step {
    private final Map<String, Object> values;

    /** Takes the mandatory parameter. */
    @DataBoundConstructor
    public MapStep(Map<String, Object> values) {
        this.values = values;
    }

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.synchronous(context, c -> values);
    }

    /** The descriptor. */
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "mapStep";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of();
        }
    }
}
