package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.runner.engine.ScriptErrors;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code retry(3) { }}. */
public final class RetryStep extends Step {
    private final int count;

    /** @param count the most attempts */
    @DataBoundConstructor
    public RetryStep(int count) {
        this.count = count;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, count);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final int count;

        Execution(StepContext context, int count) {
            super(context);
            this.count = count;
        }

        @Override
        public boolean start() {
            getContext().newBodyInvoker().withCallback(new Callback(count)).start();
            return false;
        }
    }

    private static final class Callback extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private int left;

        Callback(int left) {
            this.left = left;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            context.onSuccess(result);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            left--;
            boolean interrupted = t instanceof FlowInterruptedException cause && cause.isActualInterruption();
            if (left <= 0 || interrupted) {
                context.onFailure(t);
                return;
            }
            try {
                TaskListener listener = context.get(TaskListener.class);
                ScriptErrors.log(t, context.get(Run.class), listener);
                listener.getLogger().println("Retrying");
                context.newBodyInvoker().withCallback(this).start();
            } catch (IOException | InterruptedException e) {
                context.onFailure(e);
            }
        }
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor.Block {
        DescriptorImpl() {
            super("retry", TaskListener.class);
        }
    }
}
