package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.jenkins.NodeChecks;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdSwitchover;
import io.jenkins.plugins.drbdocfs2.storage.MountPointRules;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** drbdSwitchover: moves the Primary role and the mount to another node. */
public final class DrbdSwitchoverStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String resource;
    private final String to;
    private String mountPoint;
    private String type;

    /**
     * @param resource the resource
     * @param to the name of the node that becomes Primary
     */
    @DataBoundConstructor
    public DrbdSwitchoverStep(String resource, String to) {
        this.resource = ParameterText.trimmed(resource);
        this.to = ParameterText.trimmed(to);
    }

    /** The resource. */
    public String getResource() {
        return resource;
    }

    /** The name of the node that becomes Primary. */
    public String getTo() {
        return to;
    }

    /** The mount point on the new Primary; null for none. */
    public String getMountPoint() {
        return mountPoint;
    }

    @DataBoundSetter
    public void setMountPoint(String mountPoint) {
        this.mountPoint = ParameterText.trimmed(mountPoint);
    }

    /** The type of the filesystem; null for that of the old mount. */
    public String getType() {
        return type;
    }

    @DataBoundSetter
    public void setType(String type) {
        this.type = ParameterText.trimmed(type);
    }

    @Override
    public Operation operation() {
        return new DrbdSwitchover(resource, to, mountPoint, type);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor
            implements FilesystemTypeField, ResourceField {
        @Override
        public String getFunctionName() {
            return "drbdSwitchover";
        }

        @Override
        public String getDisplayName() {
            return "Switch a DRBD resource over to another node";
        }

        @Override
        public String noType() {
            return "- as it was mounted -";
        }

        /** Checks the field to while it is typed. */
        @POST
        public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "to", value, name -> NodeChecks.checkName("to", name));
        }

        /** Checks the field mountPoint while it is typed. */
        @POST
        public FormValidation doCheckMountPoint(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "mountPoint", value, path -> MountPointRules.check("mountPoint", path));
        }
    }
}
