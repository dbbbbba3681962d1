package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Refusals about roles, connections and data of DRBD resources. */
public enum DrbdRefusal implements RefusalKind {
    NOT_INSTALLED(
            "drbd.not-installed",
            "the tools of DRBD are not installed or do not run",
            "The tools of DRBD are missing, or `drbdadm --version` fails.",
            "Run `drbdInstall`."),
    STATE_UNKNOWN(
            "drbd.state-unknown",
            "the state of DRBD is not known",
            "`drbdsetup events2 --now` gives no valid answer: tools and kernel module do not fit each"
                    + " other, or the module is older than 8.4.6. A resource in use could be mistaken for one that is "
                    + "down, and its disks for free disks.",
            "Compare the versions that `drbdadm --version` prints; install tools and module of one generation."),
    NOT_UP(
            "drbd.not-up",
            "the resource is not up",
            "It is configured, and not running: after a boot without the service, or `drbdadm down`. What"
                    + " its disk holds is not known then; it could be the good data.",
            "Run `drbdCreateResource`, which brings it up."),
    PEER_PRIMARY(
            "drbd.peer-primary",
            "the other node is Primary",
            "Another node is Primary, and the resource does not allow two Primaries, or it is not known"
                    + " whether it does. Two Primaries without a cluster filesystem destroy the data.",
            "Demote the other node first (`drbdDemote`, `drbdSwitchover`). For OCFS2 create the resource"
                    + " with `dualPrimary: true`. If the configuration is not understood, see `drbdadm dump"
                    + " RESOURCE`."),
    TWO_PRIMARIES(
            "drbd.two-primaries",
            "two nodes are Primary",
            "The step allows at most one Primary. While two nodes are Primary, DRBD does not take"
                    + " `allow-two-primaries` back (failure 164), and there is nothing to switch.",
            "Unmount and demote one node first (`clusterUnmount`, `drbdDemote`).",
            "`dualPrimary: true` of `drbdCreateResource`"),
    PRIMARIES_APART(
            "drbd.primaries-apart",
            "two nodes are Primary and not connected",
            "Each writes data that the other does not get. The side that is discarded later loses them.",
            "Connect them first: `drbdStatus` shows their state, `drbdCreateResource` connects them again, "
                    + "`drbdResolveSplitBrain` resolves a split brain. On one node alone (`nodes`) a"
                    + " filesystem can be mounted."),
    PRIMARY(
            "drbd.primary",
            "the resource is Primary",
            "The resource is to be removed on a node that is Primary, so it is in use.",
            "Run `drbdDemote` first."),
    NOT_PRIMARY(
            "drbd.not-primary",
            "the node is not Primary with good data",
            "A filesystem is made and mounted on a node that is Primary and UpToDate. On a Secondary,"
                    + " `mount` says \"Wrong medium type\"; DRBD 9 would make the node Primary without checking which "
                    + "node has the newest data.",
            "Run `drbdPromote` (and `drbdWaitSync`) first, act on the Primary, or change the roles with"
                    + " `drbdSwitchover`."),
    MANAGED_ELSEWHERE(
            "drbd.managed-elsewhere",
            "another program manages the resource",
            "LINSTOR, drbd-reactor or Pacemaker manages the resource according to its configuration, or that"
                    + " configuration cannot be read. Both would act against each other: LINSTOR writes the file of the"
                    + " resource again; drbd-reactor and Pacemaker promote, demote and stop it by themselves.",
            "Change the resource with the commands of the program that the finding names (`linstor`,"
                    + " `drbd-reactorctl`, `pcs` or `crm`), or end its management first. Steps that only read, such as"
                    + " `drbdStatus`, `drbdWaitSync` and `drbdVerify`, still run."),
    NO_PRIMARY(
            "drbd.no-primary",
            "no node is Primary",
            "DRBD 8 resizes a resource only from a Primary.",
            "Promote a node with `drbdPromote` first."),
    NOT_CONNECTED(
            "drbd.not-connected",
            "the resource is not connected",
            "The nodes are disconnected. Each misses the writes of the other, and the data could split.",
            "`drbdStatus` shows why, `drbdCreateResource` connects again. If the old Primary is dead and"
                    + " does not come back as it was, use `drbdPromote` in place of `drbdSwitchover`."),
    STAND_ALONE(
            "drbd.stand-alone",
            "the connection is StandAlone",
            "DRBD does not try to connect any more: the connection was taken down, or a split brain was found.",
            "`drbdStatus` shows which. After a split brain use `drbdResolveSplitBrain`, else `drbdCreateResource`."),
    PEER_STATE_OLD(
            "drbd.peer-state-old",
            "the node wrongly regards its peer as Primary",
            "The node's state of its peer is outdated: the network or the peer went away, which DRBD notices"
                    + " after `ping-int` and `ping-timeout`, some ten seconds; or the peer is being demoted.",
            "Run the step again in a moment; `drbdStatus` shows what each node sees."),
    NOT_ASKED(
            "drbd.not-asked",
            "a node of the resource was not checked",
            "The node could be Primary, use the device, or have the good data. Only a check on that node can tell.",
            "Name all nodes of the resource in `withClusterNodes`, and omit `nodes`."),
    NO_QUORUM(
            "drbd.no-quorum",
            "the node has no quorum",
            "DRBD 9 lets a node write only while it reaches enough of the others, as the option `quorum`"
                    + " says. The nodes that it does not reach may have quorum, and a Primary with newer data.",
            "Bring the missing nodes back, or repair the network. Only if they are lost for good, remove `quorum` "
                    + "from the options with `drbdCreateResource`, or leave these nodes out of the"
                    + " resource."),
    SUSPENDED(
            "drbd.suspended",
            "DRBD has suspended the I/O",
            "All reads and writes of the device hang, and the processes cannot be killed meanwhile. So would a step "
                    + "that reads the device or a filesystem on it, or runs LVM. The handler `fence-peer` has not said"
                    + " that the peer is fenced, or quorum or data are missing.",
            "`dmesg` on the node shows the reason. Bring the peer back; only if it is certainly off, run"
                    + " `drbdadm resume-io RESOURCE`. If quorum is lost (DRBD 9), do not: `drbdadm secondary"
                    + " --force RESOURCE` gives up instead, and pending I/O fails with errors."),
    NOT_UP_TO_DATE(
            "drbd.not-up-to-date",
            "a node is not UpToDate",
            "A node does not have all of the data. The step would use old data, or leave a"
                    + " Primary without good data if something failed meanwhile.",
            "Run `drbdWaitSync` first; `drbdStatus` shows what each node sees. Repair a disk that is Diskless or Failed."),
    NO_GOOD_DATA(
            "drbd.no-good-data",
            "no node that is reached has good data",
            "The node reaches no UpToDate disk: the initial synchronisation was not started, or the"
                    + " node with the good data is missing.",
            "Connect the node that has the good data. Before the initial synchronisation name the node"
                    + " whose data are to be kept: `drbdPromote` with `force: true`.",
            "`force: true` of `drbdPromote`, if the disk is Inconsistent"),
    GOOD_DATA(
            "drbd.good-data",
            "another node has, or may have, good data",
            "`force` would declare the data of one node good and overwrite those of all others. A node has"
                    + " good data, its disk was synchronised or written to before, or its metadata cannot be read."
                    + " `force` is for resources that never had any data.",
            "Promote the node that has the good data, without `force`; after a split brain use"
                    + " `drbdResolveSplitBrain`. Attach a disk that is detached or failed with `drbdCreateResource`."
                    + " To start over on purpose, run `drbdRemoveResource` with `wipeMetadata: true`, then create the"
                    + " resource again."),
    OLDER_DATA(
            "drbd.older-data",
            "the data of the node are older than those of another",
            "The generation identifiers in the metadata say that the other node was written to after the"
                    + " connection was lost. If this node became Primary now, both would have changes that the other"
                    + " lacks.",
            "Restore the connection first: `drbdStatus` shows it, `drbdCreateResource` connects again. Or"
                    + " promote the other node."),
    SPLIT_BRAIN(
            "drbd.split-brain",
            "the data have split",
            "Nodes were both written to since they last had the same data. Connecting them could discard the writes "
                    + "of one side. The longer both sides are in use, the more is lost.",
            "See both sides with `drbdStatus`. Decide which writes to discard, save a copy of them if needed, and"
                    + " run `drbdResolveSplitBrain` with that node as `victim`. If three nodes have split, name"
                    + " two of them with `nodes` first."),
    NO_SPLIT_BRAIN(
            "drbd.no-split-brain",
            "there is no split brain",
            "The nodes are only disconnected, and one side is newer. The writes of the victim would be discarded "
                    + "needlessly.",
            "Connect them with `drbdCreateResource`: the newer data win."),
    UNRELATED_DATA(
            "drbd.unrelated-data",
            "the two sides never had the same data",
            "The nodes have nothing in common, for example after the metadata of one were recreated. DRBD never "
                    + "connects them.",
            "To discard all data of one node, run `drbdRemoveResource` there (`nodes`,"
                    + " `wipeMetadata: true`), then `drbdCreateResource`."),
    ON_VICTIMS_SIDE(
            "drbd.on-victims-side",
            "a third node is on the side of the victim",
            "Of three nodes two are on the side that was named. If the victim alone discarded its writes, the"
                    + " other would stay split.",
            "Name the other node as `victim`. To keep its data, remove the resource on the two others"
                    + " (`drbdRemoveResource` with `nodes` and `wipeMetadata`) and create it again there."),
    IN_USE(
            "drbd.in-use",
            "the resource is in use",
            "A mount, a process, LVM, a loop device or swap has the device of the resource open. It would"
                    + " lose its device, or the data would change below it.",
            "Unmount with `clusterUnmount`, and stop whatever else the finding names. Nothing is forced."),
    SYNCHRONISING(
            "drbd.synchronising",
            "the resource is in a synchronisation",
            "Data that are still being copied cannot be compared.",
            "Run `drbdWaitSync` first."),
    VERIFYING(
            "drbd.verifying",
            "the resource is being compared",
            "An online verify runs, and DRBD does not resize meanwhile.",
            "Wait for its end with `drbdVerify`."),
    VOLUME_UNKNOWN(
            "drbd.volume-unknown",
            "which volume is to be mounted is not known",
            "The resource has several volumes. `drbdSwitchover` mounts the one that was mounted on the old"
                    + " Primary, else the one that `/etc/fstab` of a node has for the mount point; there is neither.",
            "Leave out `mountPoint`, and mount with `clusterMount`.");

    private final Entry entry;

    DrbdRefusal(String id, String title, String meaning, String remedy) {
        this(id, title, meaning, remedy, null);
    }

    DrbdRefusal(String id, String title, String meaning, String remedy, String allowedBy) {
        entry = new Entry(id, title, meaning, remedy, allowedBy);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
