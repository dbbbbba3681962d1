package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterMount;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** clusterMount: mounts a filesystem on the nodes, now and at boot. */
public final class ClusterMountStep extends ClusterStep {
    /** The default type. */
    public static final String DEFAULT_TYPE = "ocfs2";

    private static final long serialVersionUID = 1L;

    private final String device;
    private final String mountPoint;
    private String type;
    private String options;
    private Boolean fstab;

    /**
     * @param device the path of the device
     * @param mountPoint the directory
     */
    @DataBoundConstructor
    public ClusterMountStep(String device, String mountPoint) {
        this.device = ParameterText.trimmed(device);
        this.mountPoint = ParameterText.trimmed(mountPoint);
    }

    /** The path of the device. */
    public String getDevice() {
        return device;
    }

    /** The directory. */
    public String getMountPoint() {
        return mountPoint;
    }

    /** The type of the filesystem. */
    public String getType() {
        return Util.fixNull(type, DEFAULT_TYPE);
    }

    @DataBoundSetter
    public void setType(String type) {
        this.type = ParameterText.trimmed(type);
    }

    /** Mount options separated by commas; null for none. */
    public String getOptions() {
        return options;
    }

    @DataBoundSetter
    public void setOptions(String options) {
        this.options = ParameterText.trimmed(options);
    }

    /** Whether to add it to /etc/fstab. */
    public boolean isFstab() {
        return Util.fixNull(fstab, true);
    }

    @DataBoundSetter
    public void setFstab(boolean fstab) {
        this.fstab = fstab;
    }

    @Override
    public Operation operation() {
        return new ClusterMount(device, mountPoint, getType(), options, isFstab());
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor
            implements DeviceField, FilesystemTypeField, MountPointField {
        @Override
        public String getFunctionName() {
            return "clusterMount";
        }

        @Override
        public String getDisplayName() {
            return "Mount a filesystem on the nodes";
        }

        /** Checks the field options while it is typed. */
        @POST
        public FormValidation doCheckOptions(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(
                    item,
                    "options",
                    value,
                    options -> ParameterCheck.of(new ClusterMount("/dev/drbd0", "/mnt/data", "ocfs2", options, true)));
        }
    }
}
