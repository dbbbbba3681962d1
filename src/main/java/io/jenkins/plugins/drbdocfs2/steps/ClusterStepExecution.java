package io.jenkins.plugins.drbdocfs2.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
import io.jenkins.plugins.drbdocfs2.jenkins.DryRuns;
import io.jenkins.plugins.drbdocfs2.jenkins.OperationRun;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
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
        return run(getContext(), agent, step.isDryRun(), step::checkedOperation, step.nodeNames(), this::stopCause);
    }

    /** Makes the operation of a build. */
    @FunctionalInterface
    interface OperationMaker {
        /** Makes it. */
        Operation of(Run<?, ?> run, ClusterSession session) throws AbortException;
    }

    /**
     * Runs an operation for a step.
     *
     * @param agent the agent on which the step started; null for the controller
     */
    static Object run(
            StepContext context,
            String agent,
            boolean dryRun,
            OperationMaker operation,
            List<String> nodes,
            Supplier<Throwable> stopCause)
            throws IOException, InterruptedException {
        ClusterSession session = context.get(ClusterSession.class);
        Run<?, ?> run = context.get(Run.class);
        TaskListener listener = context.get(TaskListener.class);
        Launcher launcher = context.get(Launcher.class);
        Computer computer = context.get(Computer.class);
        if (agent != null && launcher == null) {
            throw OperationRun.agentGone();
        }
        boolean dry = dryRun || session.isDryRun() || DryRuns.demanded(context.get(EnvVars.class));
        return new OperationRun(session, run, listener, launcher, !session.isHome(computer), new StepMark(context))
                .run(operation.of(run, session), nodes, dry, FlowPosition.of(context.get(FlowNode.class)), stopCause);
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
