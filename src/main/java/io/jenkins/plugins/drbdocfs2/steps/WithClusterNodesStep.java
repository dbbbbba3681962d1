package io.jenkins.plugins.drbdocfs2.steps;

import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterField;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterNode;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterParameters;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
import io.jenkins.plugins.drbdocfs2.jenkins.ConnectTimeoutField;
import io.jenkins.plugins.drbdocfs2.jenkins.CredentialsField;
import io.jenkins.plugins.drbdocfs2.jenkins.HostKeyStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.OnDriftField;
import io.jenkins.plugins.drbdocfs2.jenkins.ReactionField;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** withClusterNodes: defines the nodes for the steps in its block. */
public final class WithClusterNodesStep extends Step implements ClusterParameters, Serializable {
    private static final long serialVersionUID = 1L;

    private ArrayList<ClusterNode> nodes;
    private String cluster;
    private String credentialsId;
    private HostKeyStrategy hostKeys;
    private boolean sudo;
    private Integer connectTimeoutSeconds;
    private boolean dryRun;
    private String onDrift;
    private Boolean exclusive;

    /** Without nodes: these have a setter. */
    @DataBoundConstructor
    public WithClusterNodesStep() {}

    /** The nodes. */
    @Override
    public List<ClusterNode> getNodes() {
        return Util.fixNull(nodes);
    }

    @DataBoundSetter
    public void setNodes(List<ClusterNode> nodes) {
        this.nodes = nodes == null ? null : new ArrayList<>(nodes);
    }

    /** The name of a cluster in the Jenkins configuration; null if the nodes are given. */
    @Override
    public String getCluster() {
        return cluster;
    }

    @DataBoundSetter
    public void setCluster(String cluster) {
        this.cluster = ParameterText.trimmed(cluster);
    }

    /** The ID of the credentials for nodes without their own. */
    @Override
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = ParameterText.trimmed(credentialsId);
    }

    /** The host key strategy; null for that of the cluster, else of the Jenkins configuration. */
    @Override
    public HostKeyStrategy getHostKeys() {
        return hostKeys;
    }

    @DataBoundSetter
    public void setHostKeys(HostKeyStrategy hostKeys) {
        this.hostKeys = hostKeys;
    }

    /** Whether scripts run as root through sudo. */
    @Override
    public boolean isSudo() {
        return sudo;
    }

    @DataBoundSetter
    public void setSudo(boolean sudo) {
        this.sudo = sudo;
    }

    /** The connect timeout in seconds; null for that of the cluster, else 30. */
    @Override
    public Integer getConnectTimeoutSeconds() {
        return connectTimeoutSeconds;
    }

    @DataBoundSetter
    public void setConnectTimeoutSeconds(Integer connectTimeoutSeconds) {
        this.connectTimeoutSeconds = connectTimeoutSeconds;
    }

    /** Whether all steps in the block are dry runs. */
    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** What a step that would change something does to the build in a dry run: none, unstable or fail; null for none. */
    public String getOnDrift() {
        return onDrift;
    }

    @DataBoundSetter
    public void setOnDrift(String onDrift) {
        this.onDrift = ReactionField.word(onDrift);
    }

    /** Whether the block holds its nodes from the first change on, so that one build at a time changes them. */
    public boolean isExclusive() {
        return exclusive == null || exclusive;
    }

    @DataBoundSetter
    public void setExclusive(boolean exclusive) {
        this.exclusive = exclusive;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new WithClusterNodesExecution(context, this);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor
            implements ClusterField, CredentialsField, ConnectTimeoutField, OnDriftField {
        @Override
        public String getFunctionName() {
            return "withClusterNodes";
        }

        @Override
        public String getDisplayName() {
            return "Run steps on the nodes of a DRBD and OCFS2 cluster";
        }

        /** The cluster, or the names of the nodes: for the list of a build's steps. */
        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            String names = arguments.get("nodes") instanceof List<?> nodes
                    ? nodes.stream()
                            .map(DescriptorImpl::name)
                            .filter(Objects::nonNull)
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "))
                    : "";
            return names.isEmpty() ? Objects.toString(arguments.get("cluster"), null) : names;
        }

        // a node is written as a map, or as clusterNode(...)
        private static Object name(Object node) {
            Object values = node instanceof UninstantiatedDescribable call ? call.getArguments() : node;
            return values instanceof Map<?, ?> map ? map.get("name") : null;
        }

        /**
         * The call for the Snippet Generator.
         *
         * @throws UnsupportedOperationException if there are neither nodes nor a cluster; the message tells the user
         */
        @Override
        public UninstantiatedDescribable uninstantiate(Step step) {
            WithClusterNodesStep block = (WithClusterNodesStep) step;
            if (block.getNodes().isEmpty() && block.getCluster() == null) {
                throw new UnsupportedOperationException("Choose a cluster, or add the nodes");
            }
            return super.uninstantiate(step);
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(ClusterSession.class);
        }
    }
}
