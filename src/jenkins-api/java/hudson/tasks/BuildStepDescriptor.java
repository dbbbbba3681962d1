package hudson.tasks;

import hudson.model.AbstractProject;
import hudson.model.Describable;
import hudson.model.Descriptor;

/** The descriptor of a build step. */
public abstract class BuildStepDescriptor<T extends BuildStep & Describable<T>> extends Descriptor<T> {
    /** For a class. */
    protected BuildStepDescriptor(Class<? extends T> clazz) {
        super(clazz);
    }

    /** For the class that it is nested in. */
    protected BuildStepDescriptor() {}

    /** Whether jobs of a type can have it. */
    @SuppressWarnings("rawtypes")
    public abstract boolean isApplicable(Class<? extends AbstractProject> jobType);
}
