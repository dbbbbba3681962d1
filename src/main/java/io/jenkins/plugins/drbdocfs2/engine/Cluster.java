package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.KeptFacts;
import io.jenkins.plugins.drbdocfs2.lock.LockOwner;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes of a cluster with their connections. */
public interface Cluster {
    /** The nodes, in the order of the Jenkinsfile. */
    List<Node> nodes();

    /**
     * Runs a task on several nodes in parallel.
     *
     * @param names the names of the nodes
     * @param task the task for each node
     * @return the result for each node, in the given order
     * @throws StepFailure if it failed on a node, after it ended on the others; several failures are reported together
     * @throws RemoteException if a node could not be reached or was lost, likewise
     * @throws InterruptedException if the thread was interrupted; then the tasks were interrupted too
     */
    <R> Map<String, R> onEach(Collection<String> names, Task<R> task)
            throws StepFailure, RemoteException, InterruptedException;

    /**
     * Locks nodes against changes by others, as long as the cluster is open.
     *
     * @param names the names of the nodes
     * @param answering the names of those that answer
     * @param owner who changes them
     * @param log is told what it waits for, and which node cannot be locked
     * @return whether it locked a node that was not locked before, or waited: what was known of the nodes may be old
     * @throws InterruptedException if the thread was interrupted
     */
    boolean lock(Collection<String> names, Collection<String> answering, LockOwner owner, Log log)
            throws InterruptedException;

    /**
     * The nodes whose lock was lost since then, so that others may have changed them.
     *
     * @param names the names of the nodes
     */
    Set<String> lostLocks(Collection<String> names, Log log);

    /** The answers that the steps of this block keep for each other. */
    KeptFacts keptFacts();

    /** The state that earlier dry runs in this block have assumed. */
    DryRunState dryRunState();

    /** Masks the secrets of the logins of this cluster. */
    Mask mask();

    /** A task for one node. */
    @FunctionalInterface
    interface Task<R> {
        /** @param remote the node */
        R on(Remote remote) throws StepFailure, RemoteException, InterruptedException;
    }
}
