package io.jenkins.plugins.drbdocfs2.steps;

import hudson.EnvVars;
import hudson.Extension;
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
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** withClusterNodes: defines the nodes for the steps in its block. */
public final class WithClusterNodesStep extends Step implements ClusterParameters, Serializable {
    private static final long serialVersionUID = 1L;

    private ArrayList<ClusterNode> nodes = new ArrayList<>();
    private String cluster;
    private String credentialsId;
    private HostKeyStrategy hostKeys;
    private boolean sudo;
    private Integer connectTimeoutSeconds;
    private boolean dryRun;

    /** Without nodes: these have a setter. */
    @DataBoundConstructor
    public WithClusterNodesStep() {}

    /** The nodes. */
    @Override
    public List<ClusterNode> getNodes() {
        return nodes;
    }

    @DataBoundSetter
    public void setNodes(List<ClusterNode> nodes) {
        this.nodes = nodes == null ? new ArrayList<>() : new ArrayList<>(nodes);
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

    @Override
    public StepExecution start(StepContext context) {
        return new WithClusterNodesExecution(context, this);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor
            implements ClusterField, CredentialsField, ConnectTimeoutField {
        @Override
        public String getFunctionName() {
            return "withClusterNodes";
        }

        @Override
        public String getDisplayName() {
            return "Run steps on the nodes of a DRBD and OCFS2 cluster";
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
