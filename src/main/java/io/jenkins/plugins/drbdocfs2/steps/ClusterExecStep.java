package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterExec;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** clusterExec: runs a shell script on the nodes and returns its exit code and output. */
public final class ClusterExecStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String script;
    private Boolean changed;
    private boolean returnStatus;
    private Integer timeoutSeconds;

    /** @param script a POSIX sh script */
    @DataBoundConstructor
    public ClusterExecStep(String script) {
        this.script = script;
    }

    /** The POSIX sh script. */
    public String getScript() {
        return script;
    }

    /** Whether the result reports that the nodes were changed. */
    public boolean isChanged() {
        return Util.fixNull(changed, true);
    }

    @DataBoundSetter
    public void setChanged(boolean changed) {
        this.changed = changed;
    }

    /** Whether the script may exit with any code. */
    public boolean isReturnStatus() {
        return returnStatus;
    }

    @DataBoundSetter
    public void setReturnStatus(boolean returnStatus) {
        this.returnStatus = returnStatus;
    }

    /** How long the script may run, in seconds. */
    public int getTimeoutSeconds() {
        return Util.fixNull(timeoutSeconds, ClusterExec.TIMEOUT_SECONDS);
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
        return new ClusterExec(script, isChanged(), returnStatus, getTimeoutSeconds());
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        /** The default in the form. */
        public static final int DEFAULT_TIMEOUT_SECONDS = ClusterExec.TIMEOUT_SECONDS;

        @Override
        public String getFunctionName() {
            return "clusterExec";
        }

        @Override
        public String getDisplayName() {
            return "Run a shell script on the nodes";
        }

        /** Checks the field script while it is typed. */
        @POST
        public FormValidation doCheckScript(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(
                    item,
                    "script",
                    value,
                    script -> ParameterCheck.of(new ClusterExec(script, true, false, ClusterExec.TIMEOUT_SECONDS)));
        }

        /** Checks the field timeoutSeconds while it is typed. */
        @POST
        public FormValidation doCheckTimeoutSeconds(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item,
                    "timeoutSeconds",
                    value,
                    seconds -> ParameterCheck.of(new ClusterExec(":", true, false, seconds)));
        }
    }
}
