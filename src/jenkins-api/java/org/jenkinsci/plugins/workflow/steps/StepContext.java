package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.model.Result;
import java.io.IOException;
import java.io.Serializable;

/** The surroundings of a step that runs, and whom it tells its end. */
public abstract class StepContext implements FutureCallback<Object>, Serializable {
    private static final long serialVersionUID = 1L;

    /** Something that the surroundings give, or null. */
    public abstract @Nullable <T> T get(Class<T> key) throws IOException, InterruptedException;

    @Override
    public abstract void onSuccess(@CheckForNull Object result);

    /** Whether {@link #get} answers at once. */
    public abstract boolean isReady();

    /** Writes the state of the step. */
    public abstract ListenableFuture<Void> saveState();

    /** Makes the build's result worse. */
    public abstract void setResult(Result r);

    /** To run the step's block. */
    public abstract BodyInvoker newBodyInvoker() throws IllegalStateException;

    /** Whether the step was given a block. */
    public boolean hasBody() {
        return false;
    }

    @Override
    public abstract boolean equals(@CheckForNull Object o);

    @Override
    public abstract int hashCode();
}
