package io.jenkins.plugins.drbdocfs2.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
import io.jenkins.plugins.drbdocfs2.jenkins.DryRuns;
import io.jenkins.plugins.drbdocfs2.jenkins.OperationRun;
import io.jenkins.plugins.drbdocfs2.operation.Operation;
import io.jenkins.plugins.drbdocfs2.operation.Parameters;
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
        boolean dryRun = step.isDryRun()
                || session.isDryRun()
                || DryRuns.demanded(getContext().get(EnvVars.class));
        return new OperationRun(session, run, listener, launcher, !session.isHome(computer))
                .run(operation(), names(), dryRun, this::stopCause);
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
