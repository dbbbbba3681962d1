package io.jenkins.plugins.drbdocfs2.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterMount;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The field type of a form where something is mounted: the usual filesystems; a Jenkinsfile may name any other. */
public interface FilesystemTypeField {
    /** The usual choices. */
    @POST
    default ListBoxModel doFillTypeItems(@AncestorInPath Item item, @QueryParameter String type) {
        return FormField.choices(item, type, noType(), List.of("ocfs2", "xfs", "ext4"));
    }

    /** The text of the choice of no type; null if there is none. */
    default String noType() {
        return null;
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
