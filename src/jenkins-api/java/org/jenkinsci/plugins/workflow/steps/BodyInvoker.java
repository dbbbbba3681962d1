package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.FutureCallback;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;

/** Prepares the run of a step's block. */
public abstract class BodyInvoker {
    /** Gives the block something; null is nothing. */
    public abstract BodyInvoker withContext(@CheckForNull Object override);

    /** Gives the block several things. */
    public BodyInvoker withContexts(Object... overrides) {
        for (Object override : overrides) {
            withContext(override);
        }
        return this;
    }

    /** Gives the block several things. */
    public BodyInvoker withContexts(Collection<?> overrides) {
        return withContexts(overrides.toArray());
    }

    /** Names the block in views. */
    public abstract BodyInvoker withDisplayName(@CheckForNull String name);

    /** Whom to tell how the block ended. */
    public abstract BodyInvoker withCallback(@NonNull BodyExecutionCallback callback);

    /** Whom to tell how the block ended; it must be serialisable. */
    public final BodyInvoker withCallback(FutureCallback<Object> callback) {
        return withCallback(BodyExecutionCallback.wrap(callback));
    }

    /** Runs the block. */
    public abstract BodyExecution start();
}
