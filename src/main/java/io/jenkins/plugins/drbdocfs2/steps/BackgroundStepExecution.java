package io.jenkins.plugins.drbdocfs2.steps;

import hudson.AbortException;
import io.jenkins.plugins.drbdocfs2.jenkins.Background;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step that does its work on a thread of its own, so that the Pipeline's thread never waits for a node. An abort
 * interrupts that thread, which closes the channels to the nodes at once; the step ends when it has.
 */
abstract class BackgroundStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    /** The thread at work; there is another one after a restart. */
    private transient Thread worker;

    /** Why the step was asked to end. */
    private transient Throwable stopCause;

    BackgroundStepExecution(StepContext context) {
        super(context);
    }

    /** Does the work and gives the step's value. */
    abstract Object run() throws Exception;

    @Override
    public final boolean start() {
        Background.submit(this::work);
        return false;
    }

    /** Why the step was asked to end, or null. */
    final synchronized Throwable stopCause() {
        return stopCause;
    }

    /** Whether the work may simply be begun again after a restart of the controller. */
    abstract boolean isRepeatable();

    @Override
    public final void onResume() {
        if (isRepeatable()) {
            Background.submit(this::work);
        } else {
            getContext()
                    .onFailure(
                            new AbortException("Jenkins was restarted while this step ran. It is not known whether it"
                                    + " came to its end on the nodes, and to run it twice may do harm: see the nodes, then run"
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
            getContext().onFailure(cause);
        } else if (failure != null) {
            getContext().onFailure(failure);
        } else {
            getContext().onSuccess(value);
        }
    }

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
        if (stopCause == null) {
            stopCause = cause;
            if (worker != null) {
                worker.interrupt();
            }
        }
    }
}
