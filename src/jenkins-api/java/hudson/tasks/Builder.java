package hudson.tasks;

import hudson.ExtensionPoint;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.io.IOException;
import jenkins.model.Jenkins;

/** A step of a freestyle job. */
public abstract class Builder implements BuildStep, Describable<Builder>, ExtensionPoint {
    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        throw new UnsupportedOperationException("there are no freestyle builds here");
    }

    public BuildStepMonitor getRequiredMonitorService() {
        return BuildStepMonitor.NONE;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Descriptor<Builder> getDescriptor() {
        return (Descriptor<Builder>) Jenkins.get().getDescriptorOrDie(getClass());
    }
}
