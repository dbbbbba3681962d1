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
 * Runs the operation of a step: on the agent of the surrounding node, else on the controller.
 *
 * <p>Only the parameters and the agent survive a restart of the controller. Then the step starts again: every operation
 * reads the state first and makes only the missing changes.
 */
final class ClusterStepExecution extends BackgroundStepExecution {
    private static final long serialVersionUID = 1L;

    /** The parameters. */
    private final ClusterStep step;

    /**
     * The agent on which the step started, null for the controller: if this agent is gone after a restart, the step must not
     * continue from the controller.
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
