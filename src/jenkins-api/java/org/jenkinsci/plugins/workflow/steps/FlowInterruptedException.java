package org.jenkinsci.plugins.workflow.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;

/** A Pipeline was cut off, and why. */
public final class FlowInterruptedException extends InterruptedException {
    private static final long serialVersionUID = 1L;
    private final @NonNull Result result;
    private final @NonNull List<CauseOfInterruption> causes;
    private boolean actualInterruption;

    /** Someone or something from outside cut it off. */
    @Deprecated
    public FlowInterruptedException(@NonNull Result result, @NonNull CauseOfInterruption... causes) {
        this(result, true, causes);
    }

    /** With whether it was from outside; {@code retry} tries again only where it was not. */
    public FlowInterruptedException(
            @NonNull Result result, boolean actualInterruption, @NonNull CauseOfInterruption... causes) {
        this.result = result;
        this.actualInterruption = actualInterruption;
        this.causes = List.of(causes);
    }

    /** The build's result from this. */
    public @NonNull Result getResult() {
        return result;
    }

    /** Why. */
    public @NonNull List<CauseOfInterruption> getCauses() {
        return causes;
    }

    /** Whether it was from outside. */
    public boolean isActualInterruption() {
        return actualInterruption;
    }

    /** Says whether it was from outside. */
    public void setActualInterruption(boolean actualInterruption) {
        this.actualInterruption = actualInterruption;
    }

    @Override
    public String getMessage() {
        return causes.stream().map(CauseOfInterruption::getShortDescription).collect(Collectors.joining(", "));
    }

    /** Tells the causes in the log. */
    public void handle(Run<?, ?> run, TaskListener listener) {
        causes.forEach(cause -> cause.print(listener));
        tell(getCause(), run, listener);
        for (Throwable suppressed : getSuppressed()) {
            tell(suppressed, run, listener);
        }
    }

    private static void tell(Throwable t, Run<?, ?> run, TaskListener listener) {
        if (t instanceof AbortException) {
            listener.getLogger().println(t.getMessage());
        } else if (t instanceof FlowInterruptedException interrupted) {
            interrupted.handle(run, listener);
        } else if (t != null) {
            t.printStackTrace(listener.getLogger());
        }
    }
}
