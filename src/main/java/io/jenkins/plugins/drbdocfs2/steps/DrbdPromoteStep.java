package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdPromote;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** drbdPromote: promotes a node to Primary. */
public final class DrbdPromoteStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String resource;
    private final String node;
    private boolean force;
    private String overwrite;

    /**
     * @param resource the resource
     * @param node the node's name
     */
    @DataBoundConstructor
    public DrbdPromoteStep(String resource, String node) {
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

    /** Whether to start the initial synchronisation from this node. */
    public boolean isForce() {
        return force;
    }

    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    /** The content of the other nodes' disks that may be lost, in the words of the refusal; or null. */
    public String getOverwrite() {
        return overwrite;
    }

    @DataBoundSetter
    public void setOverwrite(String overwrite) {
        this.overwrite = ParameterText.trimmed(overwrite);
    }

    @Override
    public Operation operation() {
        return new DrbdPromote(resource, node, force, Overwrite.parse(overwrite));
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements NodeField, ResourceField {
        @Override
        public String getFunctionName() {
            return "drbdPromote";
        }

        @Override
        public String getDisplayName() {
            return "Promote a DRBD resource to Primary";
        }
    }
}
