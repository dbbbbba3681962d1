package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.FilePath;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code pwd()}. */
public final class PwdStep extends Step {
    private boolean tmp;

    /** Without mandatory parameters. */
    @DataBoundConstructor
    public PwdStep() {}

    /** Whether to return a folder for temporary files. */
    public boolean isTmp() {
        return tmp;
    }

    /** Sets whether to return a folder for temporary files. */
    @DataBoundSetter
    public void setTmp(boolean tmp) {
        this.tmp = tmp;
    }

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.synchronous(context, c -> c.get(FilePath.class).getRemote() + (tmp ? "@tmp" : ""));
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor {
        DescriptorImpl() {
            super("pwd", FilePath.class);
        }
    }
}
