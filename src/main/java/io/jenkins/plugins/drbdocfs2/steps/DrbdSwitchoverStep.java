package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.drbdocfs2.operation.DrbdSwitchover;
import io.jenkins.plugins.drbdocfs2.operation.Operation;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** drbdSwitchover: moves the role Primary, and the mount, to another node. */
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
        this.resource = resource;
        this.to = to;
    }

    /** The resource. */
    public String getResource() {
        return resource;
    }

    /** The name of the node that becomes Primary. */
    public String getTo() {
        return to;
    }

    /** Where it is mounted on the new Primary; null for nowhere. */
    public String getMountPoint() {
        return mountPoint;
    }

    @DataBoundSetter
    public void setMountPoint(String mountPoint) {
        this.mountPoint = Util.fixEmptyAndTrim(mountPoint);
    }

    /** The type of the filesystem; null for what it was mounted as. */
    public String getType() {
        return type;
    }

    @DataBoundSetter
    public void setType(String type) {
        this.type = Util.fixEmptyAndTrim(type);
    }

    @Override
    public Operation operation() {
        return new DrbdSwitchover(resource, to, mountPoint, type);
    }

    /** Tells Jenkins of the step. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "drbdSwitchover";
        }

        @Override
        public String getDisplayName() {
            return "Make another node Primary for a DRBD resource, and mount there";
        }
    }
}
