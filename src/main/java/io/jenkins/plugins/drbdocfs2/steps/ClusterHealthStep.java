package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.jenkins.ReactionField;
import io.jenkins.plugins.drbdocfs2.operation.health.ClusterHealth;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** clusterHealth: looks at everything, and reports all problems. */
public final class ClusterHealthStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private String resources;
    private String onProblem;

    /** Looks at all resources, and reports only. */
    @DataBoundConstructor
    public ClusterHealthStep() {
        // all parameters are optional
    }

    /** The names of the DRBD resources to look at, separated by spaces or commas; null for all. */
    public String getResources() {
        return resources;
    }

    @DataBoundSetter
    public void setResources(String resources) {
        this.resources = ParameterText.trimmed(resources);
    }

    /** What a problem does to the build: none, unstable or fail; null for none. */
    public String getOnProblem() {
        return onProblem;
    }

    @DataBoundSetter
    public void setOnProblem(String onProblem) {
        this.onProblem = ReactionField.word(onProblem);
    }

    @Override
    public Operation operation() {
        return new ClusterHealth(resources, onProblem);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "clusterHealth";
        }

        @Override
        public String getDisplayName() {
            return "Check the health of the cluster";
        }

        /** Checks the field resources while it is typed. */
        @POST
        public FormValidation doCheckResources(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "resources", value, names -> ParameterCheck.of(new ClusterHealth(names, null)));
        }

        /** The choices of the field onProblem. */
        @POST
        public ListBoxModel doFillOnProblemItems(@AncestorInPath Item item, @QueryParameter String onProblem) {
            return ReactionField.choices(item, onProblem);
        }
    }
}
