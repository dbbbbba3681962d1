package io.jenkins.plugins.drbdocfs2.steps;

import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.jenkins.NodeChecks;
import io.jenkins.plugins.drbdocfs2.jenkins.ParameterTexts;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A step for the nodes of withClusterNodes. It holds only its parameters as given. */
public abstract class ClusterStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private String nodes;
    private boolean dryRun;

    /** The names of the nodes to work on, separated by spaces or commas; null for all. */
    public final String getNodes() {
        return nodes;
    }

    @DataBoundSetter
    public final void setNodes(String nodes) {
        this.nodes = ParameterText.trimmed(nodes);
    }

    /** Whether to print the plan and change nothing. */
    public final boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public final void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /**
     * The operation with these parameters. They are checked later, together with the nodes; only unreadable ones are refused
     * here.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if a parameter cannot be read
     */
    public abstract Operation operation();

    /**
     * The operation with these parameters in a build, with the secrets whose IDs they name.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if a parameter cannot be read
     * @throws AbortException if a secret does not exist
     */
    Operation operation(Run<?, ?> run) throws AbortException {
        return operation();
    }

    /**
     * The same, for a step that needs to know the nodes.
     *
     * @throws AbortException if a secret does not exist
     */
    Operation operation(Run<?, ?> run, ClusterSession session) throws AbortException {
        return operation(run);
    }

    /**
     * The operation with these parameters in a build.
     *
     * @throws AbortException if a parameter cannot be read, with a message for the build log
     */
    public final Operation checkedOperation(Run<?, ?> run, ClusterSession session) throws AbortException {
        try {
            ParameterTexts.check(this);
            return operation(run, session);
        } catch (InvalidParameterException e) {
            throw new AbortException(getDescriptor().getFunctionName() + ": " + e.getMessage());
        }
    }

    /**
     * The names of the nodes to work on; none for all.
     *
     * @throws AbortException if the parameter is given but names no node
     */
    public final List<String> nodeNames() throws AbortException {
        List<String> names = ParameterRules.words(nodes);
        if (nodes != null && names.isEmpty()) {
            throw new AbortException(getDescriptor().getFunctionName() + ": nodes does not name any node: '" + nodes
                    + "'. Omit it for all nodes");
        }
        return names;
    }

    /** Whether the step can start again after an interruption: true for all that read the state first. */
    boolean isRepeatable() {
        return true;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        Computer computer = context.get(Computer.class);
        return new ClusterStepExecution(context, this, ClusterSession.nameOf(computer));
    }

    /** The common part of the descriptors of such steps. */
    public abstract static class ClusterStepDescriptor extends StepDescriptor {
        @Override
        public final Set<? extends Class<?>> getRequiredContext() {
            return Set.of(ClusterSession.class, Run.class, TaskListener.class);
        }

        /**
         * The call for the Snippet Generator.
         *
         * @throws UnsupportedOperationException if a mandatory parameter is missing; the message tells the user
         */
        @Override
        public final UninstantiatedDescribable uninstantiate(Step step) {
            try {
                ParameterTexts.checkMandatory(step);
            } catch (InvalidParameterException e) {
                throw new UnsupportedOperationException(e.getMessage(), e);
            }
            return super.uninstantiate(step);
        }

        /** Checks the names of nodes as the user types. */
        @POST
        public final FormValidation doCheckNodes(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "nodes", value, names -> ParameterRules.words(names)
                    .forEach(name -> NodeChecks.checkName("nodes", name)));
        }
    }
}
