package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2Check;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** ocfs2Check: checks an OCFS2 filesystem, and repairs it if asked to. */
public final class Ocfs2CheckStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String device;
    private boolean repair;

    /** @param device the path of the device */
    @DataBoundConstructor
    public Ocfs2CheckStep(String device) {
        this.device = ParameterText.trimmed(device);
    }

    /** The path of the device. */
    public String getDevice() {
        return device;
    }

    /** Whether to repair what it finds. */
    public boolean isRepair() {
        return repair;
    }

    @DataBoundSetter
    public void setRepair(boolean repair) {
        this.repair = repair;
    }

    @Override
    public Operation operation() {
        return new Ocfs2Check(device, repair);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements DeviceField {
        @Override
        public String getFunctionName() {
            return "ocfs2Check";
        }

        @Override
        public String getDisplayName() {
            return "Check an OCFS2 filesystem";
        }
    }
}
