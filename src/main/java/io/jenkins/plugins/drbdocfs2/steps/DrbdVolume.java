package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A volume in the list of drbdCreateResource. */
public final class DrbdVolume extends AbstractDescribableImpl<DrbdVolume> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final String device;
    private String disk;
    private String metaDisk;

    /**
     * @param number its number in the resource
     * @param device the DRBD device, such as {@code /dev/drbd0}
     */
    @DataBoundConstructor
    public DrbdVolume(int number, String device) {
        this.number = number;
        this.device = ParameterText.trimmed(device);
    }

    /** Its number in the resource. */
    public int getNumber() {
        return number;
    }

    /** The DRBD device. */
    public String getDevice() {
        return device;
    }

    /** The block device below it on every node; null if nodeDisks names one for each. */
    public String getDisk() {
        return disk;
    }

    @DataBoundSetter
    public void setDisk(String disk) {
        this.disk = ParameterText.trimmed(disk);
    }

    /** Where its metadata are; null for the resource's metaDisk. */
    public String getMetaDisk() {
        return metaDisk;
    }

    @DataBoundSetter
    public void setMetaDisk(String metaDisk) {
        this.metaDisk = ParameterText.trimmed(metaDisk);
    }

    VolumeSpec toSpec(String metaDiskOfAll) {
        return new VolumeSpec(number, device, disk, metaDisk == null ? metaDiskOfAll : metaDisk);
    }

    /** Makes it usable as {@code drbdVolume(...)}. */
    @Extension
    @Symbol("drbdVolume")
    public static final class DescriptorImpl extends Descriptor<DrbdVolume> implements DiskFields {
        @Override
        public String getDisplayName() {
            return "Volume";
        }

        /** Checks the field number while it is typed. */
        @POST
        public FormValidation doCheckNumber(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item, "number", value, number -> Check.range("number", number, 0, DrbdRules.MAX_VOLUME));
        }

        /** Checks the field device while it is typed. */
        @POST
        public FormValidation doCheckDevice(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "device", value, path -> DrbdRules.device("device", path));
        }
    }
}
