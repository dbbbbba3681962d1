package io.jenkins.plugins.drbdocfs2.operation;

import static io.jenkins.plugins.drbdocfs2.operation.TestNodes.answered;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.status.Events2;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.Service;
import io.jenkins.plugins.drbdocfs2.ocfs2.ClusterConf;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNode;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbTimeouts;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.Blkid;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.UnfinishedFilesystem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts of nodes with a DRBD device and an OCFS2 cluster, for tests of plans. */
public final class Ocfs2Nodes {
    public static final String DRBD0 = "/dev/drbd0";
    public static final String UUID = "07aaa866-47ec-4c5f-8ccb-8890f9e2e864";
    public static final String MNT = "/mnt/shared";
    public static final String FSTAB = "# static\n/dev/ubda / ext4 noatime 0 0\n";
    public static final String ROOT_MOUNT = "21 1 98:0 / / rw,relatime - ext4 /dev/ubda rw\n";
    public static final String OCFS2_MOUNT = "60 21 147:0 / " + MNT + " rw,relatime - ocfs2 /dev/drbd0 rw,_netdev\n";
    public static final ClusterConf CLUSTER = ClusterConf.of(
            "tclust", List.of(new O2cbNode(0, "sv1", "10.77.0.1", 7777), new O2cbNode(1, "sv2", "10.77.0.2", 7777)));

    private Ocfs2Nodes() {}

    public static <T> T read(Probe<T> probe, String text) {
        return probe.parser().apply(new Reading(0, text));
    }

    public static O2cbState online(ClusterConf cluster, Map<String, Integer> timeouts, String... regions) {
        return new O2cbState(List.of(new O2cbState.Cluster(
                cluster.name(),
                cluster.heartbeatMode(),
                O2cbTimeouts.complete(timeouts),
                cluster.nodes(),
                true,
                List.of(regions))));
    }

    public static BlockDevice drbd0(boolean readable, Map<String, String> blkid) {
        boolean blank = blkid.isEmpty();
        return new BlockDevice(
                DRBD0,
                BlockDevice.Kind.BLOCK,
                DRBD0,
                "147:0",
                10L << 30,
                List.of(),
                readable,
                blank,
                new Blkid(blkid),
                blank ? List.of() : List.of(blkid.get("TYPE")));
    }

    public static Map<String, String> ocfs2(String label) {
        return Map.of("TYPE", "ocfs2", "USAGE", "filesystem", "LABEL", label, "UUID", UUID);
    }

    public static Ocfs2Volume volume(String label, int slots, String cluster) {
        return new Ocfs2Volume(
                label,
                UUID.replace("-", "").toUpperCase(java.util.Locale.ROOT),
                1024,
                8192,
                slots,
                "o2cb",
                cluster,
                32L << 20,
                Map.of());
    }

    /** The volume of {@link #formatted}, mounted by the nodes with these numbers. */
    public static Optional<Ocfs2Volume> usedBy(int... nodes) {
        Map<Integer, Integer> slots = new LinkedHashMap<>();
        for (int node : nodes) {
            slots.put(slots.size(), node);
        }
        return withSlots(slots);
    }

    /** The same volume; it is unknown which nodes have it mounted. */
    public static Optional<Ocfs2Volume> usedByUnknown() {
        return withSlots(null);
    }

    private static Optional<Ocfs2Volume> withSlots(Map<Integer, Integer> slots) {
        Ocfs2Volume free = volume("data", 2, "tclust");
        return Optional.of(new Ocfs2Volume(
                free.label(),
                free.uuid(),
                free.blockSize(),
                free.clusterSize(),
                free.slots(),
                free.stack(),
                free.cluster(),
                free.journalBytes(),
                slots));
    }

