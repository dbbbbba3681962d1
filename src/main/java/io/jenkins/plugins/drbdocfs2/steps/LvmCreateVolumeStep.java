package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.storage.LvmCreateVolume;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import io.jenkins.plugins.drbdocfs2.storage.LvmNameRules;
import io.jenkins.plugins.drbdocfs2.storage.Size;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** lvmCreateVolume: creates a logical volume, and its volume group. */
public final class LvmCreateVolumeStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String group;
    private final String name;
    private final String size;
    private String devices;
    private String overwrite;
    private boolean extendGroup;
    private boolean grow;

    /**
     * @param group the name of the volume group
     * @param name the name of the logical volume
     * @param size its size, such as 10G
     */
    @DataBoundConstructor
    public LvmCreateVolumeStep(String group, String name, String size) {
        this.group = ParameterText.trimmed(group);
        this.name = ParameterText.trimmed(name);
        this.size = ParameterText.trimmed(size);
    }

    /** The name of the volume group. */
    public String getGroup() {
        return group;
    }

    /** The name of the logical volume. */
    public String getName() {
        return name;
    }

    /** Its size, such as 10G. */
    public String getSize() {
        return size;
    }

    /** The devices of a new group, separated by spaces, commas or line ends; or null. */
    public String getDevices() {
        return devices;
    }

    @DataBoundSetter
    public void setDevices(String devices) {
        this.devices = ParameterText.trimmed(devices);
    }

    /** The content of the devices that may be wiped, in the words of the refusal; or null. */
    public String getOverwrite() {
        return overwrite;
    }

    @DataBoundSetter
    public void setOverwrite(String overwrite) {
        this.overwrite = ParameterText.trimmed(overwrite);
    }

    /** Whether to add missing devices to an existing group. */
    public boolean isExtendGroup() {
        return extendGroup;
    }

    @DataBoundSetter
    public void setExtendGroup(boolean extendGroup) {
        this.extendGroup = extendGroup;
    }

    /** Whether to grow an existing smaller volume. */
    public boolean isGrow() {
        return grow;
    }

    @DataBoundSetter
    public void setGrow(boolean grow) {
        this.grow = grow;
    }

    @Override
    public Operation operation() {
        return new LvmCreateVolume(
                group, name, size, ParameterRules.words(devices), Overwrite.parse(overwrite), extendGroup, grow);
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor {
        @Override
        public String getFunctionName() {
            return "lvmCreateVolume";
        }

        @Override
        public String getDisplayName() {
            return "Create or grow an LVM logical volume";
        }

        /** Checks the field group while it is typed. */
        @POST
        public FormValidation doCheckGroup(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "group", value, name -> LvmNameRules.group("group", name));
        }

        /** Checks the field name while it is typed. */
        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "name", value, name -> LvmNameRules.volume("name", name));
        }

        /** Checks the field size while it is typed. */
        @POST
        public FormValidation doCheckSize(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "size", value, Size::parse);
        }

        /** Checks the field devices while it is typed. */
        @POST
        public FormValidation doCheckDevices(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "devices", value, paths -> ParameterRules.words(paths)
                    .forEach(path -> DevicePathRules.check("devices", path)));
        }
    }
}
