package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2Status;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** ocfs2Status: shows the cluster and the OCFS2 filesystems of the nodes. */
public final class Ocfs2StatusStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private String device;

    /** Without mandatory parameters. */
    @DataBoundConstructor
    public Ocfs2StatusStep() {}

    /** The path of a device; null for all with OCFS2. */
    public String getDevice() {
        return device;
    }

    @DataBoundSetter
    public void setDevice(String device) {
        this.device = ParameterText.trimmed(device);
    }

    @Override
    public Operation operation() {
        return new Ocfs2Status(device);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "ocfs2Status";
        }

        @Override
        public String getDisplayName() {
            return "Show OCFS2 status";
        }

        /** Checks the field device while it is typed. */
        @POST
        public FormValidation doCheckDevice(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "device", value, path -> DevicePathRules.check("device", path));
        }
    }
}
