package io.jenkins.plugins.drbdocfs2.runner.engine;

import java.util.List;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** The begin of a call of a step in the graph of the build, or its end if it has blocks. */
final class CallNode extends FlowNode implements StepNode {
    private final StepDescriptor descriptor;

    CallNode(String id, StepDescriptor descriptor, List<FlowNode> parents) {
        super(id, parents);
        this.descriptor = descriptor;
    }

    @Override
    public StepDescriptor getDescriptor() {
        return descriptor;
    }

    @Override
    protected String getTypeDisplayName() {
        return descriptor.getFunctionName();
    }

    @Override
    public void save() {
        // the graph ends with the program
    }
}
