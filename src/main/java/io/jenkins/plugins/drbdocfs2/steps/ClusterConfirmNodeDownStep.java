package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.fencing.ClusterConfirmNodeDown;
import org.kohsuke.stapler.DataBoundConstructor;

/** clusterConfirmNodeDown: continues without a node of which a person says that it is off. */
public final class ClusterConfirmNodeDownStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String node;

    /** @param node the node that is off */
    @DataBoundConstructor
    public ClusterConfirmNodeDownStep(String node) {
        this.node = ParameterText.trimmed(node);
    }

    /** The node that is off. */
    public String getNode() {
        return node;
    }

    @Override
    public Operation operation() {
        return new ClusterConfirmNodeDown(node);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements NodeField {
        @Override
        public String getFunctionName() {
            return "clusterConfirmNodeDown";
        }

        @Override
        public String getDisplayName() {
            return "Confirm that a node is off";
        }
    }
}
