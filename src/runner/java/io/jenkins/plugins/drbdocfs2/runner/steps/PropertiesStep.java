package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.model.Run;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalRun;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code properties([parameters([...])])}; other properties are not supported. */
public final class PropertiesStep extends Step {
    private final List<ParametersProperty> properties;

    @DataBoundConstructor
    public PropertiesStep(List<ParametersProperty> properties) {
        this.properties = new ArrayList<>(properties);
    }

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.synchronousVoid(context, c -> {
            for (ParametersProperty property : properties) {
                property.declare(((LocalRun) c.get(Run.class)).parameters());
            }
        });
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor {
        DescriptorImpl() {
            super("properties", Run.class);
        }
    }
}
