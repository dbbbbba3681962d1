package io.jenkins.plugins.drbdocfs2.operation.health;

import static io.jenkins.plugins.drbdocfs2.operation.health.Severity.CRITICAL;
import static io.jenkins.plugins.drbdocfs2.operation.health.Severity.ERROR;
import static io.jenkins.plugins.drbdocfs2.operation.health.Severity.WARNING;

/**
 * The catalogue of problems, in the order in which one resolves them: a problem near the top often causes those below it.
 * docs/troubleshooting.md is generated from it.
 */
public enum ProblemKind {
    UNREACHABLE(
            CRITICAL,
            "node.not-reachable",
            "a node does not answer",
            "No connection was made, or the node did not answer in time: it is off, it hangs, or the network to it is down. Its"
                    + " state is unknown, and the other nodes have no redundancy.",
            "Look at its console. Start it, or repair the network; see [reaching nodes](#reaching-nodes)."),
    UNUSABLE(
            CRITICAL,
            "node.not-usable",
            "a node cannot be examined",
            "Something answers at its address, but it is another machine, accepts no login, or does not run scripts as root; or"
                    + " an answer is not understood. Its state is unknown.",
            "Resolve what the finding says; see [reaching nodes](#reaching-nodes), [host keys](#host-keys) and [credentials"
                    + " and sudo](#credentials-and-sudo)."),
    SPLIT_BRAIN(
            CRITICAL,
            "drbd.split-brain-found",
            "the data of two nodes have split",
            "Both nodes were written to since they last had the same data. DRBD does not connect them again, and the writes of"
                    + " one of them will be lost.",
            "Decide which node's writes to discard, save what you need of them, and run `drbdResolveSplitBrain` with that node"
                    + " as `victim`."),
    NO_QUORUM(
            CRITICAL,
            "drbd.quorum-lost",
            "a resource has no quorum",
            "The node reaches too few nodes of the resource, so that it must not write.",
            "Bring the other nodes back, or repair the network; then the resource continues by itself."),
    SUSPENDED(
            CRITICAL,
            "drbd.io-suspended",
            "I/O is suspended",
            "DRBD lets all reads and writes of the resource wait, usually because the node has lost its peer: the service"
                    + " stands still.",
            "Bring the peer back. If it is off for sure and stays off, run `clusterConfirmNodeDown`."),
    PEER_UNREACHABLE(
            ERROR,
            "node.peer-not-reachable",
            "a node does not reach another one",
            "A firewall is between the nodes, or the replication network is down.",
            "Repair the network between the replication addresses, or open the ports (7789 and up for DRBD, 7777 for o2cb)."),
    NO_DISK(
            ERROR,
            "drbd.disk-lost",
            "a volume has no disk",
            "DRBD has detached the disk of the node, usually after an I/O error, or never attached it. The node uses the data of"
                    + " its peer, so there is only one copy left.",
            "See `dmesg` and the state of the disk. Replace it if it is broken, then run `drbdCreateResource`, which creates the"
                    + " metadata and attaches it."),
    DISK_CHANGED(
            ERROR,
            "drbd.disk-not-as-attached",
            "the disk is not what DRBD attached",
            "The disk has become smaller, or its path leads to another device.",
            "Do what the finding says before the next reboot of a node."),
    DOWN(
            ERROR,
            "drbd.resource-down",
            "a resource is down on a node",
            "The configuration has the resource, or a volume of it, but the kernel does not; or the node lacks the file of a"
                    + " resource that it is a node of.",
            "Run `drbdCreateResource`, which brings it up."),
    DISCONNECTED(
            ERROR,
            "drbd.connection-lost",
            "two nodes are not connected",
            "DRBD does not replicate between the nodes: there is no current second copy. `StandAlone` means that DRBD has given"
                    + " up, for example after a split brain.",
            "If both nodes answer, repair the network between their replication addresses; a node that is `StandAlone`"
                    + " connects again with `drbdCreateResource`."),
    NOT_UP_TO_DATE(
            ERROR,
            "drbd.data-not-current",
            "the data of a node are not current",
            "The disk is `Inconsistent` or `Outdated`, or in a state on the way, and no synchronisation changes that.",
            "Connect the node to one that is `UpToDate`, and wait with `drbdWaitSync`."),
    OUT_OF_SYNC(
            ERROR,
            "drbd.blocks-differ",
            "blocks differ between connected nodes",
            "An online verify found blocks that differ between the nodes, although both are `UpToDate`.",
            "Find the cause (disk, memory, network card, writes to pages in flight). Then disconnect and connect the node whose"
                    + " blocks are wrong: the marked blocks are synchronised. Verify again."),
    SYNC_PAUSED(
            ERROR,
            "drbd.sync-paused",
            "a synchronisation is paused",
            "The synchronisation waits: for another one, after `drbdadm pause-sync`, or because a peer paused it.",
            "If no other synchronisation runs, run `drbdadm resume-sync` on both nodes."),
    VOLUME_FAULTY(
            ERROR,
            "lvm.device-lost",
            "LVM lacks a device, or a volume is faulty",
            "A physical volume of a volume group is missing, or LVM marks a logical volume as faulty.",
            "See `pvs`, `vgs` and `lvs -a -o +devices` on the node; replace the disk."),
    DISK_ERRORS(
            ERROR,
            "disk.io-errors",
            "the kernel reports errors of a disk",
            "The kernel log of the last 24 hours has I/O errors. The disk, its cable or its controller may be about to fail.",
            "See `dmesg` and `smartctl -a`; replace the disk while the peer is `UpToDate`."),
    FILESYSTEM_ERRORS(
            ERROR,
            "filesystem.errors-found",
            "the kernel reports errors of a filesystem",
            "A filesystem found damage in its structures within the last 24 hours.",
            "Unmount it on all nodes, then check it (`fsck.ocfs2`, `xfs_repair`, `e2fsck`)."),
    READ_ONLY(
            ERROR,
            "filesystem.read-only",
            "a filesystem is read-only",
            "The kernel made the filesystem read-only, usually after an error: its entry in fstab or its mount does not ask for"
                    + " it.",
            "See `dmesg`; unmount it, check it, and mount it again."),
    FULL(
            ERROR,
            "filesystem.full",
            "a filesystem is full",
            "At least 98 % of its space or of its inodes is used.",
            "Delete files, or make the volume and the filesystem larger."),
    CLUSTER_OFFLINE(
            ERROR,
            "o2cb.offline",
            "the O2CB cluster is offline",
            "`cluster.conf` has a cluster with the node, but it is not online there: OCFS2 cannot be mounted.",
            "Run `ocfs2ConfigureCluster`, which brings it online; see `systemctl status o2cb`."),
    CLUSTER_DIFFERS(
            ERROR,
            "o2cb.differs",
            "the nodes have different O2CB clusters",
            "`cluster.conf`, the running cluster or its timeouts differ between nodes. Nodes with different timeouts do not"
                    + " connect, and a node with another number is fenced or corrupts data.",
            "Run `ocfs2ConfigureCluster` on all nodes."),
    NOT_MOUNTED(
            ERROR,
            "mount.missing",
            "a filesystem in fstab is not mounted",
            "`/etc/fstab` has an entry that is mounted at boot, but nothing is mounted there.",
            "Run `clusterMount`; its error, or `systemctl status` of the mount unit, tells the cause."),
    SLOT_LEFT(
            ERROR,
            "ocfs2.slot-left",
            "a slot belongs to a node that has not mounted the volume",
            "The node left without unmounting, and no other node has recovered its slot and journal yet.",
            "If it stays, mount the volume on that node, or unmount it everywhere and mount it again; see `dmesg`."),
    BAD_ADDRESS(
            ERROR,
            "node.address-not-usable",
            "a replication address is not usable",
            "The address is a name, a loopback address, not an address of the node, or also that of another node.",
            "Set the address with `address` in the list of nodes, or correct the network of the node."),
    NO_MODULE(
            ERROR,
            "node.module-missing",
            "the running kernel lacks a module",
            "The kernel of the node has no module drbd or ocfs2, usually since an upgrade: after a reboot the node does not"
                    + " come up again.",
            "Boot a kernel that has it, or install the module."),
    NO_HANDLER(
            ERROR,
            "drbd.handler-missing",
            "the fence-peer handler is missing",
            "The resource names a handler that is not on the node: if the peer is lost, I/O stays suspended.",
            "Run `drbdCreateResource` again, which writes it."),
    UNREADABLE(
            ERROR,
            "node.not-readable",
            "something could not be read",
            "A part of the state is unknown, so a problem there would not be seen.",
            "Resolve what the finding says, then look again."),
    FENCING_FAILED(
            WARNING,
            "drbd.fencing-failed",
            "the last fencing failed",
            "The handler could not fence the peer when it was last called. The next time it may fail too.",
            "Correct the device with `clusterConfigureFencing`, and test it with `clusterFenceNode`."),
    NO_DEVICE(
            WARNING,
            "drbd.fencing-device-missing",
            "there is no fencing device for a node",
            "The node has fencing devices for other nodes, but not for this one: if it is lost, I/O stays suspended.",
            "Run `clusterConfigureFencing` with a device for each node."),
    NOT_FENCED(
            WARNING,
            "drbd.not-fenced",
            "two Primaries without fencing or quorum",
            "Nodes that lose each other both continue to write, and their data split.",
            "Set `onPeerLoss` of `drbdCreateResource` to `freeze` or `fence`."),
    SYNCHRONISING(
            WARNING,
            "drbd.synchronisation-runs",
            "a synchronisation runs",
            "Until it ends, one of the nodes has no complete current data.",
            "Wait, for example with `drbdWaitSync`."),
    NOT_AT_BOOT(
            WARNING,
            "o2cb.not-at-boot",
            "the O2CB cluster does not start at boot",
            "The services o2cb or ocfs2 are not enabled: after a reboot the node does not join.",
            "Run `ocfs2ConfigureCluster`, or `systemctl enable o2cb ocfs2`."),
    NOT_IN_FSTAB(
            WARNING,
            "mount.not-in-fstab",
            "a mounted OCFS2 volume is not in fstab",
            "After a reboot the node does not mount it.",
            "Run `clusterMount`, which adds it. A mount that another program makes needs no entry."),
    FEW_SLOTS(
            WARNING,
            "ocfs2.few-slots",
            "a volume has fewer node slots than the cluster has nodes",
            "Not all nodes can mount the volume at the same time.",
            "Add slots with `tunefs.ocfs2 -N` while no node has it mounted."),
    NEARLY_FULL(
            WARNING,
            "filesystem.nearly-full",
            "a filesystem is nearly full",
            "At least 90 % of its space or of its inodes is used.",
            "Delete files, or make the volume and the filesystem larger in time."),
    CLOCK(
            WARNING,
            "node.clock-off",
            "the clocks of two nodes differ",
            "They are more than 1 s apart, so that times of files and in logs do not match.",
            "Synchronise both with a time server (`timedatectl`, chrony).");

    private final Severity severity;
    private final String id;
    private final String title;
    private final String meaning;
    private final String remedy;

    ProblemKind(Severity severity, String id, String title, String meaning, String remedy) {
        this.severity = severity;
        this.id = id;
        this.title = title;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** How bad it is. */
    public Severity severity() {
        return severity;
    }

    /** Area and kind, such as {@code drbd.disk-lost}; public, so it never changes. */
    public String id() {
        return id;
    }

    /** The finding in a few words. */
    public String title() {
        return title;
    }

    /** What it means, in sentences in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** What to do, in sentences in Markdown. */
    public String remedy() {
        return remedy;
    }

    /** What to do, as the end of a message: without links, and without its full stop. */
    String plainRemedy() {
        return remedy.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replaceFirst("\\.$", "");
    }
}
