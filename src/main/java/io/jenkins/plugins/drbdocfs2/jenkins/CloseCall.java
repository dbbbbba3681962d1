package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.Launcher;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.drbdocfs2.engine.SshCluster;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.MasterToSlaveCallable;

/** The end of a session on its way to where SSH ran. */
public final class CloseCall extends MasterToSlaveCallable<Void, RuntimeException> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(CloseCall.class.getName());

    private final String sessionId;

    private CloseCall(ClusterSession session) {
        this.sessionId = session.getId();
    }

    /**
     * Closes a session's connections where they are. In the background: no build waits for a node or an agent that does not
     * answer any more.
     *
     * @param session whose connections to close
     * @param launcher of the agent that they are made by; null for the controller
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
            // the agent is gone, and its connections with it
            LOGGER.log(Level.FINE, "Connections of a cluster session were not closed", e);
        }
    }

    @Override
    public Void call() {
        SshCluster.close(sessionId);
        AgentChannelWatch.forget(sessionId);
        return null;
    }
}
