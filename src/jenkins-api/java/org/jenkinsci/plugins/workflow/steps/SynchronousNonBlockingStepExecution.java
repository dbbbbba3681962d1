package org.jenkinsci.plugins.workflow.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A step that runs on its own thread and does not survive a restart. */
public abstract class SynchronousNonBlockingStepExecution<T> extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool(new NamingThreadFactory(
            new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()),
            SynchronousNonBlockingStepExecution.class.getName()));

    private transient volatile Future<?> task;
    private transient volatile Throwable stopCause;

    protected SynchronousNonBlockingStepExecution(@NonNull StepContext context) {
        super(context);
    }

    protected abstract T run() throws Exception;

    @Override
    public final boolean start() throws Exception {
        task = EXECUTOR.submit(this::runAndTell);
        return false;
    }

    private void runAndTell() {
        T result;
        try {
            result = run();
        } catch (Throwable x) {
            if (stopCause == null) {
                getContext().onFailure(x);
            } else {
                stopCause.addSuppressed(x);
            }
            return;
        }
        getContext().onSuccess(result);
    }

    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        if (task != null) {
            stopCause = cause;
            task.cancel(true);
        }
        super.stop(cause);
    }

    @Override
    public boolean blocksRestart() {
        return task != null;
    }
}
