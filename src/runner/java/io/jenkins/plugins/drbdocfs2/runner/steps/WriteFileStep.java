package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.FilePath;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code writeFile file: 'path', text: 'text'}, in UTF-8. */
public final class WriteFileStep extends Step {
    private final String file;
    private final String text;

    /** @param file the file, relative to the current folder */
    @DataBoundConstructor
    public WriteFileStep(String file, String text) {
        this.file = file;
        this.text = text;
    }

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.synchronousNonBlockingVoid(
                context, c -> c.get(FilePath.class).child(file).write(text, "UTF-8"));
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor {
        DescriptorImpl() {
            super("writeFile", FilePath.class);
        }
    }
}
