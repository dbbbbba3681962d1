package io.jenkins.plugins.drbdocfs2.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The field resource of a form: the name of a DRBD resource. */
public interface ResourceField {
    /** Checks it as the user types. */
    @POST
    default FormValidation doCheckResource(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(item, "resource", value, name -> DrbdRules.resourceName("resource", name));
    }
}
