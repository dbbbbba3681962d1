package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdWaitSync;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** drbdWaitSync: waits until a resource is UpToDate on all nodes. */
public final class DrbdWaitSyncStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String resource;
    private Integer stallSeconds;

    /** @param resource the resource */
    @DataBoundConstructor
    public DrbdWaitSyncStep(String resource) {
        this.resource = ParameterText.trimmed(resource);
    }

    /** The resource. */
    public String getResource() {
        return resource;
    }

    /** After how many seconds without progress the step fails. */
    public int getStallSeconds() {
        return Util.fixNull(stallSeconds, DrbdWaitSync.DEFAULT_STALL_SECONDS);
    }

    @DataBoundSetter
    public void setStallSeconds(int stallSeconds) {
        this.stallSeconds = stallSeconds;
    }

    @Override
    public Operation operation() {
        return new DrbdWaitSync(resource, getStallSeconds());
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements ResourceField {
        @Override
        public String getFunctionName() {
            return "drbdWaitSync";
        }

        @Override
        public String getDisplayName() {
            return "Wait for a DRBD resource to synchronise";
        }

        /** Checks the field stallSeconds while it is typed. */
        @POST
        public FormValidation doCheckStallSeconds(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item, "stallSeconds", value, seconds -> ParameterCheck.of(new DrbdWaitSync("r0", seconds)));
        }
    }
}
