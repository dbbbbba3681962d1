package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The nodes of a cluster, reachable. */
public interface Cluster {
    /** The nodes, in the order of the Jenkinsfile. */
    List<Node> nodes();

    /**
     * Does something with several nodes side by side.
     *
     * @param names the names of the nodes
     * @param task what to do with each
     * @return what it gave for each node, in the given order
     * @throws StepFailure if it failed on a node, after it ended on the others; several failures are told together
     * @throws RemoteException if a node could not be reached or was lost, likewise
     * @throws InterruptedException if the thread was interrupted; the tasks have been interrupted too
     */
    <R> Map<String, R> onEach(Collection<String> names, Task<R> task)
            throws StepFailure, RemoteException, InterruptedException;

    /** What a dry run has assumed so far in this cluster's block. */
    DryRunState dryRunState();

    /** Hides the secrets of this cluster's logins. */
    Mask mask();

    /** Something to do with one node. */
    @FunctionalInterface
    interface Task<R> {
        /** @param remote the node */
        R on(Remote remote) throws StepFailure, RemoteException, InterruptedException;
    }
}
