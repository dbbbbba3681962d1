package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.remoting.Channel;
import io.jenkins.plugins.drbdocfs2.engine.SshCluster;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends the work of an agent for builds when its controller is lost: nobody receives the result any more, and a repeated
 * build must not meet running commands on the nodes.
 */
final class AgentChannelWatch extends Channel.Listener {
    private static final Map<Channel, AgentChannelWatch> WATCHES = new WeakHashMap<>();

    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();

    private AgentChannelWatch() {}

    /** Runs a task for a session on the calling thread, unless the controller is lost. */
    static <T> T unless(String sessionId, Work<T> work) throws InterruptedException {
        Channel channel = Channel.current();
        if (channel == null) { // this is the controller
            return work.call();
        }
        AgentChannelWatch watch = of(channel);
        watch.sessions.add(sessionId);
        watch.workers.add(Thread.currentThread());
        try {
            return work.call();
        } finally {
            watch.workers.remove(Thread.currentThread());
        }
    }

    /** A {@link Callable} that throws only if interrupted. */
    interface Work<T> extends Callable<T> {
        @Override
        T call() throws InterruptedException;
    }

    /** Forgets a session that was closed. */
    static void forget(String sessionId) {
        Channel channel = Channel.current();
        if (channel != null) {
            of(channel).sessions.remove(sessionId);
        }
    }

    private static AgentChannelWatch of(Channel channel) {
        synchronized (WATCHES) {
            return WATCHES.computeIfAbsent(channel, key -> {
                AgentChannelWatch watch = new AgentChannelWatch();
                key.addListener(watch);
                return watch;
            });
        }
    }

    @Override
    public void onClosed(Channel channel, IOException cause) {
        workers.forEach(Thread::interrupt);
        sessions.forEach(SshCluster::close);
    }
}
