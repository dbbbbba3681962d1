package io.jenkins.plugins.drbdocfs2.runner;

import hudson.model.TaskListener;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** An asynchronous step whose state or result cannot be serialised. */
public final class KeepStep extends Step {
    private final String what;

    /** Takes the mandatory parameter: object, listener, result. */
    @DataBoundConstructor
    public KeepStep(String what) {
        this.what = what;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return switch (what) {
            case "object" -> new Execution(context, new Object(), null);
            case "listener" -> new Execution(context, context.get(TaskListener.class), null);
            default -> new Execution(context, null, new Object());
        };
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object state;

        private final transient Object result;

        Execution(StepContext context, Object state, Object result) {
            super(context);
            this.state = state;
            this.result = result;
        }

        @Override
        public boolean start() {
            getContext().onSuccess(result);
            return false;
        }

        @Override
        public String getStatus() {
            return String.valueOf(state);
        }
    }

    /** The descriptor. */
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "keep";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(TaskListener.class);
        }
    }
}
