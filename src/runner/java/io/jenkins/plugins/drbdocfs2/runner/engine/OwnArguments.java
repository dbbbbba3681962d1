package io.jenkins.plugins.drbdocfs2.runner.engine;

import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;

/** A step descriptor that creates its step from any arguments; such a step runs blocks of its own. */
public interface OwnArguments {
    /** Creates the step. */
    Step newInstance(Map<String, Object> arguments);
}
