package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.answered;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdDeviceUsers;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.ocfs2.HeartbeatRegion;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceUses;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Facts of nodes with the resource r0 in use: built, or recorded on real nodes with DRBD 8.4.11. */
public final class ResourceInUseNodes {
    public static final ResourceState PRIMARY =
            DrbdNodes.state("Primary", "UpToDate", "Connected", "Secondary", "UpToDate");
    public static final ResourceState SECONDARY =
            DrbdNodes.state("Secondary", "UpToDate", "Connected", "Primary", "UpToDate");
    public static final ResourceState IDLE =
            DrbdNodes.state("Secondary", "UpToDate", "Connected", "Secondary", "UpToDate");
    public static final ResourceState DUAL = DrbdNodes.state("Primary", "UpToDate", "Connected", "Primary", "UpToDate");

    private ResourceInUseNodes() {}

    /** A node with r0 in this state or, if null, down, and unused. */
    public static NodeFacts free(Node node, ResourceState state) {
        return unused(DrbdNodes.node(node, DrbdNodes.configured(false, DrbdNodes.SYNCED), state));
    }

    /** The same facts with nothing mounted, in use, or in fstab. */
    public static NodeFacts unused(NodeFacts node) {
        return unusedDevice(unusedDevice(node, 0), 1)
                .with(StorageProbes.MOUNTS, new MountInfo(List.of()))
                .with(DrbdDeviceUsers.PROBE, DrbdDeviceUsers.NONE)
                .with(SystemProbes.file("/etc/fstab"), new FileFact(true, "", "644"));
    }

    private static NodeFacts unusedDevice(NodeFacts node, int minor) {
        String path = "/dev/drbd" + minor;
        String name = "147:" + minor;
        return read(node, BlockDevice.probe(path), SimulatedNodes.device(path, name, "unseen\n", ""))
                .with(DrbdDevices.PROBE, DrbdDevices.NONE)
                .with(HeartbeatRegion.PROBE, List.of())
                .with(DeviceUses.PROBE, DeviceUses.PROBE.parser().apply(new Reading(0, "end\n")));
    }

    /** The node with /dev/drbd0 mounted. */
    public static NodeFacts mounted(NodeFacts node, String... mountPoints) {
        List<Mount> mounts = new ArrayList<>(node.get(StorageProbes.MOUNTS).mounts());
        for (String mountPoint : mountPoints) {
            mounts.add(mount("147:0", "/dev/drbd0", mountPoint));
        }
        return node.with(StorageProbes.MOUNTS, new MountInfo(mounts));
    }

    public static Mount mount(String number, String source, String mountPoint) {
        return new Mount(number, "/", mountPoint, "rw,relatime", "xfs", source, "rw");
    }

    /** The node with these lines of the probe of device users, such as {@code process 0 12 ...}. */
    public static NodeFacts used(NodeFacts node, String lines) {
        return node.with(DrbdDeviceUsers.PROBE, DrbdDeviceUsers.PROBE.parser().apply(new Reading(0, lines)));
    }

    public static NodeFacts fstab(NodeFacts node, String text) {
        return node.with(SystemProbes.file("/etc/fstab"), new FileFact(true, text, "644"));
    }

    /** The node with this mount point. */
    public static NodeFacts place(NodeFacts node, String path, MountDirectory.Kind kind, int entries) {
        return node.with(MountDirectory.probe(path), new MountDirectory(kind, path, entries));
    }

    /** A node recorded in the lab, with all facts that the operations need about this resource. */
    public static NodeFacts recorded(String state, Node node, String resource) {
        String path = "life84/" + state + "/" + node.name() + "-";
        NodeFacts facts = answered(node).with(DrbdProbes.VERSION, Optional.of(DrbdNodes.VERSION));
        facts = read(facts, DrbdProbes.STATE, Recorded.text(path + "state.txt"));
        facts = read(facts, DrbdProbes.configured(resource), Recorded.text(path + "configured.txt"));
        facts = read(facts, StorageProbes.MOUNTS, Recorded.text(path + "mounts.txt"));
        return facts.with(DrbdDeviceUsers.PROBE, DrbdDeviceUsers.NONE)
                .with(SystemProbes.file("/etc/fstab"), new FileFact(true, "", "644"))
                .with(RunningOptions.probe(resource), new RunningOptions("sha1", false, Set.of()));
    }

    public static <T> NodeFacts read(NodeFacts node, Probe<T> probe, String text) {
        return node.with(probe, probe.parser().apply(new Reading(0, text)));
    }
}
