package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.Objects;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The field cluster of a form: the name of a configured cluster. */
public interface ClusterField {
    /** The configured clusters, for users who may see or configure the job. */
    @POST
    default ListBoxModel doFillClusterItems(@AncestorInPath Item item, @QueryParameter String cluster) {
        return FormField.choices(
                item,
                cluster,
                "- the nodes below -",
                ClusterConfiguration.get().getClusters().stream()
                        .map(NamedCluster::getName)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
    }

    /** Checks that the cluster exists. */
    @POST
    default FormValidation doCheckCluster(@AncestorInPath Item item, @QueryParameter String value) {
        return FormField.text(item, "cluster", value, ClusterConfiguration.get()::cluster);
    }
}
