package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.Item;
import hudson.util.FormValidation;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The field connectTimeoutSeconds of a form. */
public interface ConnectTimeoutField {
    /** Checks it as the user types. */
    @POST
    default FormValidation doCheckConnectTimeoutSeconds(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.number(item, "connectTimeoutSeconds", value, NodeChecks::checkTimeout);
    }
}
