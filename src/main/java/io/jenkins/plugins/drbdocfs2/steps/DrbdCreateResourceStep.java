package io.jenkins.plugins.drbdocfs2.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.FormField;
import io.jenkins.plugins.drbdocfs2.jenkins.Passwords;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.SharedSecret;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** drbdCreateResource: creates or updates a DRBD resource, and brings it up on all its nodes. */
public final class DrbdCreateResourceStep extends ClusterStep {
    /** The default port. */
    public static final int DEFAULT_PORT = ResourceSpec.DEFAULT_PORT;

    private static final long serialVersionUID = 1L;

    private final String resource;
    private String device;
    private String disk;
    private String metaDisk = "internal";
    private ArrayList<DrbdVolume> volumes = new ArrayList<>();
    private ArrayList<NodeDisk> nodeDisks = new ArrayList<>();
    private String config;
    private int port = DEFAULT_PORT;
    private String protocol = "C";
    private boolean dualPrimary;
    private String options;
    private String sharedSecretCredentialsId;
    private String overwrite;
    private boolean keepMetadata;
    private String onPeerLoss;
    private Boolean acceptUnfenced;

    /** @param resource the resource */
    @DataBoundConstructor
    public DrbdCreateResourceStep(String resource) {
        this.resource = ParameterText.trimmed(resource);
    }

    /** The resource. */
    public String getResource() {
        return resource;
    }

    /** The DRBD device, such as {@code /dev/drbd0}; for a resource with one volume. */
    public String getDevice() {
        return device;
    }

    @DataBoundSetter
    public void setDevice(String device) {
        this.device = ParameterText.trimmed(device);
    }

    /** Its backing device on every node. */
    public String getDisk() {
        return disk;
    }

    @DataBoundSetter
    public void setDisk(String disk) {
        this.disk = ParameterText.trimmed(disk);
    }

    /** The place of the metadata: {@code internal}, a device, or a device with an index. */
    public String getMetaDisk() {
        return metaDisk;
    }

    @DataBoundSetter
    public void setMetaDisk(String metaDisk) {
        this.metaDisk = Util.fixNull(ParameterText.trimmed(metaDisk), "internal");
    }

    /** The volumes, if there are several; instead of device and disk. */
    public List<DrbdVolume> getVolumes() {
        return volumes;
    }

    @DataBoundSetter
    public void setVolumes(List<DrbdVolume> volumes) {
        this.volumes = volumes == null ? new ArrayList<>() : new ArrayList<>(volumes);
    }

    /** Disks that differ on single nodes. */
    public List<NodeDisk> getNodeDisks() {
        return nodeDisks;
    }

    @DataBoundSetter
    public void setNodeDisks(List<NodeDisk> nodeDisks) {
        this.nodeDisks = nodeDisks == null ? new ArrayList<>() : new ArrayList<>(nodeDisks);
    }

    /** The text of a .res file with the resource, instead of the parameters that describe it. */
    public String getConfig() {
        return config;
    }

    @DataBoundSetter
    public void setConfig(String config) {
        this.config = ParameterText.lines(config);
    }

    /** The TCP port for replication. */
    public int getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(int port) {
        this.port = port;
    }

    /** The replication protocol: A, B or C. */
    public String getProtocol() {
        return protocol;
    }

    @DataBoundSetter
    public void setProtocol(String protocol) {
        this.protocol = Util.fixNull(ParameterText.trimmed(protocol), "C");
    }

    /** Whether both nodes may be Primary. */
    public boolean isDualPrimary() {
        return dualPrimary;
    }

    @DataBoundSetter
    public void setDualPrimary(boolean dualPrimary) {
        this.dualPrimary = dualPrimary;
    }

    /** Additional sections in the syntax of drbd.conf(5). */
    public String getOptions() {
        return options;
    }

    @DataBoundSetter
    public void setOptions(String options) {
        this.options = ParameterText.lines(options);
    }

    /** The ID of the credentials whose password is the shared-secret of the nodes; may be null. */
    public String getSharedSecretCredentialsId() {
        return sharedSecretCredentialsId;
    }

