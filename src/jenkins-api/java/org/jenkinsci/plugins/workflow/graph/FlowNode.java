package org.jenkinsci.plugins.workflow.graph;

import hudson.model.Actionable;
import hudson.model.Saveable;

/** A node in the graph of a Pipeline build, such as a step. */
public abstract class FlowNode extends Actionable implements Saveable {
    @Override
    public String getDisplayName() {
        return "step";
    }
}
