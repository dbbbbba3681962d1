package io.jenkins.plugins.drbdocfs2.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.storage.MountPointRules;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The field mountPoint of a form: a directory. */
public interface MountPointField {
    /** Checks it as the user types. */
    @POST
    default FormValidation doCheckMountPoint(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(item, "mountPoint", value, path -> MountPointRules.check("mountPoint", path));
    }
}
