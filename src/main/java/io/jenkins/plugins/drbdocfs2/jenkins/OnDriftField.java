package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.Item;
import hudson.util.ListBoxModel;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The field onDrift of a form. */
public interface OnDriftField {
    /** The choices. */
    @POST
    default ListBoxModel doFillOnDriftItems(@AncestorInPath Item item, @QueryParameter String onDrift) {
        return ReactionField.choices(item, onDrift);
    }
}
