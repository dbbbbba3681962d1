package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Findings about OCFS2 filesystems. */
public enum Ocfs2Refusal implements RefusalKind {
    NOT_INSTALLED(
            "ocfs2.not-installed",
            "the tools of OCFS2 are missing",
            "`mkfs.ocfs2`, `o2cb` or the service o2cb is missing; SUSE has o2cb in a separate package.",
            "Run `ocfs2Install`."),
    SLOT_HELD(
            "ocfs2.slot-held",
            "a node has the filesystem mounted",
            "According to the slot map of the filesystem a node has it mounted, possibly one that is not in the"
                    + " cluster here. A crashed node is listed until the filesystem is mounted and unmounted again.",
            "Unmount it there first. After a crash mount and unmount it once, or check it with `fsck.ocfs2`."),
    SLOTS_UNKNOWN(
            "ocfs2.slots-unknown",
            "who has the filesystem mounted is not known",
            "There is OCFS2 on the device, and `debugfs.ocfs2 -R slotmap` does not report who has it mounted.",
            "Run it on the node to see its error; it is in the package ocfs2-tools."),
    MOUNTED_ALREADY(
            "ocfs2.mounted-already",
            "the filesystem is mounted elsewhere on the node",
            "A second mount of OCFS2 on a node takes a second reference of its heartbeat; after both are"
                    + " unmounted it still holds the device open.",
            "Unmount it there first, or show its files at the second place with `mount --bind`."),
    TOO_FEW_SLOTS(
            "ocfs2.too-few-slots",
            "the filesystem has fewer node slots than nodes that mount it",
            "Each node needs a slot.",
            "Run `tunefs.ocfs2 --node-slots NUMBER DEVICE`, or name fewer nodes."),
    OTHER_CLUSTER(
            "ocfs2.other-cluster",
            "the filesystem belongs to another cluster",
            "A filesystem is bound to its cluster by name, and another one is online.",
            "Bring its cluster online, or, with the filesystem mounted nowhere, give it to this one:"
                    + " `tunefs.ocfs2 --update-cluster-stack DEVICE`."),
    NOT_AS_ASKED(
            "ocfs2.not-as-asked",
            "the filesystem exists with other properties",
            "The device holds OCFS2 with another label, number of slots, size or cluster. It is not recreated.",
            "To keep it, request its properties; `tunefs.ocfs2` can give it another label, more node slots or"
                    + " another cluster. To replace it, name it with `overwrite`."),
    NOT_SHARED(
            "ocfs2.not-shared",
            "no OCFS2 is mounted at the mount point",
            "Nothing, or a single-node filesystem, is mounted there. No other node can see what one node writes.",
            "Mount an OCFS2 filesystem there on all nodes (`clusterMount`)."),
    OTHER_FILESYSTEM(
            "ocfs2.other-filesystem",
            "the nodes have mounted different filesystems",
            "Nodes that mount different filesystems share nothing.",
            "Mount the same one on all nodes.");

    private final Entry entry;

    Ocfs2Refusal(String id, String title, String meaning, String remedy) {
        entry = new Entry(id, title, meaning, remedy, null);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
