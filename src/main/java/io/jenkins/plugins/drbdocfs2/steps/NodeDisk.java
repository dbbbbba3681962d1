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
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.NodeDiskSpec;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A disk that differs on one node, in the list of drbdCreateResource. */
public final class NodeDisk extends AbstractDescribableImpl<NodeDisk> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String node;
    private int volume;
    private String disk;
    private String metaDisk;

    /** @param node the node's name */
    @DataBoundConstructor
    public NodeDisk(String node) {
        this.node = ParameterText.trimmed(node);
    }

    /** The node's name. */
    public String getNode() {
        return node;
    }

    /** The number of the volume. */
    public int getVolume() {
        return volume;
    }

    @DataBoundSetter
    public void setVolume(int volume) {
        this.volume = volume;
    }

    /** The backing device on this node, or "none"; null for that of the volume. */
    public String getDisk() {
        return disk;
    }

    @DataBoundSetter
    public void setDisk(String disk) {
        this.disk = ParameterText.trimmed(disk);
    }

    /** The place of the metadata on this node; null for that of the volume. */
    public String getMetaDisk() {
        return metaDisk;
    }

    @DataBoundSetter
    public void setMetaDisk(String metaDisk) {
        this.metaDisk = ParameterText.trimmed(metaDisk);
    }

    NodeDiskSpec toSpec() {
        return new NodeDiskSpec(node, volume, disk, metaDisk);
    }

    /** Makes it usable as {@code nodeDisk(...)}. */
    @Extension
    @Symbol("nodeDisk")
    public static final class DescriptorImpl extends Descriptor<NodeDisk> implements DiskFields, NodeField {
        /** Checks the disk as the user types; a node may be diskless. */
        @Override
        @POST
        public FormValidation doCheckDisk(@AncestorInPath Item item, @QueryParameter String value) {
            return NodeDiskSpec.NONE.equals(ParameterText.trimmed(value))
                    ? FormValidation.ok()
                    : DiskFields.super.doCheckDisk(item, value);
        }

        @Override
        public String getDisplayName() {
            return "Disk of one node";
        }

        /** Checks the field volume while it is typed. */
        @POST
        public FormValidation doCheckVolume(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(
                    item, "volume", value, volume -> Check.range("volume", volume, 0, DrbdRules.MAX_VOLUME));
        }
    }
}
