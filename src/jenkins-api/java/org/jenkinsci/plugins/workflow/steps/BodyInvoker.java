package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.FutureCallback;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;

/** Prepares the run of a block. */
public abstract class BodyInvoker {
    public abstract BodyInvoker withContext(@CheckForNull Object override);

    public BodyInvoker withContexts(Object... overrides) {
        for (Object override : overrides) {
            withContext(override);
        }
        return this;
    }

    public BodyInvoker withContexts(Collection<?> overrides) {
        return withContexts(overrides.toArray());
    }

    public abstract BodyInvoker withDisplayName(@CheckForNull String name);

    public abstract BodyInvoker withCallback(@NonNull BodyExecutionCallback callback);

    public final BodyInvoker withCallback(FutureCallback<Object> callback) {
        return withCallback(BodyExecutionCallback.wrap(callback));
    }

    public abstract BodyExecution start();
}
