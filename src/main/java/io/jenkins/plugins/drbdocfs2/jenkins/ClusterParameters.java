package io.jenkins.plugins.drbdocfs2.jenkins;

import java.util.List;

/**
 * The nodes of a cluster and how to reach them, in a Pipeline or a freestyle job: a list of nodes, or the name of a
 * {@link NamedCluster}. Null, empty and false values default to those of the named cluster, else of
 * {@link ClusterConfiguration}.
 *
 * <p>Each class with these parameters has its own setters: Jenkins binds the setters of a class and its superclasses, not
 * those of an interface (DescribableModel of structs, Stapler's RequestImpl), and a step, a builder and a describable have no
 * common superclass for them.
 */
public interface ClusterParameters {
    /** The nodes; empty if {@link #getCluster()} names a cluster. */
    List<ClusterNode> getNodes();

    /** The name of a configured cluster; null if the nodes are given. */
    String getCluster();

    /** The ID of the credentials for nodes without their own; may be null. */
    String getCredentialsId();

    /** The host key strategy; may be null. */
    HostKeyStrategy getHostKeys();

    /** Whether scripts run as root through sudo. */
    boolean isSudo();

    /** The connect timeout in seconds; may be null. */
    Integer getConnectTimeoutSeconds();
}
