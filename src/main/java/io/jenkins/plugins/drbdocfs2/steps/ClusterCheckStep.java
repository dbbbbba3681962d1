package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterCheck;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** clusterCheck: checks whether the nodes can form a cluster. It reports all faults at once and changes nothing. */
public final class ClusterCheckStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private String ports;

    /** Checks all nodes and the default ports. */
    @DataBoundConstructor
    public ClusterCheckStep() {
        // all parameters are optional
    }

    /** The TCP ports to test between the nodes, separated by spaces or commas. */
    public String getPorts() {
        return Util.fixNull(ports, ClusterCheck.PORTS);
    }

    @DataBoundSetter
    public void setPorts(String ports) {
        String given = ParameterText.trimmed(ports);
        this.ports = given == null ? ClusterCheck.PORTS : given;
    }

    @Override
    public Operation operation() {
        return new ClusterCheck(getPorts());
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        /** The default in the form. */
        public static final String DEFAULT_PORTS = ClusterCheck.PORTS;

        @Override
        public String getFunctionName() {
            return "clusterCheck";
        }

        @Override
        public String getDisplayName() {
            return "Check cluster prerequisites on the nodes";
        }

        /** Checks the field ports while it is typed. */
        @POST
        public FormValidation doCheckPorts(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "ports", value, ports -> ParameterCheck.of(new ClusterCheck(ports)));
        }
    }
}
