package io.jenkins.plugins.drbdocfs2.runner.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.impl.FunctionCallEnv;
import com.cloudbees.groovy.cps.impl.TryBlockEnv;
import com.cloudbees.groovy.cps.sandbox.DefaultInvoker;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.Closure;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A running block. */
final class BodyRun extends BodyExecution {
    private static final long serialVersionUID = 1L;

    private final transient CallContext owner;
    private final transient List<BodyExecutionCallback> callbacks;
    private final transient CompletableFuture<Object> result = new CompletableFuture<>();
    private transient volatile ScriptThread thread;
    private transient volatile Throwable stopped;

    BodyRun(CallContext owner, List<BodyExecutionCallback> callbacks) {
        this.owner = owner;
        this.callbacks = callbacks;
    }

    void launch(Closure<?> body, List<?> values, @CheckForNull String displayName) {
        owner.call().beginBody(displayName);
        callbacks.forEach(callback -> callback.onStart(owner));
        try {
            Persistence.check("What the step " + owner.call().name() + " gives its block", values);
            Persistence.check("What the step " + owner.call().name() + " does after its block", callbacks);
            succeed(body.call());
        } catch (CpsCallableInvocation invocation) {
            thread = new ScriptThread(
                    owner.thread().program(), owner, owner.thread().values().with(values));
            thread.begin(continuable(invocation), stopped);
        } catch (RuntimeException | Error | IOException e) {
            fail(e);
        }
    }

    private Continuable continuable(CpsCallableInvocation invocation) {
        Continuation succeed = new End(this::succeed);
        FunctionCallEnv caller = new FunctionCallEnv(null, succeed, null, null);
        caller.setInvoker(new DefaultInvoker());
        TryBlockEnv env = new TryBlockEnv(caller, null);
        env.addHandler(Throwable.class, new End(thrown -> fail((Throwable) thrown)));
        return new Continuable(invocation.invoke(env, null, succeed));
    }

    private void succeed(Object value) {
        endBody();
        result.complete(value);
        for (BodyExecutionCallback callback : callbacks) {
            try {
                callback.onSuccess(owner, value);
            } catch (RuntimeException e) {
                owner.onFailure(e);
            }
        }
    }

    private void endBody() {
        owner.call().endBody();
        owner.addEndOfBlock(thread == null ? List.of(owner.node()) : thread.lastNodes());
    }

    private void fail(Throwable thrown) {
        endBody();
        result.completeExceptionally(thrown);
        for (BodyExecutionCallback callback : callbacks) {
            try {
                callback.onFailure(owner, thrown);
            } catch (RuntimeException e) {
                thrown.addSuppressed(e);
                owner.onFailure(thrown);
            }
        }
    }

    @Override
    public Collection<StepExecution> getCurrentExecutions() {
        CompletableFuture<Collection<StepExecution>> found = new CompletableFuture<>();
        owner.thread()
                .program()
                .submit(() -> found.complete(leaves().stream()
                        .map(ScriptThread::step)
                        .filter(java.util.Objects::nonNull)
                        .toList()));
        return found.join();
    }

    private List<ScriptThread> leaves() {
        ScriptThread own = thread;
        if (own == null || isDone()) {
            return List.of();
        }
        return owner.thread().program().leaves(owner).stream()
                .filter(leaf -> leaf.isSameOrInside(own))
                .toList();
    }

    @Override
    public boolean cancel(Throwable cause) {
        if (isDone()) {
            return false;
        }
        stopped = cause;
        owner.thread().program().submit(() -> leaves().forEach(leaf -> leaf.stop(cause)));
        return true;
    }

    @Override
    public boolean isCancelled() {
        return stopped != null && isDone();
    }

    @Override
    public boolean isDone() {
        return result.isDone();
    }

    @Override
    public Object get() throws InterruptedException, ExecutionException {
        return result.get();
    }

    @Override
    public Object get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return result.get(timeout, unit);
    }

    /** Jenkins stores only a reference to the block. */
    private Object writeReplace() {
        return new Reference(owner.call().name());
    }

    private record Reference(String step) implements Serializable {}

    private static final class End implements Continuation {
        private static final long serialVersionUID = 1L;
        private final transient Consumer<Object> then;

        End(Consumer<Object> then) {
            this.then = then;
        }

        @Override
        public Next receive(Object value) {
            then.accept(value);
            return Next.terminate(null);
        }
    }
}
