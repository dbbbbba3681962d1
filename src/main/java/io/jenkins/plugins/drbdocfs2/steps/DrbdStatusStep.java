package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdStatus;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** drbdStatus: shows the DRBD status. */
public final class DrbdStatusStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    // not final, because it is optional: see ParameterTexts.checkMandatory
    private String resource;

    /** @param resource the resource; null for all that are configured or up. In the constructor, so that it needs no name in a call */
    @DataBoundConstructor
    public DrbdStatusStep(String resource) {
        this.resource = ParameterText.trimmed(resource);
    }

    /** The resource; null for all that are configured or up. */
    public String getResource() {
        return resource;
    }

    @Override
    public Operation operation() {
        return new DrbdStatus(resource);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "drbdStatus";
        }

        @Override
        public String getDisplayName() {
            return "Show DRBD status";
        }

        /** Checks the field resource while it is typed. */
        @POST
        public FormValidation doCheckResource(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "resource", value, name -> DrbdRules.resourceName("resource", name));
        }
    }
}
