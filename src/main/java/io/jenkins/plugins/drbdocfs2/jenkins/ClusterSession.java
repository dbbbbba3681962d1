package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.Util;
import hudson.model.Computer;
import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What withClusterNodes gives the steps in its block: which nodes there are and how to reach them. It is kept with the
 * build across restarts, so it holds ids of credentials, never credentials, and no live connection; those are found by
 * {@link #getId()} in the JVM that SSH runs in. A plain class, not a record: Pipeline's serialisation cannot restore those.
 */
public final class ClusterSession implements Serializable {
    /** How long a connection may take to be made where nothing else is said, seconds. */
    public static final int DEFAULT_CONNECT_TIMEOUT_SECONDS = 30;

    private static final long serialVersionUID = 1L;

    private final String id = UUID.randomUUID().toString();
    private final ArrayList<ClusterNode> nodes;
    private final String credentialsId;
    private final HostKeyStrategy hostKeys;
    private final boolean sudo;
    private final int connectTimeoutSeconds;
    private final boolean dryRun;
    private final String home;

    /**
     * @param nodes the nodes
     * @param credentialsId the credentials for nodes that name none
     * @param hostKeys how their host keys are verified
     * @param sudo whether scripts are run as root by sudo
     * @param connectTimeoutSeconds how long a connection may take to be made
     * @param dryRun whether no step in the block may change anything
     * @param home where the block began; null for the controller
     */
    public ClusterSession(
            List<ClusterNode> nodes,
            String credentialsId,
            HostKeyStrategy hostKeys,
            boolean sudo,
            int connectTimeoutSeconds,
            boolean dryRun,
            Computer home) {
        this.nodes = new ArrayList<>(nodes);
        this.credentialsId = credentialsId;
        this.hostKeys = hostKeys;
        this.sudo = sudo;
        this.connectTimeoutSeconds = connectTimeoutSeconds;
        this.dryRun = dryRun;
        this.home = nameOf(home);
    }

    /**
     * A session with the nodes that somebody named, one way or the other.
     *
     * @param given the nodes, or the name of a configured cluster, and how they are reached
     * @param dryRun whether no step may change anything
     * @param home where the session begins; null for the controller
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if neither or both are given, there is no such
     *     cluster, or something cannot be used
     */
    public static ClusterSession of(ClusterParameters given, boolean dryRun, Computer home) {
        ParameterTexts.check(given);
        ClusterParameters source = source(given);
        ParameterTexts.check(source);
        HostKeyStrategy hostKeys = first(given.getHostKeys(), source.getHostKeys());
        int timeout = first(
                first(given.getConnectTimeoutSeconds(), source.getConnectTimeoutSeconds()),
                DEFAULT_CONNECT_TIMEOUT_SECONDS);
        ClusterSession session = new ClusterSession(
                source.getNodes(),
                first(given.getCredentialsId(), source.getCredentialsId()),
                hostKeys == null ? ClusterConfiguration.get().getHostKeys() : hostKeys,
                given.isSudo() || source.isSudo(),
                timeout,
                dryRun,
                home);
        NodeChecks.check(session.getNodes());
        NodeChecks.checkTimeout(timeout);
        session.hostKeys.toHostKeys();
        return session;
    }

    private static ClusterParameters source(ClusterParameters given) {
        String cluster = given.getCluster();
        if (cluster == null) {
            return given;
        }
        Check.that(given.getNodes().isEmpty(), "cluster", cluster, "be given alone, without nodes");
        return ClusterConfiguration.get().cluster(cluster);
    }

    private static <T> T first(T one, T other) {
        return one == null ? other : one;
    }

    /** The name of the session's connections. */
    public String getId() {
        return id;
    }

    /** The nodes, in order. */
    public List<Node> getNodes() {
        return nodes.stream().map(ClusterNode::toNode).toList();
    }

    /** The id of each node's credentials by the node's name; null where none is given. */
    public Map<String, String> getCredentialsIds() {
        Map<String, String> ids = new LinkedHashMap<>();
        nodes.forEach(node ->
                ids.put(node.getName(), node.getCredentialsId() == null ? credentialsId : node.getCredentialsId()));
        return ids;
    }

    /** How host keys are verified. */
    public HostKeyStrategy getHostKeys() {
        return hostKeys;
    }

    /** Whether scripts are run as root by sudo. */
    public boolean isSudo() {
        return sudo;
    }

    /** How long a connection may take to be made, seconds. */
    public int getConnectTimeoutSeconds() {
        return connectTimeoutSeconds;
    }

    /** Whether no step may change anything. */
    public boolean isDryRun() {
        return dryRun;
    }

    /** Whether the block began there: on that agent, or where it is null or the built-in node, on the controller. */
    public boolean isHome(Computer computer) {
        return Objects.equals(home, nameOf(computer));
    }

    /** The name of an agent; null for the built-in node and for no node, which both are the controller. */
    public static String nameOf(Computer computer) {
        return computer == null ? null : Util.fixEmpty(computer.getName());
    }
}
