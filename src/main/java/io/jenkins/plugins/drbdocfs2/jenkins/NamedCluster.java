package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A cluster in the Jenkins configuration that jobs use by name. It holds IDs of credentials, never credentials. */
public final class NamedCluster extends AbstractDescribableImpl<NamedCluster> implements ClusterParameters {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9 ._-]{0,62}[A-Za-z0-9])?");

    private final String name;
    private List<ClusterNode> nodes;
    private String credentialsId;
    private HostKeyStrategy hostKeys;
    private boolean sudo;
    private Integer connectTimeoutSeconds;

    /** @param name its name in jobs */
    @DataBoundConstructor
    public NamedCluster(String name) {
        this.name = ParameterText.trimmed(name);
    }

    /** Its name in jobs. */
    public String getName() {
        return name;
    }

    /** Its nodes. */
    @Override
    public List<ClusterNode> getNodes() {
        return Util.fixNull(nodes);
    }

    @DataBoundSetter
    public void setNodes(List<ClusterNode> nodes) {
        this.nodes = nodes == null ? null : new ArrayList<>(nodes);
    }

    /** Null: it has its own nodes. */
    @Override
    public String getCluster() {
        return null;
    }

    /** The ID of the credentials for nodes without their own; may be null. */
    @Override
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = ParameterText.trimmed(credentialsId);
    }

    /** The host key strategy; null for that of {@link ClusterConfiguration}. */
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

    /** The connect timeout in seconds; null for the default. */
    @Override
    public Integer getConnectTimeoutSeconds() {
        return connectTimeoutSeconds;
    }

    @DataBoundSetter
    public void setConnectTimeoutSeconds(Integer connectTimeoutSeconds) {
        this.connectTimeoutSeconds = connectTimeoutSeconds;
    }

    static void checkName(String name) {
        Check.matches(
                "name of a cluster",
                name,
                NAME,
                "have at most 64 letters, digits, blanks and . _ -, and start and end with a letter or digit");
    }

    /** Makes it usable as {@code namedCluster(...)}, and serves its form. */
    @Extension
    @Symbol("namedCluster")
    public static final class DescriptorImpl extends Descriptor<NamedCluster>
            implements CredentialsField, ConnectTimeoutField {
        @Override
        public String getDisplayName() {
            return "Cluster";
        }

        /** Checks the name as the user types, and that at most one saved cluster has it. */
        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "name", value, name -> {
                checkName(name);
                long others = ClusterConfiguration.get().getClusters().stream()
                        .filter(cluster -> name.equals(cluster.getName()))
                        .count();
                Check.that(others < 2, "name", name, "be the name of one cluster, and " + others + " have it");
            });
        }

        /**
         * Connects from the controller to each node of the saved cluster and reports the result.
         *
         * @param name the name of the cluster
         * @throws InterruptedException if the thread was interrupted
         */
        @POST
        public FormValidation doTestConnection(@QueryParameter String name) throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return ConnectionCheck.of(ParameterText.trimmed(name));
        }
    }
}
