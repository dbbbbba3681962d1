package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.runner.build.AgentChannel;
import io.jenkins.plugins.drbdocfs2.runner.build.LocalComputer;
import java.io.File;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code node { }}: provides a workspace to its block, on this machine for any label. */
public final class NodeStep extends Step {
    private final String label;

    /** @param label ignored; may be null */
    @DataBoundConstructor
    public NodeStep(String label) {
        this.label = label;
    }

    /** The label, which is ignored. */
    public String getLabel() {
        return label;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context) {
            super(context);
        }

        @Override
        public boolean start() throws Exception {
            AgentChannel channel = new AgentChannel();
            File folder = new File(getContext().get(Run.class).getParent().getRootDir(), "workspace");
            FilePath workspace = new FilePath(channel, folder.getPath());
            workspace.mkdirs();
            Computer computer = new LocalComputer(channel);
            EnvVars variables = new EnvVars(System.getenv());
            variables.put("WORKSPACE", workspace.getRemote());
            variables.put("NODE_NAME", "built-in");
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println("Running on " + computer.getDisplayName() + " in " + workspace);
            getContext()
                    .newBodyInvoker()
                    .withContexts(computer, variables, workspace)
                    .withCallback(new Close(channel))
                    .start();
            return false;
        }
    }

    private static final class Close extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1L;
        private final transient AgentChannel channel;

        Close(AgentChannel channel) {
            this.channel = channel;
        }

        @Override
        protected void finished(StepContext context) {
            channel.close();
        }
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor.Block {
        DescriptorImpl() {
            super("node", Run.class, TaskListener.class);
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(FilePath.class, Launcher.class, Computer.class);
        }
    }
}
