package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2Tune;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** ocfs2Tune: changes the node slots or the label of an OCFS2 filesystem. */
public final class Ocfs2TuneStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String device;
    private Integer nodeSlots;
    private String label;

    /** @param device the path of the device */
    @DataBoundConstructor
    public Ocfs2TuneStep(String device) {
        this.device = ParameterText.trimmed(device);
    }

    /** The path of the device. */
    public String getDevice() {
        return device;
    }

    /** The number of nodes that can mount it at the same time; null to keep it. */
    public Integer getNodeSlots() {
        return nodeSlots;
    }

    @DataBoundSetter
    public void setNodeSlots(Integer nodeSlots) {
        this.nodeSlots = nodeSlots == null || nodeSlots == 0 ? null : nodeSlots;
    }

    /** Its label; null to keep it. */
    public String getLabel() {
        return label;
    }

    @DataBoundSetter
    public void setLabel(String label) {
        this.label = ParameterText.trimmed(label);
    }

    @Override
    public Operation operation() {
        return new Ocfs2Tune(device, nodeSlots, label);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements DeviceField {
        @Override
        public String getFunctionName() {
            return "ocfs2Tune";
        }

        @Override
        public String getDisplayName() {
            return "Change the node slots or the label of an OCFS2 filesystem";
        }

        /** Checks the field label while it is typed. */
        @POST
        public FormValidation doCheckLabel(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "label", value, text -> Ocfs2Rules.label("label", text));
        }

        /** Checks the field nodeSlots while it is typed. */
        @POST
        public FormValidation doCheckNodeSlots(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(item, "nodeSlots", value, slots -> Ocfs2Rules.nodeSlots("nodeSlots", slots));
        }
    }
}
