package io.jenkins.plugins.drbdocfs2.steps;

import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterMount;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The field type of a form where something is mounted: any filesystem that the nodes know, above all these. */
public interface FilesystemTypeField {
    /** The usual choices. */
    @POST
    default ComboBoxModel doFillTypeItems(@AncestorInPath Item item) {
        return FormField.maySee(item) ? new ComboBoxModel("ocfs2", "xfs", "ext4") : new ComboBoxModel();
    }

    /** Checks it as the user types. */
    @POST
    default FormValidation doCheckType(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(
                item,
                "type",
                value,
                type -> ParameterCheck.of(new ClusterMount("/dev/drbd0", "/mnt/data", type, null, true)));
    }
}
