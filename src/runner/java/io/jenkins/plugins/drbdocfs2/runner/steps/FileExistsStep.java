package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.FilePath;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code fileExists 'path'}. */
public final class FileExistsStep extends Step {
    private final String file;

    /** @param file the file, relative to the current folder */
    @DataBoundConstructor
    public FileExistsStep(String file) {
        this.file = file;
    }

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.synchronousNonBlocking(
                context, c -> c.get(FilePath.class).child(file).exists());
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor {
        DescriptorImpl() {
            super("fileExists", FilePath.class);
        }
    }
}
