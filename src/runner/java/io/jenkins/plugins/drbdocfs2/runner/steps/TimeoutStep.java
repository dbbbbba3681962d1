package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code timeout(time: 5, unit: 'MINUTES') { }}. */
public final class TimeoutStep extends Step {
    private static final long GRACE_MILLIS = 60_000;

    private final int time;
    private TimeUnit unit = TimeUnit.MINUTES;
    private boolean activity;

    @DataBoundConstructor
    public TimeoutStep(int time) {
        this.time = time;
    }

    /** The unit of the time. */
    public TimeUnit getUnit() {
        return unit;
    }

    /** Sets the unit of the time. */
    @DataBoundSetter
    public void setUnit(TimeUnit unit) {
        this.unit = unit;
    }

    /** Whether only the time without output counts, which the runner does not support. */
    public boolean isActivity() {
        return activity;
    }

    /** Sets whether only the time without output counts, which the runner does not support. */
    @DataBoundSetter
    public void setActivity(boolean activity) {
        this.activity = activity;
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (activity) {
            throw new AbortException("timeout: the parameter activity is not supported by the runner");
        }
        return new Execution(context, unit.toMillis(time));
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final long millis;
        private BodyExecution body;
        private transient volatile Future<?> killer;

        Execution(StepContext context, long millis) {
            super(context);
            this.millis = millis;
        }

        @Override
        public boolean start() throws Exception {
            body = getContext()
                    .newBodyInvoker()
                    .withCallback(new Callback(this))
                    .start();
            say("Timeout set to expire in " + Timers.span(millis));
            killer = Timers.after(millis, this::cancel);
            return false;
        }

        private void cancel() {
            say("Cancelling nested steps due to timeout");
            killer = Timers.after(GRACE_MILLIS, this::kill);
            body.cancel(death());
        }

        private void kill() {
            say("Body did not finish within grace period; terminating with extreme prejudice");
            FlowInterruptedException death = death();
            getContext().onFailure(death);
            body.getCurrentExecutions()
                    .forEach(execution -> execution.getContext().onFailure(death));
        }

        private FlowInterruptedException death() {
            return new FlowInterruptedException(Result.ABORTED, false, new ExceededTimeout());
        }

        private void say(String line) {
            try {
                getContext().get(TaskListener.class).getLogger().println(line);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Callback extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1L;
        private final Execution execution;

        Callback(Execution execution) {
            this.execution = execution;
        }

        @Override
        protected void finished(StepContext context) {
            execution.killer.cancel(false);
        }
    }

    /** The cause after the time limit. */
    public static final class ExceededTimeout extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        @Override
        public String getShortDescription() {
            return "Timeout has been exceeded";
        }
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor.Block {
        DescriptorImpl() {
            super("timeout", TaskListener.class);
        }
    }
}
