package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.TaskListener;
import hudson.remoting.RemoteOutputStream;
import io.jenkins.plugins.drbdocfs2.engine.Engine;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Outcome;
import io.jenkins.plugins.drbdocfs2.engine.SshCluster;
import io.jenkins.plugins.drbdocfs2.facts.StepPosition;
import io.jenkins.plugins.drbdocfs2.operation.guard.Preconditions;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import io.jenkins.plugins.drbdocfs2.remote.ssh.Login;
import io.jenkins.plugins.drbdocfs2.remote.ssh.SshSettings;
import io.jenkins.plugins.drbdocfs2.result.ProgressWriter;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jenkins.security.MasterToSlaveCallable;

/**
 * Runs an operation on the machine that runs SSH. It carries everything that is needed there, including the secrets of the
 * logins, so that an agent reads nothing from the controller. It is sent, never stored.
 */
public final class OperationCall extends MasterToSlaveCallable<Outcome, InterruptedException> {
    private static final long serialVersionUID = 1L;

    private final String sessionId;
    private final ArrayList<Node> nodes;
    private final LinkedHashMap<String, Login> logins;
    private final HostKeys hostKeys;
    private final SshSettings settings;
    private final Operation operation;
    private final ArrayList<String> names;
    private final boolean dryRun;
    private final Engine.Locking locking;
    private final StepPosition position;
    private final boolean once;
    private final TaskListener listener;
    private final RemoteOutputStream progress;

    /**
     * @param session the nodes
     * @param logins the login of each node
     * @param operation the operation
     * @param names the nodes to work on; none for all
     * @param dryRun whether it is a dry run
     * @param locking how nodes are locked before they are changed
     * @param position where the step stands in its build
     * @param once whether to close the connections at the end, because the block of the session runs elsewhere
     * @param listener receives the log
     * @param progress receives the progress of the step from a {@link ProgressWriter}
     */
    public OperationCall(
            ClusterSession session,
            Map<String, Login> logins,
            Operation operation,
            List<String> names,
            boolean dryRun,
            Engine.Locking locking,
            StepPosition position,
            boolean once,
            TaskListener listener,
            OutputStream progress) {
        this.sessionId = once ? UUID.randomUUID().toString() : session.getId();
        this.nodes = new ArrayList<>(session.getNodes());
        this.logins = new LinkedHashMap<>(logins);
        this.hostKeys = session.getHostKeys().toHostKeys();
        this.settings = SshSettings.DEFAULT
                .withConnectTimeout(Duration.ofSeconds(session.getConnectTimeoutSeconds()))
                .withSudo(session.isSudo());
        this.operation = operation;
        this.names = new ArrayList<>(names);
        this.dryRun = dryRun;
        this.locking = locking;
        this.position = position;
        this.once = once;
        this.listener = listener;
        this.progress = new RemoteOutputStream(progress);
    }

    @Override
    public Outcome call() throws InterruptedException {
        try {
            return AgentChannelWatch.unless(sessionId, this::run);
        } finally {
            // An agent buffers lines for seconds: they would appear after those of the next step, or not at all
            listener.getLogger().flush();
        }
    }

    private Outcome run() throws InterruptedException {
        SshCluster cluster = SshCluster.open(sessionId, nodes, logins, hostKeys, settings);
        try {
            return new Engine(
                            cluster,
                            Preconditions::check,
                            listener.getLogger()::println,
                            new ProgressWriter(progress),
                            position)
                    .run(operation, names, dryRun, locking);
        } finally {
            if (once) {
                SshCluster.close(sessionId);
                AgentChannelWatch.forget(sessionId);
            }
        }
    }
}
