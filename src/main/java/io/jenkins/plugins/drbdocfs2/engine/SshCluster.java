package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.KeptFacts;
import io.jenkins.plugins.drbdocfs2.lock.LockOwner;
import io.jenkins.plugins.drbdocfs2.lock.NodeLocks;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.NodesException;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Remotes;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import io.jenkins.plugins.drbdocfs2.remote.ssh.Login;
import io.jenkins.plugins.drbdocfs2.remote.ssh.SshRemote;
import io.jenkins.plugins.drbdocfs2.remote.ssh.SshSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cluster over SSH, with one connection per node for a whole block. The steps of the block find it by the ID of their
 * session; after a restart, or on another agent, it is opened again.
 */
public final class SshCluster implements Cluster {
    private static final Map<String, SshCluster> OPEN = new ConcurrentHashMap<>();

    private final List<Node> nodes;
    private final Remotes remotes;
    private final Mask mask;
    private final NodeLocks locks = new NodeLocks();
    private final DryRunState dryRunState = new DryRunState();
    private final KeptFacts keptFacts = new KeptFacts();

    private SshCluster(List<Node> nodes, Remotes remotes, Mask mask) {
        this.nodes = List.copyOf(nodes);
        this.remotes = remotes;
        this.mask = mask;
    }

    /**
     * The open cluster of a session in this JVM, or a new one. Nodes are connected when first needed.
     *
     * @param sessionId the ID of the session
     * @param nodes its nodes
     * @param logins the logins by node name
     * @param hostKeys the accepted host keys
     * @param settings the settings of the connections
     */
    public static SshCluster open(
            String sessionId, List<Node> nodes, Map<String, Login> logins, HostKeys hostKeys, SshSettings settings) {
        return OPEN.computeIfAbsent(sessionId, id -> {
            List<SshRemote> remotes = new ArrayList<>();
            for (Node node : nodes) {
                remotes.add(new SshRemote(node, logins.get(node.name()), hostKeys, settings));
            }
            return new SshCluster(nodes, new Remotes(remotes), Mask.of(logins.values()));
        });
    }

    /** Closes the connections of a session in this JVM, if it is open. */
    public static void close(String sessionId) {
        SshCluster cluster = OPEN.remove(sessionId);
        if (cluster != null) {
            cluster.remotes.close();
        }
    }

    @Override
    public List<Node> nodes() {
        return nodes;
    }

    @Override
    public <R> Map<String, R> onEach(Collection<String> names, Task<R> task)
            throws StepFailure, RemoteException, InterruptedException {
        List<Remote> chosen =
                names.stream().map(name -> remotes.byName().get(name)).toList();
        try {
            return remotes.onEach(chosen, remote -> {
                try {
                    return task.on(remote);
                } catch (StepFailure e) {
                    throw new Carried(e);
                }
            });
        } catch (NodesException e) {
            throw together(e);
        }
    }

    private static StepFailure together(NodesException failures) throws RemoteException {
        Map<String, Exception> causes = new LinkedHashMap<>(failures.failures());
        causes.replaceAll((node, cause) -> cause instanceof Carried carried ? carried.failure : cause);
        if (causes.size() == 1) {
            Exception only = causes.values().iterator().next();
            if (only instanceof RemoteException lost) {
                throw lost;
            }
            return only instanceof StepFailure failure ? failure : new StepFailure(only.toString(), only);
        }
        StepFailure all = new StepFailure(String.join(
                "\n", causes.values().stream().map(Exception::getMessage).toList()));
        causes.values().forEach(all::addSuppressed);
        return all;
    }

    @Override
    public boolean lock(Collection<String> names, Collection<String> answering, LockOwner owner, Log log)
            throws InterruptedException {
        return locks.acquire(
                names.stream().map(name -> remotes.byName().get(name)).toList(), answering, owner, log::line);
    }

    @Override
    public Set<String> lostLocks(Collection<String> names, Log log) {
        return locks.lost(names, log::line);
    }

    @Override
    public KeptFacts keptFacts() {
        return keptFacts;
    }

    @Override
    public DryRunState dryRunState() {
        return dryRunState;
    }

    @Override
    public Mask mask() {
        return mask;
    }

    /** Carries a failure through a signature that allows only I/O exceptions. */
    private static final class Carried extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient StepFailure failure;

        Carried(StepFailure failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
