package io.jenkins.plugins.drbdocfs2.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
import io.jenkins.plugins.drbdocfs2.jenkins.DryRuns;
import io.jenkins.plugins.drbdocfs2.jenkins.Logins;
import io.jenkins.plugins.drbdocfs2.jenkins.OperationCall;
import io.jenkins.plugins.drbdocfs2.jenkins.ReportAction;
import io.jenkins.plugins.drbdocfs2.operation.Operation;
import io.jenkins.plugins.drbdocfs2.operation.Outcome;
import io.jenkins.plugins.drbdocfs2.operation.Parameters;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Runs a step's operation: on the agent where there is one around it, else on the controller.
 *
 * <p>Of its state only the step, that is its parameters, is kept over a restart of the controller. Afterwards it begins
 * anew: every operation looks before it acts, so what was done is found done.
 */
final class ClusterStepExecution extends BackgroundStepExecution {
    private static final long serialVersionUID = 1L;

    private final ClusterStep step;

    ClusterStepExecution(StepContext context, ClusterStep step) {
        super(context);
        this.step = step;
    }

    @Override
    Object run() throws Exception {
        ClusterSession session = getContext().get(ClusterSession.class);
        Run<?, ?> run = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        Launcher launcher = getContext().get(Launcher.class);
        Computer computer = getContext().get(Computer.class);
        boolean shared = session.isHome(computer);
        boolean dryRun = step.isDryRun()
                || session.isDryRun()
                || DryRuns.demanded(getContext().get(EnvVars.class));
        OperationCall call =
                new OperationCall(session, Logins.of(session, run), operation(), names(), dryRun, !shared, listener);
        VirtualChannel channel = launcher == null ? null : launcher.getChannel();
        if (launcher != null && channel == null) {
            throw new AbortException(
                    "The agent is not connected, and inside node the nodes are reached from the agent only. Run the build"
                            + " again when it is back, or outside of node to reach them from the controller");
        }
        Outcome outcome = channel == null ? call.call() : channel.call(call);
        try {
            ReportAction.record(run, outcome.result());
        } catch (IOException e) {
            listener.error("The result could not be added to the build's report: " + e);
        }
        if (outcome.failure() != null) {
            throw new AbortException(outcome.failure());
        }
        return outcome.result();
    }

    private List<String> names() throws AbortException {
        List<String> names = Parameters.words(step.getNodes());
        if (step.getNodes() != null && names.isEmpty()) {
            throw new AbortException(step.getDescriptor().getFunctionName() + ": nodes names no node: '"
                    + step.getNodes() + "'. Leave it out for all nodes");
        }
        return names;
    }

    @Override
    boolean isRepeatable() {
        return step.isRepeatable();
    }

    private Operation operation() throws AbortException {
        try {
            return step.operation();
        } catch (InvalidParameterException e) {
            throw new AbortException(step.getDescriptor().getFunctionName() + ": " + e.getMessage());
        }
    }

    @Override
    public String getStatus() {
        return "running " + step.getDescriptor().getFunctionName() + " on the nodes";
    }
}
