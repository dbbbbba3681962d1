package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.Util;
import hudson.model.Computer;
import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.result.Reaction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The nodes of a withClusterNodes block and how to reach them. It is saved with the build across restarts, so it holds IDs
 * of credentials but no credentials, and no open connections; {@link #getId()} identifies these in the JVM that runs SSH. It
 * is a plain class, not a record, because Pipeline's serialisation cannot restore records.
 */
public final class ClusterSession implements Serializable {
    /** The default connect timeout in seconds. */
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

    /** Null if it has no name, and in a session saved by an older version. */
    private final String name;

    /** Null in a session saved by an older version. */
    private final Reaction onDrift;

    /** Null in a session saved by an older version. */
    private final Boolean exclusive;

    /**
     * @param name the name of the configured cluster; null if there is none
     * @param nodes the nodes
     * @param credentialsId the credentials for nodes without their own
     * @param hostKeys the host key strategy
     * @param sudo whether scripts run as root through sudo
     * @param connectTimeoutSeconds the connect timeout in seconds
     * @param dryRun whether all steps in the block are dry runs
     * @param onDrift what a step that would change something does to the build in a dry run
     * @param exclusive whether it holds its nodes from the first change on
     * @param home the name of the agent on which the block started; null for the controller
     */
    public ClusterSession(
            String name,
            List<ClusterNode> nodes,
            String credentialsId,
            HostKeyStrategy hostKeys,
            boolean sudo,
            int connectTimeoutSeconds,
            boolean dryRun,
            Reaction onDrift,
            boolean exclusive,
            Computer home) {
        this.name = name;
        this.nodes = new ArrayList<>(nodes);
        this.credentialsId = credentialsId;
        this.hostKeys = hostKeys;
        this.sudo = sudo;
        this.connectTimeoutSeconds = connectTimeoutSeconds;
        this.dryRun = dryRun;
        this.onDrift = onDrift;
        this.exclusive = exclusive;
        this.home = nameOf(home);
    }

    /**
     * A session from the parameters of a block or a build step.
     *
     * @param given the nodes, or the name of a configured cluster, and how to reach them
     * @param dryRun whether all steps are dry runs
     * @param onDrift what a step that would change something does to the build in a dry run; null or blank for nothing
     * @param exclusive whether it holds its nodes from the first change on
     * @param home the name of the agent on which the session starts; null for the controller
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if neither or both are given, the cluster does
     *     not exist, or a value is not valid
     */
    public static ClusterSession of(
            ClusterParameters given, boolean dryRun, String onDrift, boolean exclusive, Computer home) {
        ParameterTexts.check(given);
        ClusterParameters source = source(given);
        ParameterTexts.check(source);
        HostKeyStrategy hostKeys = first(given.getHostKeys(), source.getHostKeys());
        int timeout = first(
                first(given.getConnectTimeoutSeconds(), source.getConnectTimeoutSeconds()),
                DEFAULT_CONNECT_TIMEOUT_SECONDS);
        ClusterSession session = new ClusterSession(
                given.getCluster(),
                source.getNodes(),
                first(given.getCredentialsId(), source.getCredentialsId()),
                hostKeys == null ? ClusterConfiguration.get().getHostKeys() : hostKeys,
                given.isSudo() || source.isSudo(),
                timeout,
                dryRun,
                Reaction.parse("onDrift", onDrift),
                exclusive,
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

    /** The ID of the session's connections. */
    public String getId() {
        return id;
    }

    /** The name of the configured cluster; null if there is none. */
    public String getName() {
        return name;
    }

    /** The nodes, in order. */
    public List<Node> getNodes() {
        return nodes.stream().map(ClusterNode::toNode).toList();
    }

    /** The ID of each node's credentials by node name; null if there is none. */
    public Map<String, String> getCredentialsIds() {
        Map<String, String> ids = new LinkedHashMap<>();
        nodes.forEach(node ->
                ids.put(node.getName(), node.getCredentialsId() == null ? credentialsId : node.getCredentialsId()));
        return ids;
    }

    /** The host key strategy. */
    public HostKeyStrategy getHostKeys() {
        return hostKeys;
    }

    /** Whether scripts run as root through sudo. */
    public boolean isSudo() {
        return sudo;
    }

    /** The connect timeout in seconds. */
    public int getConnectTimeoutSeconds() {
        return connectTimeoutSeconds;
    }

    /** Whether all steps are dry runs. */
    public boolean isDryRun() {
        return dryRun;
    }

    /** What a step that would change something does to the build in a dry run. */
    public Reaction getOnDrift() {
        return onDrift == null ? Reaction.NONE : onDrift;
    }

    /** Whether it holds its nodes from the first change on, so that one build at a time changes them. */
    public boolean isExclusive() {
        return exclusive == null || exclusive;
    }

    /** Whether the block started on this agent or, for null and the built-in node, on the controller. */
    public boolean isHome(Computer computer) {
        return Objects.equals(home, nameOf(computer));
    }

    /** The name of an agent; null for the controller, that is for the built-in node and for no node. */
    public static String nameOf(Computer computer) {
        return computer == null ? null : Util.fixEmpty(computer.getName());
    }
}
