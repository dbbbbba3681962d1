package io.jenkins.plugins.drbdocfs2.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.model.Computer;
import io.jenkins.plugins.drbdocfs2.jenkins.CloseCall;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
import io.jenkins.plugins.drbdocfs2.jenkins.DryRuns;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Checks the nodes, runs the block with them, and closes the connections at its end. */
final class WithClusterNodesExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final transient WithClusterNodesStep step;

    WithClusterNodesExecution(StepContext context, WithClusterNodesStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        ClusterSession session;
        try {
            session = ClusterSession.of(
                    step,
                    step.isDryRun() || DryRuns.demanded(getContext().get(EnvVars.class)),
                    step.getOnDrift(),
                    step.isExclusive(),
                    getContext().get(Computer.class));
        } catch (IllegalArgumentException e) {
            throw new AbortException("withClusterNodes: " + e.getMessage());
        }
        getContext()
                .newBodyInvoker()
                .withContext(session)
                .withCallback(new Closing(session))
                .start();
        return false;
    }

    /** Closes the connections, then ends the step like the block. */
    private static final class Closing extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private static final Logger LOGGER = Logger.getLogger(WithClusterNodesExecution.class.getName());

        private final ClusterSession session;

        Closing(ClusterSession session) {
            this.session = session;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            close(context);
            context.onSuccess(result);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            close(context);
            context.onFailure(t);
        }

        private void close(StepContext context) {
            try {
                CloseCall.submit(session, context.get(Launcher.class));
            } catch (IOException | InterruptedException e) {
                LOGGER.log(Level.FINE, "Connections of a cluster session were not closed", e);
            }
        }
    }
}
