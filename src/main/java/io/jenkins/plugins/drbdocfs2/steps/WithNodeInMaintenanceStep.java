package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.drbd.DrbdSwitchover;
import io.jenkins.plugins.drbdocfs2.operation.maintenance.ClusterReboot;
import io.jenkins.plugins.drbdocfs2.operation.maintenance.MovedService;
import io.jenkins.plugins.drbdocfs2.operation.maintenance.NodeMaintenanceBegin;
import io.jenkins.plugins.drbdocfs2.operation.maintenance.NodeMaintenanceEnd;
import io.jenkins.plugins.drbdocfs2.operation.maintenance.NodeServices;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** withNodeInMaintenance: takes a node out of service for its block, and brings it back. */
public final class WithNodeInMaintenanceStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String node;
    private Integer timeoutSeconds;

    /** @param node the node */
    @DataBoundConstructor
    public WithNodeInMaintenanceStep(String node) {
        this.node = ParameterText.trimmed(node);
    }

    /** The node. */
    public String getNode() {
        return node;
    }

    /** How long the synchronisation at the end, and then all else, may take, in seconds. */
    public int getTimeoutSeconds() {
        return Util.fixNull(timeoutSeconds, ClusterReboot.TIMEOUT_SECONDS);
    }

    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new WithNodeInMaintenanceExecution(context, this, ClusterSession.nameOf(context.get(Computer.class)));
    }

    /** The look before the block for services that have to move. */
    Operation services() {
        return new NodeServices(node);
    }

    /** The operation that moves a service to a node. */
    static Operation move(MovedService service, String to) {
        return new DrbdSwitchover(service.resource(), to, service.mountPoint(), null);
    }

    /**
     * The operation before the block.
     *
     * @param moved the services that run on another node already
     */
    public Operation begin(List<MovedService> moved) {
        return new NodeMaintenanceBegin(node, getTimeoutSeconds(), moved);
    }

    /**
     * The operation after the block.
     *
     * @param last whether all services are back
     */
    Operation end(boolean last) {
        return new NodeMaintenanceEnd(node, getTimeoutSeconds(), last);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements NodeField {
        /** The default in the form. */
        public static final int DEFAULT_TIMEOUT_SECONDS = ClusterReboot.TIMEOUT_SECONDS;

        @Override
        public String getFunctionName() {
            return "withNodeInMaintenance";
        }

        @Override
        public String getDisplayName() {
            return "Run steps while a node is out of service";
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(ClusterSession.class, Run.class, TaskListener.class);
        }

        /** Checks the field timeoutSeconds while it is typed. */
        @POST
        public FormValidation doCheckTimeoutSeconds(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item, "timeoutSeconds", value, seconds -> ParameterCheck.of(new ClusterReboot(seconds)));
        }
    }
}
