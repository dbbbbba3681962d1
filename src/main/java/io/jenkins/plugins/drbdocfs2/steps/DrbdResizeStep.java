package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResize;
import org.kohsuke.stapler.DataBoundConstructor;

/** drbdResize: grows a resource to the new size of its disks. */
public final class DrbdResizeStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String resource;

    /** @param resource the resource */
    @DataBoundConstructor
    public DrbdResizeStep(String resource) {
        this.resource = ParameterText.trimmed(resource);
    }

    /** The resource. */
    public String getResource() {
        return resource;
    }

    @Override
    public Operation operation() {
        return new DrbdResize(resource);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements ResourceField {
        @Override
        public String getFunctionName() {
            return "drbdResize";
        }

        @Override
        public String getDisplayName() {
            return "Grow a DRBD resource to the size of its disks";
        }
    }
}
