package io.jenkins.plugins.drbdocfs2.steps;

import hudson.EnvVars;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
import io.jenkins.plugins.drbdocfs2.jenkins.DryRuns;
import io.jenkins.plugins.drbdocfs2.jenkins.OperationRun;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Runs a step's operation: on the agent where there is one around it, else on the controller.
 *
 * <p>Of its state only its parameters and its place are kept over a restart of the controller. Afterwards it begins
 * anew: every operation looks before it acts, so what was done is found done.
 */
final class ClusterStepExecution extends BackgroundStepExecution {
    private static final long serialVersionUID = 1L;

    /** The parameters, which say all that is to be done. */
    private final ClusterStep step;

    /**
     * The agent that it began on, null for the controller: where that agent is gone after a restart, the step must not go on
     * from the controller.
     */
    private final String agent;

    ClusterStepExecution(StepContext context, ClusterStep step, String agent) {
        super(context);
        this.step = step;
        this.agent = agent;
    }

    @Override
    Object run() throws Exception {
        ClusterSession session = getContext().get(ClusterSession.class);
        Run<?, ?> run = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        Launcher launcher = getContext().get(Launcher.class);
        Computer computer = getContext().get(Computer.class);
        if (agent != null && launcher == null) {
            throw OperationRun.agentGone();
        }
        boolean dryRun = step.isDryRun()
                || session.isDryRun()
                || DryRuns.demanded(getContext().get(EnvVars.class));
        return new OperationRun(session, run, listener, launcher, !session.isHome(computer))
                .run(step.checkedOperation(run), step.nodeNames(), dryRun, this::stopCause);
    }

    @Override
    boolean isRepeatable() {
        return step.isRepeatable();
    }

    @Override
    public String getStatus() {
        return "running " + step.getDescriptor().getFunctionName() + " on the nodes";
    }
}
