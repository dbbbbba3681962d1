package io.jenkins.plugins.drbdocfs2.steps;

import io.jenkins.plugins.drbdocfs2.facts.StepPosition;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Finds the step of a Pipeline that ran right before another one. */
final class FlowPosition {
    /** Steps that neither change a node nor wait. */
    private static final Set<String> HARMLESS = Set.of("stage", "echo");

    /** The nodes of a long run before it may have to be read from storage. */
    private static final int MAX_NODES = 50;

    private FlowPosition() {}

    /**
     * The position of a step: the one before it is the nearest that does more than to name a stage or print a line. There is
     * none at the begin of a block other than a stage, and after parallel branches.
     *
     * @param node the node of the step; null if it is unknown
     */
    static StepPosition of(FlowNode node) {
        if (node == null) {
            return StepPosition.UNKNOWN;
        }
        FlowNode previous = parent(node);
        for (int i = 0; previous != null && isHarmless(previous); i++) {
            previous = i < MAX_NODES ? parent(previous) : null;
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
