package org.jenkinsci.plugins.workflow.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/** A step that runs. Its fields are what outlives a restart of the controller. */
public abstract class StepExecution implements Serializable {
    private static final long serialVersionUID = 1L;
    private final StepContext context;

    /** In its surroundings. */
    protected StepExecution(@NonNull StepContext context) {
        this.context = context;
    }

    /** Its surroundings. */
    public @NonNull StepContext getContext() {
        return context;
    }

    /** Begins; true where it is already done and has told the context so. */
    public abstract boolean start() throws Exception;

    /** Asks for its end. */
    public void stop(@NonNull Throwable cause) throws Exception {
        getContext().onFailure(cause);
    }

    /** Goes on after a restart of the controller. */
    public void onResume() {}

    /** What it is doing, or null. */
    public @CheckForNull String getStatus() {
        return null;
    }

    /** Whether a safe restart has to wait for it. */
    public boolean blocksRestart() {
        return false;
    }
}
