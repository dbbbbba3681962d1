package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.jenkins.NodeChecks;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdResolveSplitBrain;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** drbdResolveSplitBrain: discards one node's writes after a split brain. */
public final class DrbdResolveSplitBrainStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String resource;
    private final String victim;

    /**
     * @param resource the resource
     * @param victim the node that discards its writes since the split
     */
    @DataBoundConstructor
    public DrbdResolveSplitBrainStep(String resource, String victim) {
        this.resource = ParameterText.trimmed(resource);
        this.victim = ParameterText.trimmed(victim);
    }

    /** The resource. */
    public String getResource() {
        return resource;
    }

    /** The node that discards its writes since the split. */
    public String getVictim() {
        return victim;
    }

    @Override
    public Operation operation() {
        return new DrbdResolveSplitBrain(resource, victim);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements ResourceField {
        @Override
        public String getFunctionName() {
            return "drbdResolveSplitBrain";
        }

        @Override
        public String getDisplayName() {
            return "Resolve a DRBD split brain";
        }

        /** Checks the field victim while it is typed. */
        @POST
        public FormValidation doCheckVictim(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "victim", value, name -> NodeChecks.checkName("victim", name));
        }
    }
}
