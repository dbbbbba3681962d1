package io.jenkins.plugins.drbdocfs2.steps;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.jenkins.Passwords;
import io.jenkins.plugins.drbdocfs2.operation.fencing.DeviceLogin;
import io.jenkins.plugins.drbdocfs2.operation.fencing.DeviceSpec;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A device that switches a node, in the list of clusterConfigureFencing. */
public final class FenceDevice extends AbstractDescribableImpl<FenceDevice> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String node;
    private final String agent;
    private String parameters;
    private String credentialsId;

    /**
     * @param node the node's name
     * @param agent the fence agent
     */
    @DataBoundConstructor
    public FenceDevice(String node, String agent) {
        this.node = ParameterText.trimmed(node);
        this.agent = ParameterText.trimmed(agent);
    }

    /** The node that it switches. */
    public String getNode() {
        return node;
    }

    /** The fence agent, such as fence_ipmilan. */
    public String getAgent() {
        return agent;
    }

    /** The parameters of the agent, as name=value; null for none. */
    public String getParameters() {
        return parameters;
    }

    @DataBoundSetter
    public void setParameters(String parameters) {
        this.parameters = ParameterText.trimmed(parameters);
    }

    /** The ID of the credentials with the user name and password of the device; null for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = ParameterText.trimmed(credentialsId);
    }

    /** The device without its login. */
    DeviceSpec toSpec() {
        return DeviceSpec.of(node, agent, parameters, null);
    }

    /** The device with its login. */
    DeviceSpec toSpec(Run<?, ?> run) throws AbortException {
        if (credentialsId == null) {
            return toSpec();
        }
        StandardUsernamePasswordCredentials credentials =
                Passwords.withUser(credentialsId, run, "the fencing device of " + node);
        DeviceLogin login = new DeviceLogin(
                Util.fixNull(credentials.getUsername()),
                credentials.getPassword().getPlainText());
        return DeviceSpec.of(node, agent, parameters, login);
    }

    /** Makes it usable as {@code fenceDevice(...)}. */
    @Extension
    @Symbol("fenceDevice")
    public static final class DescriptorImpl extends Descriptor<FenceDevice> implements NodeField {
        @Override
        public String getDisplayName() {
            return "Fencing device";
        }

        /** Checks the field agent while it is typed. */
        @POST
        public FormValidation doCheckAgent(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "agent", value, DeviceSpec::checkAgent);
        }

        /** Checks the field parameters while it is typed. */
        @POST
        public FormValidation doCheckParameters(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "parameters", value, text -> DeviceSpec.of("sv1", "fence_ipmilan", text, null));
        }

        /** The credentials with a password, for users who may use or see them. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return Passwords.offer(item, credentialsId);
        }
    }
}
