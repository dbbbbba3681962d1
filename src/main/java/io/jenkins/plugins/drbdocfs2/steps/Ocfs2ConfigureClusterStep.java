package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2ConfigureCluster;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** ocfs2ConfigureCluster: configures an OCFS2 cluster and brings it online, now and at boot. */
public final class Ocfs2ConfigureClusterStep extends ClusterStep {
    /** The default port: that of o2cb. */
    public static final int DEFAULT_PORT = 7777;

    /** The default of panicSeconds. */
    public static final int DEFAULT_PANIC_SECONDS = 30;

    private static final long serialVersionUID = 1L;

    private final String name;
    private Integer port;
    private Integer heartbeatThreshold;
    private Integer idleTimeoutMillis;
    private Integer keepaliveDelayMillis;
    private Integer reconnectDelayMillis;
    private Integer panicSeconds;
    private String removeNodes;

    /**
     * @param name the name of the cluster
     */
    @DataBoundConstructor
    public Ocfs2ConfigureClusterStep(String name) {
        this.name = ParameterText.trimmed(name);
    }

    /** The name of the cluster. */
    public String getName() {
        return name;
    }

    /** The TCP port for the connections between the nodes of the cluster. */
    public int getPort() {
        return Util.fixNull(port, DEFAULT_PORT);
    }

    @DataBoundSetter
    public void setPort(int port) {
        this.port = port;
    }

    /** The heartbeat threshold, in intervals of two seconds plus one; null for the value of the nodes, else 31. */
    public Integer getHeartbeatThreshold() {
        return heartbeatThreshold;
    }

    @DataBoundSetter
    public void setHeartbeatThreshold(Integer heartbeatThreshold) {
        this.heartbeatThreshold = heartbeatThreshold == null || heartbeatThreshold == 0 ? null : heartbeatThreshold;
    }

    /** The idle timeout in milliseconds; null for the value of the nodes, else 30000. */
    public Integer getIdleTimeoutMillis() {
        return idleTimeoutMillis;
    }

    @DataBoundSetter
    public void setIdleTimeoutMillis(Integer idleTimeoutMillis) {
        this.idleTimeoutMillis = idleTimeoutMillis == null || idleTimeoutMillis == 0 ? null : idleTimeoutMillis;
    }

    /** The keepalive delay in milliseconds; null for the value of the nodes, else 2000. */
    public Integer getKeepaliveDelayMillis() {
        return keepaliveDelayMillis;
    }

    @DataBoundSetter
    public void setKeepaliveDelayMillis(Integer keepaliveDelayMillis) {
        this.keepaliveDelayMillis =
                keepaliveDelayMillis == null || keepaliveDelayMillis == 0 ? null : keepaliveDelayMillis;
    }

    /** The reconnect delay in milliseconds; null for the value of the nodes, else 2000. */
    public Integer getReconnectDelayMillis() {
        return reconnectDelayMillis;
    }

    @DataBoundSetter
    public void setReconnectDelayMillis(Integer reconnectDelayMillis) {
        this.reconnectDelayMillis =
                reconnectDelayMillis == null || reconnectDelayMillis == 0 ? null : reconnectDelayMillis;
    }

    /** After how many seconds a node resets itself after a kernel failure. */
    public int getPanicSeconds() {
        return Util.fixNull(panicSeconds, DEFAULT_PANIC_SECONDS);
    }

    @DataBoundSetter
    public void setPanicSeconds(int panicSeconds) {
        this.panicSeconds = panicSeconds;
    }

    /** The names of nodes that are to leave the cluster, separated by spaces or commas; or null. */
    public String getRemoveNodes() {
        return removeNodes;
    }

    @DataBoundSetter
    public void setRemoveNodes(String removeNodes) {
        this.removeNodes = ParameterText.trimmed(removeNodes);
    }

    @Override
    public Operation operation() {
        return new Ocfs2ConfigureCluster(
                name,
                getPort(),
                heartbeatThreshold,
                idleTimeoutMillis,
                keepaliveDelayMillis,
                reconnectDelayMillis,
                getPanicSeconds(),
                ParameterRules.words(removeNodes));
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "ocfs2ConfigureCluster";
        }

        @Override
        public String getDisplayName() {
            return "Configure an OCFS2 cluster and bring it online";
        }

        /** Checks the field name while it is typed. */
        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "name", value, name -> Ocfs2Rules.clusterName("name", name));
        }

        /** Checks the field port while it is typed. */
        @POST
        public FormValidation doCheckPort(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item,
                    "port",
                    value,
                    port -> ParameterCheck.of(
                            new Ocfs2ConfigureCluster("ocfs2", port, null, null, null, null, DEFAULT_PANIC_SECONDS)));
        }

        /** Checks the field heartbeatThreshold while it is typed. */
        @POST
        public FormValidation doCheckHeartbeatThreshold(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item,
                    "heartbeatThreshold",
                    value,
                    turns -> ParameterCheck.of(new Ocfs2ConfigureCluster(
                            "ocfs2", DEFAULT_PORT, turns, null, null, null, DEFAULT_PANIC_SECONDS)));
        }

        /** Checks the field idleTimeoutMillis while it is typed. */
        @POST
        public FormValidation doCheckIdleTimeoutMillis(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item,
                    "idleTimeoutMillis",
                    value,
                    millis -> ParameterCheck.of(new Ocfs2ConfigureCluster(
                            "ocfs2", DEFAULT_PORT, null, millis, null, null, DEFAULT_PANIC_SECONDS)));
        }

        /** Checks the field keepaliveDelayMillis while it is typed. */
        @POST
        public FormValidation doCheckKeepaliveDelayMillis(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item,
                    "keepaliveDelayMillis",
                    value,
                    millis -> ParameterCheck.of(new Ocfs2ConfigureCluster(
                            "ocfs2", DEFAULT_PORT, null, null, millis, null, DEFAULT_PANIC_SECONDS)));
        }

        /** Checks the field reconnectDelayMillis while it is typed. */
        @POST
        public FormValidation doCheckReconnectDelayMillis(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item,
                    "reconnectDelayMillis",
                    value,
                    millis -> ParameterCheck.of(new Ocfs2ConfigureCluster(
                            "ocfs2", DEFAULT_PORT, null, null, null, millis, DEFAULT_PANIC_SECONDS)));
        }

        /** Checks the field panicSeconds while it is typed. */
        @POST
        public FormValidation doCheckPanicSeconds(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item,
                    "panicSeconds",
                    value,
                    seconds -> ParameterCheck.of(
                            new Ocfs2ConfigureCluster("ocfs2", DEFAULT_PORT, null, null, null, null, seconds)));
        }
    }
}
