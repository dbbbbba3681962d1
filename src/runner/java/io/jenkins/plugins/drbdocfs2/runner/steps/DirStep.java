package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.FilePath;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code dir('path') { }}. */
public final class DirStep extends Step {
    private final String path;

    /** @param path the folder, relative to the current one */
    @DataBoundConstructor
    public DirStep(String path) {
        this.path = path;
    }

    @Override
    public StepExecution start(StepContext context) {
        return StepExecutions.block(context, (c, body) -> {
            FilePath folder = c.get(FilePath.class).child(path);
            c.get(TaskListener.class).getLogger().println("Running in " + folder);
            body.withContext(folder);
        });
    }

    /** Its descriptor. */
    public static final class DescriptorImpl extends BuiltInDescriptor.Block {
        DescriptorImpl() {
            super("dir", TaskListener.class, FilePath.class);
        }
    }
}