    /** A node whose r0 is Primary and UpToDate like the peer's, with a blank device and no cluster. */
    public static NodeFacts fresh(Node node) {
        return state(node, "Primary", "UpToDate", "Primary", true)
                .with(BlockDevice.probe(DRBD0), drbd0(true, Map.of()))
                .with(StorageProbes.MOUNTS, MountInfo.parse(ROOT_MOUNT))
                .with(MountDirectory.probe(MNT), new MountDirectory(MountDirectory.Kind.ABSENT, MNT, 0))
                .with(
                        DrbdProbes.VERSION,
                        Optional.of(DrbdVersion.parse(
                                "DRBDADM_API_VERSION=1\nDRBD_KERNEL_VERSION_CODE=0x08040b\nDRBDADM_VERSION=9.22.0\n")))
                .with(Ocfs2Probes.STATE, O2cbState.OFFLINE)
                .with(Ocfs2Probes.volume(DRBD0), Optional.empty())
                .with(UnfinishedFilesystem.probe(DRBD0), false)
                .with(SystemProbes.file(ClusterConf.PATH), FileFact.ABSENT)
                .with(SystemProbes.file(Fstab.PATH), new FileFact(true, FSTAB, "644"))
                .with(SystemProbes.tools("mkfs.ocfs2"), Set.of("mkfs.ocfs2"))
                .with(SystemProbes.tools("systemctl"), Set.of("systemctl"))
                .with(SystemProbes.hasService("drbd"), true)
                .with(SystemProbes.hasService("o2cb"), true)
                .with(SystemProbes.service("o2cb"), new Service("enabled", "active"))
                .with(SystemProbes.service("ocfs2"), new Service("enabled", "active"));
    }

    /** The same node with the cluster online. */
    public static NodeFacts clustered(Node node) {
        return fresh(node)
                .with(Ocfs2Probes.STATE, online(CLUSTER, Map.of()))
                .with(SystemProbes.file(ClusterConf.PATH), new FileFact(true, CLUSTER.render(), "644"));
    }

    /** The same node with an OCFS2 filesystem on the device. */
    public static NodeFacts formatted(Node node) {
        return clustered(node)
                .with(BlockDevice.probe(DRBD0), drbd0(true, ocfs2("data")))
                .with(Ocfs2Probes.volume(DRBD0), Optional.of(volume("data", 2, "tclust")));
    }

    /** The same node with the filesystem mounted. */
    public static NodeFacts mounted(Node node) {
        return formatted(node)
                .with(StorageProbes.MOUNTS, MountInfo.parse(ROOT_MOUNT + OCFS2_MOUNT))
                .with(MountDirectory.probe(MNT), new MountDirectory(MountDirectory.Kind.DIRECTORY, MNT, 1))
                .with(Ocfs2Probes.volume(DRBD0), usedBy(0, 1));
    }

    /** The DRBD state of r0. */
    static NodeFacts state(Node node, String role, String disk, String peerRole, boolean dualPrimary) {
        String events = "exists resource name:r0 role:" + role + " suspended:no\n"
                + "exists connection name:r0 peer-node-id:1 conn-name:peer connection:Connected role:" + peerRole + "\n"
                + "exists device name:r0 volume:0 minor:0 disk:" + disk + "\n"
                + "exists peer-device name:r0 peer-node-id:1 conn-name:peer volume:0 replication:Established"
                + " peer-disk:UpToDate resync-suspended:no\n"
                + "exists -\n";
        return answered(node)
                .with(DrbdProbes.STATE, Optional.of(Events2.parse(events)))
                .with(
                        DrbdDevices.PROBE,
                        devices(
                                "/dev/drbd0 minor 0",
                                "/dev/sys/drbd0",
                                "net { " + (dualPrimary ? "allow-two-primaries; " : "") + "}"
                                        + " startup { become-primary-on both; }"));
    }

    /** The device of r0 on sv1, in the output of drbdadm 8.4. */
    public static DrbdDevices devices(String device, String disk, String options) {
        return read(
                DrbdDevices.PROBE,
                "real " + disk
                        + " /dev/dm-0 /dev/mapper/sys-drbd0\n= dump\n# resource r0 on sv1: not ignored, not stacked\n"
                        + "resource r0 {\n on sv1 {\n  device " + device + ";\n  disk " + disk
                        + ";\n  meta-disk internal;\n }\n " + options + "\n}\n");
    }

    /** A node that is Primary of r0 and has lost its peer. */
    public static NodeFacts disconnected(NodeFacts node) {
        String events = "exists resource name:r0 role:Primary suspended:no\n"
                + "exists connection name:r0 peer-node-id:1 conn-name:peer connection:Connecting role:Unknown\n"
                + "exists device name:r0 volume:0 minor:0 disk:UpToDate\n"
                + "exists peer-device name:r0 peer-node-id:1 conn-name:peer volume:0 replication:Off"
                + " peer-disk:DUnknown resync-suspended:no\n"
                + "exists -\n";
        return node.with(DrbdProbes.STATE, Optional.of(Events2.parse(events)));
    }

    /** The node with another state of r0, otherwise unchanged. */
    public static NodeFacts with(NodeFacts node, String role, String disk, String peerRole, boolean dualPrimary) {
        return node.and(state(node.node(), role, disk, peerRole, dualPrimary));
    }
}