    @DataBoundSetter
    public void setSharedSecretCredentialsId(String sharedSecretCredentialsId) {
        this.sharedSecretCredentialsId = ParameterText.trimmed(sharedSecretCredentialsId);
    }

    /** The contents of disks that may be overwritten, in the words of the refusal; or null. */
    public String getOverwrite() {
        return overwrite;
    }

    @DataBoundSetter
    public void setOverwrite(String overwrite) {
        this.overwrite = ParameterText.trimmed(overwrite);
    }

    /** Whether to reuse DRBD metadata that no configuration names. */
    public boolean isKeepMetadata() {
        return keepMetadata;
    }

    @DataBoundSetter
    public void setKeepMetadata(boolean keepMetadata) {
        this.keepMetadata = keepMetadata;
    }

    /** What a Primary does when it loses its peer: freeze, fence or continue; null for the default. */
    public String getOnPeerLoss() {
        return onPeerLoss;
    }

    @DataBoundSetter
    public void setOnPeerLoss(String onPeerLoss) {
        this.onPeerLoss = Util.fixEmpty(ParameterText.trimmed(onPeerLoss));
    }

    /** The parameter of version 1.0 for {@code onPeerLoss: 'continue'}. */
    @Deprecated
    public boolean isAcceptUnfenced() {
        return PeerLossPolicy.CONTINUE.word().equals(onPeerLoss);
    }

    @Deprecated
    @DataBoundSetter
    public void setAcceptUnfenced(boolean acceptUnfenced) {
        this.acceptUnfenced = acceptUnfenced;
        readResolve();
    }

    private Object readResolve() {
        if (Boolean.TRUE.equals(acceptUnfenced) && onPeerLoss == null) {
            onPeerLoss = PeerLossPolicy.CONTINUE.word();
        }
        acceptUnfenced = null;
        return this;
    }

    @Override
    public Operation operation() {
        return operationWith(null);
    }

    @Override
    Operation operation(Run<?, ?> run) throws AbortException {
        if (sharedSecretCredentialsId == null) {
            return operation();
        }
        return operationWith(
                new SharedSecret(Passwords.of(sharedSecretCredentialsId, run, "the shared-secret of " + resource)));
    }

    private Operation operationWith(SharedSecret secret) {
        Check.that(
                config == null || metaDisk.equals("internal"),
                "config",
                "config and metaDisk",
                "not be given together: write meta-disk into the text of config");
        ResourceSpec spec = new ResourceSpec(
                resource,
                volumeSpecs(),
                nodeDisks.stream().map(NodeDisk::toSpec).toList(),
                config,
                port,
                protocol,
                dualPrimary,
                options,
                secret);
        return new DrbdCreateResource(
                spec, Overwrite.parse(overwrite), keepMetadata, PeerLossPolicy.parse("onPeerLoss", onPeerLoss));
    }

    private List<VolumeSpec> volumeSpecs() {
        if (device == null && disk == null) {
            return volumes.stream().map(volume -> volume.toSpec(metaDisk)).toList();
        }
        Check.that(volumes.isEmpty(), "volumes", "besides device or disk", "be given alone");
        return List.of(new VolumeSpec(0, device, disk, metaDisk));
    }

    /** Registers the step in Jenkins. */
    @Extension
    public static final class DescriptorImpl extends ClusterStepDescriptor
            implements DiskFields, ReplicationFields, ResourceField {
        @Override
        public String getFunctionName() {
            return "drbdCreateResource";
        }

        @Override
        public String getDisplayName() {
            return "Create or update a DRBD resource";
        }

        /** Checks the field device while it is typed. */
        @POST
        public FormValidation doCheckDevice(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "device", value, path -> DrbdRules.device("device", path));
        }

        /** Checks the field config while it is typed. */
        @POST
        public FormValidation doCheckConfig(@AncestorInPath Item item, @QueryParameter String value) {
            return FormField.text(item, "config", value, ResourceText::parse);
        }
    }
}
