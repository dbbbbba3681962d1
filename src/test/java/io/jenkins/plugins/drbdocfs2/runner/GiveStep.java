package io.jenkins.plugins.drbdocfs2.runner;

import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** A step that provides a context object to its block. */
public final class GiveStep extends Step {
    private final String what;

    /** Takes the mandatory parameter. */
    @DataBoundConstructor
    public GiveStep(String what) {
        this.what = what;
    }

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.block(context, (c, body) -> body.withContext(new Gift(what)));
    }

    /** The provided object. */
    public record Gift(String what) implements Serializable {}

    /** The descriptor. */
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "give";
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of();
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(Gift.class);
        }
    }

    /** A step that requires the object. */
    public static final class Take extends Step {
        /** Without parameters. */
        @DataBoundConstructor
        public Take() {}

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousVoid(context, c -> c.get(TaskListener.class)
                    .getLogger()
                    .println("took " + c.get(Gift.class).what()));
        }

        /** The descriptor. */
        public static final class DescriptorImpl extends StepDescriptor {
            @Override
            public String getFunctionName() {
                return "take";
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of(Gift.class);
            }
        }
    }
}
