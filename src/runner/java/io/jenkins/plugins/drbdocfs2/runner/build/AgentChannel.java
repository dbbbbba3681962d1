package io.jenkins.plugins.drbdocfs2.runner.build;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.remoting.Callable;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jenkinsci.remoting.Role;
import org.jenkinsci.remoting.RoleChecker;
import org.jenkinsci.remoting.RoleSensitive;

/**
 * A channel to an "agent" in this process. All objects are serialised and deserialised in both directions, so that an
 * object that cannot be sent to a real agent fails here too.
 */
public final class AgentChannel implements VirtualChannel {
    private final ExecutorService agent =
            Executors.newCachedThreadPool(new NamingThreadFactory(new DaemonThreadFactory(), "agent"));

    @Override
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException, T, InterruptedException {
        Callable<V, T> sent = send(callable);
        sent.checkRoles(new AnyRole());
        java.util.concurrent.Future<V> answer = submit(sent);
        try {
            return send(answer.get());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw AgentChannel.<T>asThrown(send(e.getCause()));
        }
    }

    private <V, T extends Throwable> java.util.concurrent.Future<V> submit(Callable<V, T> sent) throws IOException {
        try {
            return agent.submit(() -> runThere(sent));
        } catch (RejectedExecutionException e) {
            throw new IOException("The channel is closed", e);
        }
    }

    private static <V, T extends Throwable> V runThere(Callable<V, T> callable) throws Exception {
        try {
            return callable.call();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T asThrown(Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        return (T) thrown;
    }

    @SuppressWarnings("unchecked")
    private static <V> V send(V object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (NotSerializableException e) {
            throw new IOException(object.getClass().getName() + " cannot be sent between controller and agent", e);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (V) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    @Override
    public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) {
        throw new UnsupportedOperationException("callAsync is not supported by the runner");
    }

    @Override
    public <T> T export(Class<T> type, T instance) {
        throw new UnsupportedOperationException("export is not supported by the runner");
    }

    @Override
    public void close() {
        agent.shutdownNow();
    }

    @Override
    public void join() {
        close();
    }

    @Override
    public void join(long timeout) {
        close();
    }

    @Override
    public void syncLocalIO() {
        // written data is there immediately
    }

    private static final class AnyRole extends RoleChecker {
        @Override
        public void check(@NonNull RoleSensitive subject, @NonNull Collection<Role> expected) {
            // code from the controller, which this agent runs
        }
    }
}
