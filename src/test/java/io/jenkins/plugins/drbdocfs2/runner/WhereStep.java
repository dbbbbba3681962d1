package io.jenkins.plugins.drbdocfs2.runner;

import hudson.model.TaskListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** Prints the nodes of the graph before this step, up to the first or to one with several before it. */
public final class WhereStep extends Step {
    /** Has no parameters. */
    @DataBoundConstructor
    public WhereStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context);
    }

    private static final class Execution extends SynchronousStepExecution<Void> {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context) {
            super(context);
        }

        @Override
        protected Void run() throws Exception {
            List<String> names = new ArrayList<>();
            List<FlowNode> before = getContext().get(FlowNode.class).getParents();
            while (before.size() == 1) {
                names.add(((StepNode) before.get(0)).getDescriptor().getFunctionName());
                before = before.get(0).getParents();
            }
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println("after " + String.join(", ", names) + (before.isEmpty() ? "" : ", several"));
            return null;
        }
    }

    /** The descriptor. */
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "where";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(TaskListener.class);
        }
    }
}
