package io.jenkins.plugins.drbdocfs2.runner;

import hudson.AbortException;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** A step that runs code on the agent. */
public final class RemoteStep extends Step {
    private final String what;

    /** Takes the mandatory parameter: log, copy, throw, argument, result. */
    @DataBoundConstructor
    public RemoteStep(String what) {
        this.what = what;
    }

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.synchronousNonBlockingVoid(context, c -> {
            TaskListener listener = c.get(TaskListener.class);
            List<String> seen = new ArrayList<>();
            Object argument = what.equals("argument") ? new Object() : seen;
            c.get(Launcher.class).getChannel().call(new Code(what, listener, argument));
            listener.getLogger().println("seen here: " + seen);
        });
    }

    private static final class Code extends MasterToSlaveCallable<Object, IOException> {
        private static final long serialVersionUID = 1L;
        private final String what;
        private final TaskListener listener;

        @SuppressWarnings("serial")
        private final Object argument;

        Code(String what, TaskListener listener, Object argument) {
            this.what = what;
            this.listener = listener;
            this.argument = argument;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Object call() throws IOException {
            switch (what) {
                case "throw":
                    throw new AbortException("thrown there");
                case "result":
                    return new Object();
                default:
                    ((List<String>) argument).add("there");
                    listener.getLogger().println("logged there");
                    return null;
            }
        }
    }

    /** The descriptor. */
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "remote";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(TaskListener.class, Launcher.class);
        }
    }
}
