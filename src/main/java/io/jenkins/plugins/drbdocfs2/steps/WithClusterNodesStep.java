package io.jenkins.plugins.drbdocfs2.steps;

import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterNode;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
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

/** withClusterNodes: gives the steps in its block the nodes to work on. */
public final class WithClusterNodesStep extends Step implements Serializable {
    /** How long a connection may take to be made where nothing else is said, seconds. */
    public static final int DEFAULT_CONNECT_TIMEOUT_SECONDS = 30;

    private static final long serialVersionUID = 1L;

    private ArrayList<ClusterNode> nodes = new ArrayList<>();
    private String credentialsId;
    private HostKeyStrategy hostKeys;
    private boolean sudo;
    private int connectTimeoutSeconds = DEFAULT_CONNECT_TIMEOUT_SECONDS;
    private boolean dryRun;

    /** Without nodes; they are a parameter like the others. */
    @DataBoundConstructor
    public WithClusterNodesStep() {}

    /** The nodes. */
    public List<ClusterNode> getNodes() {
        return nodes;
    }

    @DataBoundSetter
    public void setNodes(List<ClusterNode> nodes) {
        this.nodes = nodes == null ? new ArrayList<>() : new ArrayList<>(nodes);
    }

    /** The id of the credentials for nodes that name none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** How the nodes' host keys are verified; null for the known_hosts file. */
    public HostKeyStrategy getHostKeys() {
        return hostKeys;
    }

    @DataBoundSetter
    public void setHostKeys(HostKeyStrategy hostKeys) {
        this.hostKeys = hostKeys;
    }

    /** Whether scripts are run as root by sudo. */
    public boolean isSudo() {
        return sudo;
    }

    @DataBoundSetter
    public void setSudo(boolean sudo) {
        this.sudo = sudo;
    }

    /** How long a connection may take to be made, seconds. */
    public int getConnectTimeoutSeconds() {
        return connectTimeoutSeconds;
    }

    @DataBoundSetter
    public void setConnectTimeoutSeconds(int connectTimeoutSeconds) {
        this.connectTimeoutSeconds = connectTimeoutSeconds;
    }

    /** Whether all steps in the block say what they would do and change nothing. */
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

    /** Tells Jenkins of the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "withClusterNodes";
        }

        @Override
        public String getDisplayName() {
            return "Work on the nodes of a DRBD and OCFS2 cluster";
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
