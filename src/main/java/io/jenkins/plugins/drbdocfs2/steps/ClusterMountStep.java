package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.drbdocfs2.operation.ClusterMount;
import io.jenkins.plugins.drbdocfs2.operation.Operation;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** clusterMount: a filesystem mounted on nodes, now and at boot. */
public final class ClusterMountStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String device;
    private final String mountPoint;
    private String type = "ocfs2";
    private String options;
    private boolean fstab = true;

    /**
     * @param device the path of the device
     * @param mountPoint the directory
     */
    @DataBoundConstructor
    public ClusterMountStep(String device, String mountPoint) {
        this.device = device;
        this.mountPoint = mountPoint;
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
        return type;
    }

    @DataBoundSetter
    public void setType(String type) {
        this.type = Util.fixEmptyAndTrim(type);
    }

    /** Mount options separated by commas; null for none. */
    public String getOptions() {
        return options;
    }

    @DataBoundSetter
    public void setOptions(String options) {
        this.options = Util.fixEmptyAndTrim(options);
    }

    /** Whether it is written into /etc/fstab. */
    public boolean isFstab() {
        return fstab;
    }

    @DataBoundSetter
    public void setFstab(boolean fstab) {
        this.fstab = fstab;
    }

    @Override
    public Operation operation() {
        return new ClusterMount(device, mountPoint, type == null ? "ocfs2" : type, options, fstab);
    }

    /** Tells Jenkins of the step. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "clusterMount";
        }

        @Override
        public String getDisplayName() {
            return "Mount a filesystem on the nodes";
        }
    }
}
