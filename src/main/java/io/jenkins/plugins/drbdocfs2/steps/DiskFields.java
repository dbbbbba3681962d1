package io.jenkins.plugins.drbdocfs2.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.drbd.config.MetaDisk;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The fields disk and metaDisk of a form: where DRBD keeps data and metadata. */
public interface DiskFields {
    /** Checks the disk as the user types. */
    @POST
    default FormValidation doCheckDisk(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(item, "disk", value, path -> DevicePathRules.check("disk", path));
    }

    /** Checks the place of the metadata as the user types. */
    @POST
    default FormValidation doCheckMetaDisk(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(item, "metaDisk", value, MetaDisk::parse);
    }
}
