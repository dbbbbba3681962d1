package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.operation.DrbdWaitSync;
import io.jenkins.plugins.drbdocfs2.operation.Operation;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** drbdWaitSync: waits until a resource is UpToDate everywhere. */
public final class DrbdWaitSyncStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String resource;
    private int stallSeconds = DrbdWaitSync.DEFAULT_STALL_SECONDS;

    /** @param resource the resource */
    @DataBoundConstructor
    public DrbdWaitSyncStep(String resource) {
        this.resource = resource;
    }

    /** The resource. */
    public String getResource() {
        return resource;
    }

    /** How long nothing may move before waiting is given up, seconds. */
    public int getStallSeconds() {
        return stallSeconds;
    }

    @DataBoundSetter
    public void setStallSeconds(int stallSeconds) {
        this.stallSeconds = stallSeconds;
    }

    @Override
    public Operation operation() {
        return new DrbdWaitSync(resource, stallSeconds);
    }

    /** Tells Jenkins of the step. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "drbdWaitSync";
        }

        @Override
        public String getDisplayName() {
            return "Wait until a DRBD resource is UpToDate on all nodes";
        }
    }
}
