package io.jenkins.plugins.drbdocfs2.steps;

import hudson.AbortException;
import io.jenkins.plugins.drbdocfs2.jenkins.Background;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step that works on its own thread, so that the Pipeline's thread never waits for a node. An abort interrupts this
 * thread, which closes the channels to the nodes at once; then the step ends.
 */
abstract class BackgroundStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    /** The working thread; a new one after a restart. */
    private transient Thread worker;

    /** The reason for the request to stop. */
    private transient Throwable stopCause;

    BackgroundStepExecution(StepContext context) {
        super(context);
    }

    /** Does the work and returns the value of the step. */
    abstract Object run() throws Exception;

    @Override
    public final boolean start() {
        Background.submit(this::work);
        return false;
    }

    /** The reason for the request to stop, or null. */
    final synchronized Throwable stopCause() {
        return stopCause;
    }

    /** Whether the work can start again after a restart of the controller. */
    abstract boolean isRepeatable();

    @Override
    public final void onResume() {
        if (!isWorking()) {
            return;
        }
        if (isRepeatable()) {
            Background.submit(this::work);
        } else {
            getContext()
                    .onFailure(
                            new AbortException("Jenkins restarted while this step ran. It is unknown whether the script"
                                    + " finished on the nodes, and running it twice may do harm: check the nodes, then run"
                                    + " the build again"));
        }
    }

    private void work() {
        Object value = null;
        Throwable failure = null;
        try {
            arrive();
            value = run();
        } catch (Throwable e) {
            failure = e;
        }
        Throwable cause = leave();
        if (cause != null) {
            if (failure != null && failure != cause && !(failure instanceof InterruptedException)) {
                cause.addSuppressed(failure);
            }
            failed(cause);
        } else if (failure != null) {
            failed(failure);
        } else {
            succeeded(value);
        }
    }

    /** Ends the step, unless overridden to go on. */
    void succeeded(Object value) {
        getContext().onSuccess(value);
    }

    /** Ends the step, unless overridden to go on. */
    void failed(Throwable failure) {
        getContext().onFailure(failure);
    }

    /** Works again, whatever has stopped the last work. */
    final void workAgain() {
        synchronized (this) {
            stopCause = null;
        }
        Background.submit(this::work);
    }

    /** Whether there is work to do, or to do again after a restart; else a block runs. */
    boolean isWorking() {
        return true;
    }

    /** Stops the block that runs while there is no work. */
    void stopBlock(Throwable cause) {}

    private synchronized void arrive() throws InterruptedException {
        if (stopCause != null) {
            throw new InterruptedException();
        }
        worker = Thread.currentThread();
    }

    private synchronized Throwable leave() {
        worker = null;
        Thread.interrupted(); // a stop that came too late must not reach the thread's next work
        return stopCause;
    }

    @Override
    public final synchronized void stop(Throwable cause) {
        if (!isWorking()) {
            stopBlock(cause);
        } else if (stopCause == null) {
            stopCause = cause;
            if (worker != null) {
                worker.interrupt();
            }
        }
    }
}
