package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdVerify;
import org.kohsuke.stapler.DataBoundConstructor;

/** drbdVerify: compares the data of all nodes while they are in use. */
public final class DrbdVerifyStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String resource;

    /** @param resource the resource */
    @DataBoundConstructor
    public DrbdVerifyStep(String resource) {
        this.resource = ParameterText.trimmed(resource);
    }

    /** The resource. */
    public String getResource() {
        return resource;
    }

    @Override
    public Operation operation() {
        return new DrbdVerify(resource);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements ResourceField {
        @Override
        public String getFunctionName() {
            return "drbdVerify";
        }

        @Override
        public String getDisplayName() {
            return "Verify the data of a DRBD resource online";
        }
    }
}
