package org.jenkinsci.plugins.workflow.graph;

import hudson.model.Actionable;
import hudson.model.Saveable;
import java.util.List;

/** A node in the graph of a Pipeline build, such as a step. */
public abstract class FlowNode extends Actionable implements Saveable {
    private final String id;
    private final List<FlowNode> parents;

    /**
     * @param id identifies it in the graph
     * @param parents the nodes right before it
     */
    protected FlowNode(String id, List<FlowNode> parents) {
        this.id = id;
        this.parents = List.copyOf(parents);
    }

    /** Identifies it in the graph of its build. */
    public String getId() {
        return id;
    }

    /** The nodes right before it: several after parallel branches, none for the first one. */
    public List<FlowNode> getParents() {
        return parents;
    }

    /** The name of this kind of node. */
    protected abstract String getTypeDisplayName();

    @Override
    public String getDisplayName() {
        return getTypeDisplayName();
    }
}
