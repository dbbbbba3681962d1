package io.jenkins.plugins.drbdocfs2.runner.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code sleep 10}. */
public final class SleepStep extends Step {
    private final int time;
    private TimeUnit unit = TimeUnit.SECONDS;

    @DataBoundConstructor
    public SleepStep(int time) {
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

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, unit.toMillis(time));
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final long millis;
        private transient Future<?> task;

        Execution(StepContext context, long millis) {
            super(context);
            this.millis = millis;
        }

        @Override
        public boolean start() throws Exception {
            getContext().get(TaskListener.class).getLogger().println("Sleeping for " + Timers.span(millis));
            task = Timers.after(millis, () -> getContext().onSuccess(null));
            return false;
        }

        @Override
        public void stop(@NonNull Throwable cause) throws Exception {
            task.cancel(false);
            super.stop(cause);
        }
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor {
        DescriptorImpl() {
            super("sleep", TaskListener.class);
        }
    }
}
