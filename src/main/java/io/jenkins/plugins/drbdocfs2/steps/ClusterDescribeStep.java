package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.AcceptFirstConnectionStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.jenkins.HostKeyStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.KnownHostsFileStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.ManuallyProvidedKeysStrategy;
import io.jenkins.plugins.drbdocfs2.jenkins.NoHostKeyVerificationStrategy;
import io.jenkins.plugins.drbdocfs2.operation.describe.ClusterDescribe;
import io.jenkins.plugins.drbdocfs2.operation.describe.SurroundingBlock;
import io.jenkins.plugins.drbdocfs2.operation.describe.SurroundingBlock.HostKeysCall;
import java.util.Map;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** clusterDescribe: writes the Jenkinsfile that finds nothing to change on the nodes. */
public final class ClusterDescribeStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private String resources;

    /** Describes all resources. */
    @DataBoundConstructor
    public ClusterDescribeStep() {
        // all parameters are optional
    }

    /** The names of the DRBD resources to describe, separated by spaces or commas; null for all. */
    public String getResources() {
        return resources;
    }

    @DataBoundSetter
    public void setResources(String resources) {
        this.resources = ParameterText.trimmed(resources);
    }

    @Override
    public Operation operation() {
        return new ClusterDescribe(resources, SurroundingBlock.UNKNOWN);
    }

    @Override
    Operation operation(Run<?, ?> run, ClusterSession session) {
        return new ClusterDescribe(
                resources,
                new SurroundingBlock(
                        session.getName(),
                        session.getNodes(),
                        session.getCredentialsIds(),
                        session.isSudo(),
                        hostKeys(session.getHostKeys())));
    }

    private static HostKeysCall hostKeys(HostKeyStrategy strategy) {
        if (strategy instanceof AcceptFirstConnectionStrategy) {
            return new HostKeysCall("acceptFirstConnection", Map.of());
        }
        if (strategy instanceof NoHostKeyVerificationStrategy) {
            return new HostKeysCall("noHostKeyVerification", Map.of());
        }
        if (strategy instanceof ManuallyProvidedKeysStrategy manual) {
            return new HostKeysCall("manuallyProvidedKeys", Map.of("keys", manual.getKeys()));
        }
        return strategy instanceof KnownHostsFileStrategy file && file.getPath() != null
                ? new HostKeysCall("knownHostsFile", Map.of("path", file.getPath()))
                : null;
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "clusterDescribe";
        }

        @Override
        public String getDisplayName() {
            return "Describe the cluster as a Jenkinsfile";
        }

        /** Checks the field resources while it is typed. */
        @POST
        public FormValidation doCheckResources(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(
                    item,
                    "resources",
                    value,
                    names -> ParameterCheck.of(new ClusterDescribe(names, SurroundingBlock.UNKNOWN)));
        }
    }
}
