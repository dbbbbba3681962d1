package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.storage.FilesystemGrow;
import org.kohsuke.stapler.DataBoundConstructor;

/** filesystemGrow: grows a filesystem to the size of its device. */
public final class FilesystemGrowStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String device;

    /** @param device the path of the device */
    @DataBoundConstructor
    public FilesystemGrowStep(String device) {
        this.device = ParameterText.trimmed(device);
    }

    /** The path of the device. */
    public String getDevice() {
        return device;
    }

    @Override
    public Operation operation() {
        return new FilesystemGrow(device);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements DeviceField {
        @Override
        public String getFunctionName() {
            return "filesystemGrow";
        }

        @Override
        public String getDisplayName() {
            return "Grow a filesystem to its device";
        }
    }
}
