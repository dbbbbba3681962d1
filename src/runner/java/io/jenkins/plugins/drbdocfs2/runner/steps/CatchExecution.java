package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.Util;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.runner.engine.ScriptErrors;
import java.io.IOException;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Runs a block, and continues after its failure with a message. */
final class CatchExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private final Options options;

    CatchExecution(StepContext context, Options options) {
        super(context);
        this.options = options;
    }

    /**
     * The reaction to a failure of the block.
     *
     * @param message the message, or null
     * @param buildResult the result of the build
     * @param catchInterruptions whether to continue after an interruption
     */
    record Options(String message, Result buildResult, boolean catchInterruptions) implements Serializable {}

    /** The result with this name, which must exist. */
    static Result result(String parameter, String name) {
        Result result = Result.fromString(Util.fixNull(name, "SUCCESS"));
        if (name != null && !result.toString().equalsIgnoreCase(name)) {
            throw new IllegalArgumentException(parameter + " is invalid: " + name
                    + ". Valid options are SUCCESS, UNSTABLE, FAILURE, NOT_BUILT and ABORTED.");
        }
        return result;
    }

    @Override
    public boolean start() {
        getContext().newBodyInvoker().withCallback(new Callback(options)).start();
        return false;
    }

    private static final class Callback extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final Options options;

        Callback(Options options) {
            this.options = options;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            context.onSuccess(null);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            boolean interrupted = t instanceof FlowInterruptedException cause && cause.isActualInterruption();
            if (interrupted && !options.catchInterruptions()) {
                context.onFailure(t);
                return;
            }
            try {
                TaskListener listener = context.get(TaskListener.class);
                if (options.message() != null) {
                    listener.error(options.message());
                }
                ScriptErrors.log(t, context.get(Run.class), listener);
                context.setResult(
                        t instanceof FlowInterruptedException cause ? cause.getResult() : options.buildResult());
                context.onSuccess(null);
            } catch (IOException | InterruptedException e) {
                context.onFailure(e);
            }
        }
    }
}
