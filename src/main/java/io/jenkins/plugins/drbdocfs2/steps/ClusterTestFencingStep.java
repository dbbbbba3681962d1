package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.fencing.ClusterTestFencing;
import org.kohsuke.stapler.DataBoundConstructor;

/** clusterTestFencing: tests what the cluster does when it loses a node. */
public final class ClusterTestFencingStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String node;

    /** @param node the node to lose */
    @DataBoundConstructor
    public ClusterTestFencingStep(String node) {
        this.node = ParameterText.trimmed(node);
    }

    /** The node to lose. */
    public String getNode() {
        return node;
    }

    @Override
    boolean isRepeatable() {
        return false;
    }

    @Override
    public Operation operation() {
        return new ClusterTestFencing(node);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements NodeField {
        @Override
        public String getFunctionName() {
            return "clusterTestFencing";
        }

        @Override
        public String getDisplayName() {
            return "Test the loss of a node";
        }
    }
}
