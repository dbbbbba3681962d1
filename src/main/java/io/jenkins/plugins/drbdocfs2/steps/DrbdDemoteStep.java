package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdDemote;
import org.kohsuke.stapler.DataBoundConstructor;

/** drbdDemote: demotes a node to Secondary. */
public final class DrbdDemoteStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String resource;
    private final String node;

    /**
     * @param resource the resource
     * @param node the node's name
     */
    @DataBoundConstructor
    public DrbdDemoteStep(String resource, String node) {
        this.resource = ParameterText.trimmed(resource);
        this.node = ParameterText.trimmed(node);
    }

    /** The resource. */
    public String getResource() {
        return resource;
    }

    /** The node's name. */
    public String getNode() {
        return node;
    }

    @Override
    public Operation operation() {
        return new DrbdDemote(resource, node);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements NodeField, ResourceField {
        @Override
        public String getFunctionName() {
            return "drbdDemote";
        }

        @Override
        public String getDisplayName() {
            return "Demote a DRBD resource to Secondary";
        }
    }
}
