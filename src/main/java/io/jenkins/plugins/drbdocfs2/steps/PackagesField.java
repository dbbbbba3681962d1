package io.jenkins.plugins.drbdocfs2.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.node.DrbdInstall;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The field packages of a form: names of packages. */
public interface PackagesField {
    /** Checks it as the user types. */
    @POST
    default FormValidation doCheckPackages(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(
                item, "packages", value, text -> ParameterCheck.of(new DrbdInstall(ParameterRules.words(text))));
    }
}
