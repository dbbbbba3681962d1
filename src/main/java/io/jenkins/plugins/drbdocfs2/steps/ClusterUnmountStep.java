package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterUnmount;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** clusterUnmount: unmounts a filesystem on the nodes, now and at boot. */
public final class ClusterUnmountStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String device;
    private final String mountPoint;
    private Boolean fstab;

    /**
     * @param device the path of the device
     * @param mountPoint the directory
     */
    @DataBoundConstructor
    public ClusterUnmountStep(String device, String mountPoint) {
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

    /** Whether to remove its line from /etc/fstab. */
    public boolean isFstab() {
        return Util.fixNull(fstab, true);
    }

    @DataBoundSetter
    public void setFstab(boolean fstab) {
        this.fstab = fstab;
    }

    @Override
    public Operation operation() {
        return new ClusterUnmount(device, mountPoint, isFstab());
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements DeviceField, MountPointField {
        @Override
        public String getFunctionName() {
            return "clusterUnmount";
        }

        @Override
        public String getDisplayName() {
            return "Unmount a filesystem on the nodes";
        }
    }
}
