package org.jenkinsci.plugins.workflow.steps;

/** Executions of small steps. */
public class StepExecutions {
    private StepExecutions() {}

    /** Does something and gives a value. */
    @FunctionalInterface
    public interface SynchronousBody {
        /** Does it. */
        Object call(StepContext context) throws Exception;
    }

    /** Does something. */
    @FunctionalInterface
    public interface SynchronousBodyVoid {
        /** Does it. */
        void call(StepContext context) throws Exception;

        /** With null as the value. */
        default SynchronousBody asReturn() {
            return context -> {
                call(context);
                return null;
            };
        }
    }

    /** Prepares a block. */
    @FunctionalInterface
    public interface BlockBody {
        /** Does it. */
        void call(StepContext context, BodyInvoker invoker) throws Exception;
    }

    /** Done at once. */
    public static StepExecution synchronous(StepContext context, SynchronousBody body) {
        return new SynchronousImpl(context, body);
    }

    /** Done at once. */
    public static StepExecution synchronousVoid(StepContext context, SynchronousBodyVoid body) {
        return synchronous(context, body.asReturn());
    }

    /** In a thread of its own. */
    public static StepExecution synchronousNonBlocking(StepContext context, SynchronousBody body) {
        return new SynchronousNonBlockingImpl(context, body);
    }

    /** In a thread of its own. */
    public static StepExecution synchronousNonBlockingVoid(StepContext context, SynchronousBodyVoid body) {
        return synchronousNonBlocking(context, body.asReturn());
    }

    /** Runs its block once. */
    public static StepExecution block(StepContext context, BlockBody body) {
        return new BlockImpl(context, body);
    }

    private static final class SynchronousImpl extends SynchronousStepExecution<Object> {
        private static final long serialVersionUID = 1L;
        private final transient SynchronousBody body;

        SynchronousImpl(StepContext context, SynchronousBody body) {
            super(context);
            this.body = body;
        }

        @Override
        protected Object run() throws Exception {
            return body.call(getContext());
        }
    }

    private static final class SynchronousNonBlockingImpl extends SynchronousNonBlockingStepExecution<Object> {
        private static final long serialVersionUID = 1L;
        private final transient SynchronousBody body;

        SynchronousNonBlockingImpl(StepContext context, SynchronousBody body) {
            super(context);
            this.body = body;
        }

        @Override
        protected Object run() throws Exception {
            return body.call(getContext());
        }
    }

    private static final class BlockImpl extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final transient BlockBody body;

        BlockImpl(StepContext context, BlockBody body) {
            super(context);
            this.body = body;
        }

        @Override
        public boolean start() throws Exception {
            BodyInvoker invoker = getContext().newBodyInvoker();
            body.call(getContext(), invoker);
            invoker.withCallback(BodyExecutionCallback.wrap(getContext())).start();
            return false;
        }
    }
}
