package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdRemoveResource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** drbdRemoveResource: takes a resource down and removes its file. */
public final class DrbdRemoveResourceStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String resource;
    private boolean wipeMetadata;

    /** @param resource the resource */
    @DataBoundConstructor
    public DrbdRemoveResourceStep(String resource) {
        this.resource = ParameterText.trimmed(resource);
    }

    /** The resource. */
    public String getResource() {
        return resource;
    }

    /** Whether to wipe DRBD's metadata too. */
    public boolean isWipeMetadata() {
        return wipeMetadata;
    }

    @DataBoundSetter
    public void setWipeMetadata(boolean wipeMetadata) {
        this.wipeMetadata = wipeMetadata;
    }

    @Override
    public Operation operation() {
        return new DrbdRemoveResource(resource, wipeMetadata);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements ResourceField {
        @Override
        public String getFunctionName() {
            return "drbdRemoveResource";
        }

        @Override
        public String getDisplayName() {
            return "Remove a DRBD resource";
        }
    }
}
