package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.fencing.ClusterFenceNode;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** clusterFenceNode: switches a node off or on with its fencing device. */
public final class ClusterFenceNodeStep extends ClusterStep {
    private static final long serialVersionUID = 1L;
    private static final String REBOOT = ClusterFenceNode.ACTIONS.get(0);

    private final String node;
    private String action;
    private boolean lastData;

    /** @param node the node to switch */
    @DataBoundConstructor
    public ClusterFenceNodeStep(String node) {
        this.node = ParameterText.trimmed(node);
    }

    /** The node to switch. */
    public String getNode() {
        return node;
    }

    /** What to do: off, on, reboot or status. */
    public String getAction() {
        return Util.fixNull(action, REBOOT);
    }

    @DataBoundSetter
    public void setAction(String action) {
        this.action = ParameterText.trimmed(action);
    }

    /** Whether the node may hold the only good data. */
    public boolean isLastData() {
        return lastData;
    }

    @DataBoundSetter
    public void setLastData(boolean lastData) {
        this.lastData = lastData;
    }

    @Override
    boolean isRepeatable() {
        return !getAction().equals(REBOOT);
    }

    @Override
    public Operation operation() {
        return new ClusterFenceNode(node, getAction(), lastData);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements NodeField {
        @Override
        public String getFunctionName() {
            return "clusterFenceNode";
        }

        @Override
        public String getDisplayName() {
            return "Fence a node";
        }

        /** The choices of the field action. */
        @POST
        public ListBoxModel doFillActionItems(@AncestorInPath Item item, @QueryParameter String action) {
            return FormField.choices(item, action, ClusterFenceNode.ACTIONS);
        }
    }
}
