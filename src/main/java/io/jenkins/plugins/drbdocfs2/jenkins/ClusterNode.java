package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A node in the list of withClusterNodes. */
public final class ClusterNode extends AbstractDescribableImpl<ClusterNode> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SSH = 22;

    private final String name;
    private final String host;
    private Integer port;
    private String address;
    private String credentialsId;

    /**
     * @param name the output of {@code uname -n} on the node
     * @param host the host name or address of its SSH server
     */
    @DataBoundConstructor
    public ClusterNode(String name, String host) {
        this.name = ParameterText.trimmed(name);
        this.host = ParameterText.trimmed(host);
    }

    /** The output of {@code uname -n} on the node. */
    public String getName() {
        return name;
    }

    /** The host name or address of its SSH server. */
    public String getHost() {
        return host;
    }

    /** The port of its SSH server. */
    public int getPort() {
        return Util.fixNull(port, SSH);
    }

    @DataBoundSetter
    public void setPort(int port) {
        this.port = port;
    }

    /** The address for replication, reachable from the other nodes; null for {@code host}. */
    public String getAddress() {
        return address;
    }

    @DataBoundSetter
    public void setAddress(String address) {
        this.address = ParameterText.trimmed(address);
    }

    /** The ID of its own credentials; may be null. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = ParameterText.trimmed(credentialsId);
    }

    /** The node without Jenkins types. */
    public Node toNode() {
        return new Node(name, host, getPort(), address == null ? host : address);
    }

    /** Makes it usable as {@code clusterNode(...)}. */
    @Extension
    @Symbol("clusterNode")
    public static final class DescriptorImpl extends Descriptor<ClusterNode> implements CredentialsField {
        @Override
        public String getDisplayName() {
            return "Node";
        }

        /** Checks the name as the user types. */
        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "name", value, name -> NodeChecks.checkName("name", name));
        }

        /** Checks the host as the user types. */
        @POST
        public FormValidation doCheckHost(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "host", value, host -> NodeChecks.checkHost("host", host));
        }

        /** Checks the port as the user types. */
        @POST
        public FormValidation doCheckPort(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(item, "port", value, port -> DrbdRules.port("port", port));
        }

        /** Checks the address as the user types. */
        @POST
        public FormValidation doCheckAddress(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "address", value, address -> NodeChecks.checkAddress("address", address));
        }
    }
}
