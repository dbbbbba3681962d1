package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.storage.FilesystemFormat;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** filesystemFormat: creates an XFS or ext4 filesystem. */
public final class FilesystemFormatStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String device;
    private final String type;
    private String label;
    private String overwrite;

    /**
     * @param device the path of the device
     * @param type xfs or ext4
     */
    @DataBoundConstructor
    public FilesystemFormatStep(String device, String type) {
        this.device = ParameterText.trimmed(device);
        this.type = type;
    }

    /** The path of the device. */
    public String getDevice() {
        return device;
    }

    /** Xfs or ext4. */
    public String getType() {
        return type;
    }

    /** The label; null for none. */
    public String getLabel() {
        return label;
    }

    @DataBoundSetter
    public void setLabel(String label) {
        this.label = ParameterText.trimmed(label);
    }

    /** The content of the device that may be lost, in the words of the refusal; or null. */
    public String getOverwrite() {
        return overwrite;
    }

    @DataBoundSetter
    public void setOverwrite(String overwrite) {
        this.overwrite = ParameterText.trimmed(overwrite);
    }

    @Override
    public Operation operation() {
        return new FilesystemFormat(device, type, label, Overwrite.parse(overwrite));
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements DeviceField {
        @Override
        public String getFunctionName() {
            return "filesystemFormat";
        }

        @Override
        public String getDisplayName() {
            return "Create an XFS or ext4 filesystem";
        }

        /** The choices of the field type. */
        @POST
        public ListBoxModel doFillTypeItems(@AncestorInPath Item item, @QueryParameter String type) {
            return FormField.choices(item, type, List.of("xfs", "ext4"));
        }

        /** Checks the field label while it is typed. */
        @POST
        public FormValidation doCheckLabel(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String type) {
            return FormField.text(
                    item,
                    "label",
                    value,
                    label -> ParameterCheck.of(new FilesystemFormat("/dev/drbd0", type, label, Overwrite.NOTHING)));
        }
    }
}
