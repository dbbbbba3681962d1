package io.jenkins.plugins.drbdocfs2.steps;

import io.jenkins.plugins.drbdocfs2.facts.StepPosition;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Finds the step of a Pipeline that ran right before another one. */
final class FlowPosition {
    /** Steps that change no node, and wait for nothing during which others could. */
    private static final Set<String> HARMLESS = Set.of("stage", "echo");

    private FlowPosition() {}

    /**
     * The position of a step: the one before it is the nearest that does more than to name a stage or print a line. There is
     * none at the begin of a block other than a stage, and after parallel branches.
     *
     * @param node of the step
     */
    static StepPosition of(FlowNode node) {
        FlowNode previous = parent(node);
        while (previous != null && isHarmless(previous)) {
            previous = parent(previous);
        }
        return new StepPosition(node.getId(), previous == null ? null : previous.getId());
    }

    private static FlowNode parent(FlowNode node) {
        List<FlowNode> parents = node.getParents();
        return parents.size() == 1 ? parents.get(0) : null;
    }

    private static boolean isHarmless(FlowNode node) {
        StepDescriptor step = node instanceof StepNode of ? of.getDescriptor() : null;
        return step != null && HARMLESS.contains(step.getFunctionName());
    }
}
