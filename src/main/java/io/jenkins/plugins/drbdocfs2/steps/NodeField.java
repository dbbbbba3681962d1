package io.jenkins.plugins.drbdocfs2.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.jenkins.NodeChecks;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The field node of a form: a node's name. */
public interface NodeField {
    /** Checks it as the user types. */
    @POST
    default FormValidation doCheckNode(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(item, "node", value, name -> NodeChecks.checkName("node", name));
    }
}
