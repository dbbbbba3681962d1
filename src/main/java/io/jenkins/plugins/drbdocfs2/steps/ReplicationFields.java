package io.jenkins.plugins.drbdocfs2.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.jenkins.Passwords;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form fields of a resource as a whole: device, port, protocol, shared secret, options, config, loss of the peer. */
public interface ReplicationFields {
    /** Checks the device as the user types. */
    @POST
    default FormValidation doCheckDevice(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(item, "device", value, path -> DrbdRules.device("device", path));
    }

    /** Checks the text of a .res file as the user types. */
    @POST
    default FormValidation doCheckConfig(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(item, "config", value, ResourceText::parse);
    }

    /** Checks the port as the user types. */
    @POST
    default FormValidation doCheckPort(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.number(item, "port", value, port -> DrbdRules.port("port", port));
    }

    /** Checks the options as the user types. */
    @POST
    default FormValidation doCheckOptions(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(item, "options", value, ResourceOptions::parse);
    }

    /** The credentials with a password, for users who may use or see them. */
    @POST
    default ListBoxModel doFillSharedSecretCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String sharedSecretCredentialsId) {
        return Passwords.offer(item, sharedSecretCredentialsId);
    }

    /** The choices of the field protocol. */
    @POST
    default ListBoxModel doFillProtocolItems(@AncestorInPath Item item, @QueryParameter String protocol) {
        return FormField.choices(item, protocol, List.of("C", "B", "A"));
    }

    /** The choices of the field onPeerLoss; empty for the default. */
    @POST
    default ListBoxModel doFillOnPeerLossItems(@AncestorInPath Item item, @QueryParameter String onPeerLoss) {
        return FormField.choices(item, onPeerLoss, "the default", List.of("freeze", "fence", "continue"));
    }
}
