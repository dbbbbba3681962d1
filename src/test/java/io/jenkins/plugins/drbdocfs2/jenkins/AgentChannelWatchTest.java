package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.TaskListener;
import hudson.remoting.Callable;
import hudson.remoting.Channel;
import hudson.remoting.Future;
import io.jenkins.plugins.drbdocfs2.engine.Engine;
import io.jenkins.plugins.drbdocfs2.engine.Outcome;
import io.jenkins.plugins.drbdocfs2.facts.StepPosition;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterExec;
import io.jenkins.plugins.drbdocfs2.remote.ssh.Login;
import io.jenkins.plugins.drbdocfs2.result.Reaction;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import io.jenkins.plugins.drbdocfs2.support.Threads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent that loses its controller. */
@Timeout(120)
class AgentChannelWatchTest {
    /** The connection from the controller to this agent. */
    private static final class FromController extends Channel {
        <V, T extends Throwable> V arrives(Callable<V, T> callable) throws T {
            return runHere(callable);
        }

        void breaks() {
            lose(new IOException("the controller is gone"));
        }

        @Override
        public <V, T extends Throwable> V call(Callable<V, T> callable) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T export(Class<T> type, T instance) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void join() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void join(long timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void syncLocalIO() {
            throw new UnsupportedOperationException();
        }
    }

    private final FromController channel = new FromController();
    private SshNode sv1;
    private ClusterSession session;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        sv1 = new SshNode("sv1");
        ClusterNode node = new ClusterNode("sv1", "127.0.0.1");
        node.setPort(sv1.port());
        session = new ClusterSession(
                null,
                List.of(node),
                "cluster-root",
                new ManuallyProvidedKeysStrategy(sv1.hostKey()),
                false,
                30,
                false,
                Reaction.NONE,
                true,
                null);
    }

    @AfterEach
    void stop() throws IOException {
        sv1.close();
    }

    private OperationCall exec(String script) {
        Login login = new Login("cluster-root", SshNode.USER, List.of(), null, SshNode.PASSWORD);
        return new OperationCall(
                session,
                Map.of("sv1", login),
                new ClusterExec(script, true, false, 600),
                List.of(),
                false,
                Engine.Locking.NONE,
                StepPosition.UNKNOWN,
                false,
                TaskListener.NULL,
                OutputStream.nullOutputStream());
    }

    private static String failure(CompletableFuture<Object> end) {
        try {
            return String.valueOf(((Outcome) end.join()).failure());
        } catch (CompletionException e) {
            return e.getCause().toString();
        }
    }

    @Test
    void lossOfTheControllerEndsCommandsOnTheNodes() throws Exception {
        Path started = directory.resolve("started");
        CompletableFuture<Object> end = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return channel.arrives(exec("echo $$ > " + started + "; sleep 600"));
                    } catch (InterruptedException e) {
                        throw new CompletionException(e);
                    }
                },
                Threads.ONE_EACH);
        long process = SshNode.awaitProcess(started);

        channel.breaks();

        assertThat(failure(end))
                .as("interrupted, or its connection closed, whichever it notices first")
                .matches("(?s).*InterruptedException.*|.*sv1.*");
        ProcessHandle.of(process).ifPresent(left -> left.onExit().join());
        sv1.awaitNoConnection();
    }

    @Test
    void lossOfTheControllerClosesIdleConnections() throws Exception {
        channel.arrives(exec("true"));
        assertThat(sv1.connections()).isEqualTo(1);

        channel.breaks();

        sv1.awaitNoConnection();
    }
}
