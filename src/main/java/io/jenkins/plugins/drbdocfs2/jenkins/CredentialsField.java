package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The field credentialsId of a form. */
public interface CredentialsField {
    /** The credentials that SSH can use, for users who may use or see them. */
    @POST
    default ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
        return Logins.offer(item, credentialsId, Logins.USABLE);
    }

    /** Checks that the credentials exist. */
    @POST
    default FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(item, "credentialsId", value, id -> {
            if (Logins.choices(item, Logins.USABLE).stream().noneMatch(option -> option.value.equals(id))) {
                throw new IllegalArgumentException(
                        "There are no credentials '" + id + "' that SSH can" + " use. Expected: " + Logins.WANTED);
            }
        });
    }
}
