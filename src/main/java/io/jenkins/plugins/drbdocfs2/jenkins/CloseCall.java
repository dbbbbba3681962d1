package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.Launcher;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.drbdocfs2.engine.SshCluster;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.MasterToSlaveCallable;

/** Closes a session on the machine that ran SSH. */
public final class CloseCall extends MasterToSlaveCallable<Void, RuntimeException> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(CloseCall.class.getName());

    private final String sessionId;

    private CloseCall(ClusterSession session) {
        this.sessionId = session.getId();
    }

    /**
     * Closes the connections of a session in the background, then gives back its nodes: no build waits for a node or an agent that no longer answers.
     *
     * @param session the session
     * @param launcher of the agent that made them; null for the controller
     */
    public static void submit(ClusterSession session, Launcher launcher) {
        CloseCall call = new CloseCall(session);
        VirtualChannel channel = launcher == null ? null : launcher.getChannel();
        Background.submit(() -> call.run(channel));
    }

    private void run(VirtualChannel channel) {
        try {
            if (channel == null) {
                call();
            } else {
                channel.call(this);
            }
        } catch (IOException | InterruptedException e) {
            // the agent is gone, and so are its connections
            LOGGER.log(Level.FINE, "Connections of a cluster session were not closed", e);
        } finally {
            ClusterLocks.release(sessionId);
        }
    }

    @Override
    public Void call() {
        SshCluster.close(sessionId);
        AgentChannelWatch.forget(sessionId);
        return null;
    }
}
