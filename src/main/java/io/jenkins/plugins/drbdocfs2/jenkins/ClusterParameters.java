package io.jenkins.plugins.drbdocfs2.jenkins;

import java.util.List;

/**
 * How a Pipeline or a freestyle job says which nodes a cluster has and how they are reached: by a list, or by the name of
 * a {@link NamedCluster}. What is null, empty or false is taken from there, and else from {@link ClusterConfiguration}.
 *
 * <p>Each class that has these parameters has its own setters: Jenkins binds the setters of a class and its superclasses
 * only, not those of an interface (DescribableModel of structs, Stapler's RequestImpl), and a step, a builder and a
 * describable have no superclass in common that they could stand in.
 */
public interface ClusterParameters {
    /** The nodes; none where {@link #getCluster()} names a cluster. */
    List<ClusterNode> getNodes();

    /** The name of a configured cluster; null where the nodes are given. */
    String getCluster();

    /** The id of the credentials for nodes that name none; may be null. */
    String getCredentialsId();

    /** How the nodes' host keys are verified; may be null. */
    HostKeyStrategy getHostKeys();

    /** Whether scripts are run as root by sudo. */
    boolean isSudo();

    /** How long a connection may take to be made, seconds; may be null. */
    Integer getConnectTimeoutSeconds();
}
