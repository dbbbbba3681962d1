package io.jenkins.plugins.drbdocfs2.runner.engine;

import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;

/** A step's descriptor that makes the step itself, from whatever arguments; such a step runs blocks of its own. */
public interface OwnArguments {
    /** Makes the step. */
    Step newInstance(Map<String, Object> arguments);
}
