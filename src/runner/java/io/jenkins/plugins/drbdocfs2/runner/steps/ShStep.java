package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code sh 'command'}, on this machine. */
public final class ShStep extends Step {
    private final String script;
    private boolean returnStdout;
    private boolean returnStatus;
    private String label;

    @DataBoundConstructor
    public ShStep(String script) {
        this.script = script;
    }

    /** Sets whether the step returns the output. */
    @DataBoundSetter
    public void setReturnStdout(boolean returnStdout) {
        this.returnStdout = returnStdout;
    }

    /** Sets whether the step returns the exit code. */
    @DataBoundSetter
    public void setReturnStatus(boolean returnStatus) {
        this.returnStatus = returnStatus;
    }

    /** The label for views of steps. */
    public String getLabel() {
        return label;
    }

    /** Sets the label for views of steps. */
    @DataBoundSetter
    public void setLabel(String label) {
        this.label = label;
    }

    @Override
    public StepExecution start(StepContext context) {
        if (script == null) {
            throw new IllegalArgumentException("sh: the parameter script is missing");
        }
        if (returnStdout && returnStatus) {
            throw new IllegalArgumentException("Cannot use both returnStdout and returnStatus");
        }
        return new ShExecution(context, script, returnStdout, returnStatus);
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor {
        DescriptorImpl() {
            super("sh", FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
        }
    }
}
