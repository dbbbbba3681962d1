package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.drbdocfs2.operation.FilesystemFormat;
import io.jenkins.plugins.drbdocfs2.operation.Operation;
import io.jenkins.plugins.drbdocfs2.operation.Overwrite;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** filesystemFormat: an XFS or ext4 filesystem, made once. */
public final class FilesystemFormatStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String device;
    private final String type;
    private String label;
    private String overwrite;

    /**
     * @param device the path of the device
     * @param type xfs or ext4
     */
    @DataBoundConstructor
    public FilesystemFormatStep(String device, String type) {
        this.device = device;
        this.type = type;
    }

    /** The path of the device. */
    public String getDevice() {
        return device;
    }

    /** Xfs or ext4. */
    public String getType() {
        return type;
    }

    /** The label; null for none. */
    public String getLabel() {
        return label;
    }

    @DataBoundSetter
    public void setLabel(String label) {
        this.label = Util.fixEmptyAndTrim(label);
    }

    /** What is on the device and may be lost, as a refusal tells it; null where nothing may. */
    public String getOverwrite() {
        return overwrite;
    }

    @DataBoundSetter
    public void setOverwrite(String overwrite) {
        this.overwrite = Util.fixEmptyAndTrim(overwrite);
    }

    @Override
    public Operation operation() {
        return new FilesystemFormat(device, type, label, Overwrite.parse(overwrite));
    }

    /** Tells Jenkins of the step. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "filesystemFormat";
        }

        @Override
        public String getDisplayName() {
            return "Make an XFS or ext4 filesystem";
        }
    }
}
