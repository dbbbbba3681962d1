package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.maintenance.ClusterReboot;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** clusterReboot: reboots nodes one after the other. */
public final class ClusterRebootStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private Integer timeoutSeconds;

    /** Without parameters: these have setters. */
    @DataBoundConstructor
    public ClusterRebootStep() {}

    /** How long a node may take to answer again, and to be as before, in seconds. */
    public int getTimeoutSeconds() {
        return Util.fixNull(timeoutSeconds, ClusterReboot.TIMEOUT_SECONDS);
    }

    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    boolean isRepeatable() {
        return false;
    }

    @Override
    public Operation operation() {
        return new ClusterReboot(getTimeoutSeconds());
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        /** The default in the form. */
        public static final int DEFAULT_TIMEOUT_SECONDS = ClusterReboot.TIMEOUT_SECONDS;

        @Override
        public String getFunctionName() {
            return "clusterReboot";
        }

        @Override
        public String getDisplayName() {
            return "Reboot nodes one after the other";
        }

        /** Checks the field timeoutSeconds while it is typed. */
        @POST
        public FormValidation doCheckTimeoutSeconds(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item, "timeoutSeconds", value, seconds -> ParameterCheck.of(new ClusterReboot(seconds)));
        }
    }
}
