package io.jenkins.plugins.drbdocfs2.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.jenkins.Passwords;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.DrbdCreateResource;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.SharedSecret;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.VolumeSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** drbdCreateResource: creates or updates a DRBD resource, and brings it up on all its nodes. */
public final class DrbdCreateResourceStep extends ClusterStep {
    /** The default port. */
    public static final int DEFAULT_PORT = ResourceSpec.DEFAULT_PORT;

    private static final long serialVersionUID = 1L;

    private final String resource;
    private String device;
    private String disk;
    private String metaDisk;
    private ArrayList<DrbdVolume> volumes;
    private ArrayList<NodeDisk> nodeDisks;
    private String config;
    private Integer port;
    private String protocol;
    private boolean dualPrimary;
    private String options;
    private String sharedSecretCredentialsId;
    private String overwrite;
    private boolean keepMetadata;
    private String keepDataOf;
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
        return Util.fixNull(metaDisk, "internal");
    }

    @DataBoundSetter
    public void setMetaDisk(String metaDisk) {
        this.metaDisk = ParameterText.trimmed(metaDisk);
    }

    /** The volumes, if there are several; instead of device and disk. */
    public List<DrbdVolume> getVolumes() {
        return Util.fixNull(volumes);
    }

    @DataBoundSetter
    public void setVolumes(List<DrbdVolume> volumes) {
        this.volumes = volumes == null ? null : new ArrayList<>(volumes);
    }

    /** Disks that differ on single nodes. */
    public List<NodeDisk> getNodeDisks() {
        return Util.fixNull(nodeDisks);
    }

    @DataBoundSetter
    public void setNodeDisks(List<NodeDisk> nodeDisks) {
        this.nodeDisks = nodeDisks == null ? null : new ArrayList<>(nodeDisks);
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
        return Util.fixNull(port, DEFAULT_PORT);
    }

    @DataBoundSetter
    public void setPort(int port) {
        this.port = port;
    }

    /** The replication protocol: A, B or C. */
    public String getProtocol() {
        return Util.fixNull(protocol, "C");
    }

    @DataBoundSetter
    public void setProtocol(String protocol) {
        this.protocol = ParameterText.trimmed(protocol);
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

    /** The node whose disk has a filesystem that gets DRBD below it; null if there is none. */
    public String getKeepDataOf() {
        return keepDataOf;
    }

    @DataBoundSetter
    public void setKeepDataOf(String keepDataOf) {
        this.keepDataOf = Util.fixEmpty(ParameterText.trimmed(keepDataOf));
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
                config == null || getMetaDisk().equals("internal"),
                "config",
                "config and metaDisk",
                "not be given together: write meta-disk into the text of config");
        ResourceSpec spec = new ResourceSpec(
                resource,
                volumeSpecs(),
                getNodeDisks().stream().map(NodeDisk::toSpec).toList(),
                config,
                getPort(),
                getProtocol(),
                dualPrimary,
                options,
                secret);
        return new DrbdCreateResource(
                spec,
                Overwrite.parse(overwrite),
                keepMetadata,
                PeerLossPolicy.parse("onPeerLoss", onPeerLoss),
                keepDataOf);
    }

    private List<VolumeSpec> volumeSpecs() {
        if (device == null && disk == null) {
            return getVolumes().stream()
                    .map(volume -> volume.toSpec(getMetaDisk()))
                    .toList();
        }
        Check.that(getVolumes().isEmpty(), "volumes", "besides device or disk", "be given alone");
        return List.of(new VolumeSpec(0, device, disk, getMetaDisk()));
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
    }
}
