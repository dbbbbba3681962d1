package io.jenkins.plugins.drbdocfs2.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterField;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterNode;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterParameters;
import io.jenkins.plugins.drbdocfs2.jenkins.ConnectTimeoutField;
import io.jenkins.plugins.drbdocfs2.jenkins.CredentialsField;
import io.jenkins.plugins.drbdocfs2.jenkins.HostKeyStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.OnDriftField;
import io.jenkins.plugins.drbdocfs2.jenkins.ParameterTexts;
import io.jenkins.plugins.drbdocfs2.jenkins.ReactionField;
import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import io.jenkins.plugins.drbdocfs2.steps.WithClusterNodesStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The build step "DRBD and OCFS2 cluster" of freestyle jobs: the nodes as in withClusterNodes, and the steps of its block.
 * The steps run in order, from the agent of the build; the first that fails ends the build.
 *
 * <p>It is no SimpleBuildStep, so Pipelines do not offer it: there the steps would run as they are
 * evaluated, before this class is called.
 */
public final class ClusterBuilder extends Builder implements ClusterParameters {
    /** Its name in Job DSL, and in messages. */
    static final String SYMBOL = "drbdOcfs2Cluster";

    private List<ClusterNode> nodes;
    private String cluster;
    private String credentialsId;
    private HostKeyStrategy hostKeys;
    private boolean sudo;
    private Integer connectTimeoutSeconds;
    private boolean dryRun;
    private String onDrift;
    private Boolean exclusive;
    private List<Step> steps;

    /** Without nodes and steps: these have setters. */
    @DataBoundConstructor
    public ClusterBuilder() {}

    @Override
    public List<ClusterNode> getNodes() {
        return Util.fixNull(nodes);
    }

    @DataBoundSetter
    public void setNodes(List<ClusterNode> nodes) {
        this.nodes = nodes == null ? null : new ArrayList<>(nodes);
    }

    @Override
    public String getCluster() {
        return cluster;
    }

    @DataBoundSetter
    public void setCluster(String cluster) {
        this.cluster = ParameterText.trimmed(cluster);
    }

    @Override
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = ParameterText.trimmed(credentialsId);
    }

    @Override
    public HostKeyStrategy getHostKeys() {
        return hostKeys;
    }

    @DataBoundSetter
    public void setHostKeys(HostKeyStrategy hostKeys) {
        this.hostKeys = hostKeys;
    }

    @Override
    public boolean isSudo() {
        return sudo;
    }

    @DataBoundSetter
    public void setSudo(boolean sudo) {
        this.sudo = sudo;
    }

    @Override
    public Integer getConnectTimeoutSeconds() {
        return connectTimeoutSeconds;
    }

    @DataBoundSetter
    public void setConnectTimeoutSeconds(Integer connectTimeoutSeconds) {
        this.connectTimeoutSeconds = connectTimeoutSeconds;
    }

    /** Whether all steps are dry runs. */
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

    /** Whether it holds its nodes from the first change on, so that one build at a time changes them. */
    public boolean isExclusive() {
        return exclusive == null || exclusive;
    }

    @DataBoundSetter
    public void setExclusive(boolean exclusive) {
        this.exclusive = exclusive;
    }

    /** The steps in order; each is a {@link ClusterStep}. */
    public List<Step> getSteps() {
        return Util.fixNull(steps);
    }

    @DataBoundSetter
    public void setSteps(List<Step> steps) {
        this.steps = steps == null ? null : new ArrayList<>(steps);
    }

    /**
     * Runs the steps.
     *
     * @return true
     * @throws AbortException if a parameter is not valid or a step fails, with a message for the build log
     * @throws InterruptedException if the build was aborted
     */
    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        EnvVars env = build.getEnvironment(listener);
        new ClusterBuild(new Expansion(env).of(this), build, env, launcher, listener).perform();
        return true;
    }

    /** Offers it to freestyle jobs and similar job types, and serves its form. */
    @Extension
    @Symbol(SYMBOL)
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder>
            implements ClusterField, CredentialsField, ConnectTimeoutField, OnDriftField {
        /** Uses the help of withClusterNodes for the common fields. */
        public DescriptorImpl() {
            List.of(
                            "nodes",
                            "cluster",
                            "credentialsId",
                            "hostKeys",
                            "sudo",
                            "connectTimeoutSeconds",
                            "dryRun",
                            "onDrift",
                            "exclusive")
                    .forEach(field -> addHelpFileRedirect(field, WithClusterNodesStep.class, field));
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return "DRBD and OCFS2 cluster";
        }

        /**
         * Makes the build step from its form.
         *
         * @throws FormException if a mandatory field is empty
         */
        @Override
        public Builder newInstance(StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
            Builder builder = super.newInstance(req, formData);
            try {
                ParameterTexts.checkMandatory(builder);
                return builder;
            } catch (InvalidParameterException e) {
                throw new FormException(e.getMessage(), e, e.parameter());
            }
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** The choices of the field steps; Jenkins' form calls it by this name. */
        public List<StepDescriptor> getStepsDescriptors() {
            return StepDescriptor.all().stream()
                    .filter(descriptor -> ClusterStep.class.isAssignableFrom(descriptor.clazz))
                    .toList();
        }
    }
}
