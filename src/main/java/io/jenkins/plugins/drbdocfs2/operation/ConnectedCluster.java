package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.remote.HostKeys;
import io.jenkins.plugins.drbdocfs2.remote.Login;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.SshSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Under construction. */
public final class ConnectedCluster implements Cluster {
    private ConnectedCluster() {}

    public static ConnectedCluster open(
            String sessionId, List<Node> nodes, Map<String, Login> logins, HostKeys hostKeys, SshSettings settings) {
        throw new UnsupportedOperationException();
    }

    public static void close(String sessionId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Node> nodes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <R> Map<String, R> onEach(Collection<String> names, Task<R> task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Assumptions assumptions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mask mask() {
        throw new UnsupportedOperationException();
    }
}
