package org.jenkinsci.plugins.workflow.graph;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** A node of the graph that stands for a step: its call, its block, or the end of either. */
public interface StepNode {
    /** The descriptor of the step; null if it is no longer installed. */
    @CheckForNull
    StepDescriptor getDescriptor();
}
