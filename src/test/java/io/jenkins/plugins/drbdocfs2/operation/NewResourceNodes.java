package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.SYNCED;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.configured;
import static io.jenkins.plugins.drbdocfs2.operation.DrbdNodes.state;
import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.BOTH;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.ListeningPorts;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts of nodes before and after r0, with two Primaries, is created. */
public final class NewResourceNodes {
    public static final long GIB = 1L << 30;
    public static final ResourceSpec SPEC = DrbdNodes.spec(true);
    public static final String TEXT =
            ResourceText.write(SPEC.on(BOTH), DrbdGeneration.V84).continuing().text();
    public static final ResourceState CONNECTED = state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate");

    private NewResourceNodes() {}

    /** A node with blank volumes and without r0, whose drbdadm accepts the new file. */
    public static NodeFacts fresh(Node node) {
        return DrbdNodes.node(node, ConfiguredResource.NONE, null)
                .with(SystemProbes.file("/etc/drbd.d/r0.res"), FileFact.ABSENT)
                .with(StorageProbes.MOUNTS, new MountInfo(List.of()))
                .with(StorageProbes.PORTS, new ListeningPorts(List.of()))
                .with(RunningOptions.probe("r0"), RunningOptions.NONE)
                .with(Ocfs2Probes.STATE, O2cbState.OFFLINE)
                .with(FencingDevices.PROBE, new FencingDevices(Set.of()))
                .with(SystemProbes.service("drbd-rejoin"), new SystemProbes.Service("", "inactive"))
                .with(SystemProbes.file("/usr/local/sbin/drbd-fence-peer"), FileFact.ABSENT)
                .with(SystemProbes.file("/usr/local/sbin/drbd-rejoin"), FileFact.ABSENT)
                .with(SystemProbes.file("/etc/systemd/system/drbd-rejoin.service"), FileFact.ABSENT)
                .with(data(), BlockDevice.blank("/dev/sys/drbd0", GIB))
                .with(meta(), BlockDevice.blank("/dev/sys/drbd0_meta", 128 << 20))
                .with(candidate(), configured(true, null));
    }

    public static Probe<BlockDevice> data() {
        return BlockDevice.probe("/dev/sys/drbd0");
    }

    public static Probe<BlockDevice> meta() {
        return BlockDevice.probe("/dev/sys/drbd0_meta");
    }

    public static Probe<ConfiguredResource> candidate() {
        return DrbdProbes.candidate("r0", "/etc/drbd.d/r0.res", TEXT);
    }

    /** A node on which r0 is as requested. */
    public static NodeFacts done(Node node) {
        return fresh(node)
                .with(SystemProbes.file("/etc/drbd.d/r0.res"), new FileFact(true, TEXT, "600"))
                .with(DrbdProbes.configured("r0"), configured(true, SYNCED))
                .with(DrbdProbes.STATE, Optional.of(new DrbdState(Map.of("r0", CONNECTED))));
    }

    public static NodeFacts holding(Node node, Map<String, String> blkid) {
        return fresh(node).with(data(), BlockDevice.blank("/dev/sys/drbd0", GIB).holding(blkid));
    }

    /** The same device with this major and minor number. */
    static BlockDevice numbered(BlockDevice device, String number) {
        return new BlockDevice(
                device.path(),
                device.kind(),
                device.realPath(),
                number,
                device.bytes(),
                device.users(),
                device.readable(),
                device.zero(),
                device.blkid(),
                device.signatures());
    }
}
