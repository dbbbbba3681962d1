package io.jenkins.plugins.drbdocfs2.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The field device of a form: the path of a block device. */
public interface DeviceField {
    /** Checks it as the user types. */
    @POST
    default FormValidation doCheckDevice(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(item, "device", value, path -> DevicePathRules.check("device", path));
    }
}
