package io.jenkins.plugins.drbdocfs2.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.operation.fencing.ClusterConfigureFencing;
import io.jenkins.plugins.drbdocfs2.operation.fencing.DeviceSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** clusterConfigureFencing: the devices with which the nodes fence each other. */
public final class ClusterConfigureFencingStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private ArrayList<FenceDevice> devices;
    private String packages;
    private boolean remove;

    /** With no device yet. */
    @DataBoundConstructor
    public ClusterConfigureFencingStep() {
        // all parameters have setters
    }

    /** The device of each node. */
    public List<FenceDevice> getDevices() {
        return Util.fixNull(devices);
    }

    @DataBoundSetter
    public void setDevices(List<FenceDevice> devices) {
        this.devices = devices == null ? null : new ArrayList<>(devices);
    }

    /** The packages of the fence agents; null for those of the distribution. */
    public String getPackages() {
        return packages;
    }

    @DataBoundSetter
    public void setPackages(String packages) {
        this.packages = ParameterText.trimmed(packages);
    }

    /** Whether to remove the devices from the nodes instead. */
    public boolean isRemove() {
        return remove;
    }

    @DataBoundSetter
    public void setRemove(boolean remove) {
        this.remove = remove;
    }

    @Override
    public Operation operation() {
        return with(getDevices().stream().map(FenceDevice::toSpec).toList());
    }

    @Override
    Operation operation(Run<?, ?> run) throws AbortException {
        List<DeviceSpec> specs = new ArrayList<>();
        for (FenceDevice device : getDevices()) {
            specs.add(device.toSpec(run));
        }
        return with(specs);
    }

    private Operation with(List<DeviceSpec> specs) {
        return new ClusterConfigureFencing(specs, ParameterRules.words(packages), remove);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements PackagesField {
        @Override
        public String getFunctionName() {
            return "clusterConfigureFencing";
        }

        @Override
        public String getDisplayName() {
            return "Configure fencing devices";
        }
    }
}
