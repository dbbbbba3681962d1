package io.jenkins.plugins.drbdocfs2.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.ocfs2.Ocfs2Format;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** ocfs2Format: creates an OCFS2 filesystem. */
public final class Ocfs2FormatStep extends ClusterStep {
    private static final long serialVersionUID = 1L;

    private final String device;
    private String label;
    private Integer nodeSlots;
    private String blockSize;
    private String clusterSize;
    private String journalSize;
    private String type;
    private String features;
    private String cluster;
    private String overwrite;

    /**
     * @param device the path of the device
     */
    @DataBoundConstructor
    public Ocfs2FormatStep(String device) {
        this.device = ParameterText.trimmed(device);
    }

    /** The path of the device. */
    public String getDevice() {
        return device;
    }

    /** The label; null for none. */
    public String getLabel() {
        return label;
    }

    @DataBoundSetter
    public void setLabel(String label) {
        this.label = ParameterText.trimmed(label);
    }

    /** How many nodes can mount it at the same time; null for the number of nodes. */
    public Integer getNodeSlots() {
        return nodeSlots;
    }

    @DataBoundSetter
    public void setNodeSlots(Integer nodeSlots) {
        this.nodeSlots = nodeSlots == null || nodeSlots == 0 ? null : nodeSlots;
    }

    /** The block size: 512, 1K, 2K or 4K; null for the choice of mkfs.ocfs2. */
    public String getBlockSize() {
        return blockSize;
    }

    @DataBoundSetter
    public void setBlockSize(String blockSize) {
        this.blockSize = ParameterText.trimmed(blockSize);
    }

    /** The cluster size: 4K to 1M; null for the choice of mkfs.ocfs2. */
    public String getClusterSize() {
        return clusterSize;
    }

    @DataBoundSetter
    public void setClusterSize(String clusterSize) {
        this.clusterSize = ParameterText.trimmed(clusterSize);
    }

    /** The size of each journal; null for the choice of mkfs.ocfs2. */
    public String getJournalSize() {
        return journalSize;
    }

    @DataBoundSetter
    public void setJournalSize(String journalSize) {
        this.journalSize = ParameterText.trimmed(journalSize);
    }

    /** The intended use: mail, datafiles or vmstore; or null. */
    public String getType() {
        return type;
    }

    @DataBoundSetter
    public void setType(String type) {
        this.type = ParameterText.trimmed(type);
    }

    /** A feature level, or features separated by commas; null for the default. */
    public String getFeatures() {
        return features;
    }

    @DataBoundSetter
    public void setFeatures(String features) {
        this.features = ParameterText.trimmed(features);
    }

    /** The name of its cluster; null for the online or the only configured one. */
    public String getCluster() {
        return cluster;
    }

    @DataBoundSetter
    public void setCluster(String cluster) {
        this.cluster = ParameterText.trimmed(cluster);
    }

    /** The content of the device that may be lost, in the words of the refusal; or null. */
    public String getOverwrite() {
        return overwrite;
    }

    @DataBoundSetter
    public void setOverwrite(String overwrite) {
        this.overwrite = ParameterText.trimmed(overwrite);
    }

    @Override
    public Operation operation() {
        return new Ocfs2Format(
                device,
                label,
                nodeSlots,
                blockSize,
                clusterSize,
                journalSize,
                type,
                features,
                cluster,
                Overwrite.parse(overwrite));
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor implements DeviceField {
        @Override
        public String getFunctionName() {
            return "ocfs2Format";
        }

        @Override
        public String getDisplayName() {
            return "Create an OCFS2 filesystem";
        }

        /** Checks the field label while it is typed. */
        @POST
        public FormValidation doCheckLabel(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "label", value, label -> Ocfs2Rules.label("label", label));
        }

        /** Checks the field nodeSlots while it is typed. */
        @POST
        public FormValidation doCheckNodeSlots(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.number(item, "nodeSlots", value, slots -> Ocfs2Rules.nodeSlots("nodeSlots", slots));
        }

        /** The choices of the field blockSize. */
        @POST
        public ListBoxModel doFillBlockSizeItems(@AncestorInPath Item item, @QueryParameter String blockSize) {
            return FormField.choices(item, blockSize, "- chosen by mkfs.ocfs2 -", List.of("512", "1K", "2K", "4K"));
        }

        /** The choices of the field clusterSize. */
        @POST
        public ListBoxModel doFillClusterSizeItems(@AncestorInPath Item item, @QueryParameter String clusterSize) {
            return FormField.choices(
                    item,
                    clusterSize,
                    "- chosen by mkfs.ocfs2 -",
                    List.of("4K", "8K", "16K", "32K", "64K", "128K", "256K", "512K", "1M"));
        }

        /** Checks the field journalSize while it is typed. */
        @POST
        public FormValidation doCheckJournalSize(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "journalSize", value, size -> Ocfs2Rules.journalSize("journalSize", size));
        }

        /** The choices of the field type. */
        @POST
        public ListBoxModel doFillTypeItems(@AncestorInPath Item item, @QueryParameter String type) {
            return FormField.choices(item, type, "- any use -", List.of("mail", "datafiles", "vmstore"));
        }

        /** Checks the field features while it is typed. */
        @POST
        public FormValidation doCheckFeatures(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "features", value, features -> Ocfs2Rules.features("features", features));
        }

        /** Checks the field cluster while it is typed. */
        @POST
        public FormValidation doCheckCluster(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "cluster", value, name -> Ocfs2Rules.clusterName("cluster", name));
        }
    }
}
