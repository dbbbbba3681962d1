package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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
