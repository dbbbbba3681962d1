package org.jenkinsci.plugins.workflow.steps;

import edu.umd.cs.findbugs.annotations.NonNull;

/** A step that completes immediately. */
public abstract class SynchronousStepExecution<T> extends StepExecution {
    private static final long serialVersionUID = 1L;
    private transient volatile Thread executing;

    protected SynchronousStepExecution(@NonNull StepContext context) {
        super(context);
    }

    protected abstract T run() throws Exception;

    @Override
    public final boolean start() throws Exception {
        executing = Thread.currentThread();
        try {
            getContext().onSuccess(run());
        } catch (Throwable t) {
            getContext().onFailure(t);
        } finally {
            executing = null;
        }
        return true;
    }

    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        Thread thread = executing;
        if (thread != null) {
            thread.interrupt();
        } else {
            super.stop(cause);
        }
    }
}
