package io.jenkins.plugins.drbdocfs2.jenkins;

import io.jenkins.plugins.drbdocfs2.operation.ConnectedCluster;
import jenkins.security.MasterToSlaveCallable;

/** The end of a session on its way to where SSH ran. */
public final class CloseCall extends MasterToSlaveCallable<Void, RuntimeException> {
    private static final long serialVersionUID = 1L;

    private final String sessionId;

    /** @param session whose connections to close */
    public CloseCall(ClusterSession session) {
        this.sessionId = session.getId();
    }

    @Override
    public Void call() {
        ConnectedCluster.close(sessionId);
        return null;
    }
}
