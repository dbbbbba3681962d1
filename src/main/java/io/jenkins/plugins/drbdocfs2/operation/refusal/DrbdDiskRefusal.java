package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Refusals about disks and metadata of DRBD resources. */
public enum DrbdDiskRefusal implements RefusalKind {
    DISKS_UNKNOWN(
            "drbd.disks-unknown",
            "drbdsetup does not report the disks of a resource",
            "`drbdsetup show` fails, so a disk that has become smaller, or is another one now, would not be seen.",
            "Run `drbdsetup show` on the node to see its error."),
    NO_DISK(
            "drbd.no-disk",
            "the node has no disk",
            "The resource has `disk none` on the node, or its disk is detached. The initial synchronisation, a verify "
                    + "and a resize need a node with disks.",
            "Name a node that has a disk, and have it in `withClusterNodes`."),
    DISK_FAILED(
            "drbd.disk-failed",
            "the disk failed or is detached",
            "The disk is Failed or Diskless, so a synchronisation would never end.",
            "See `dmesg` on the node for the fault; `drbdCreateResource` attaches the disk again."),
    DISK_SHRANK(
            "drbd.disk-shrank",
            "the disk has become smaller",
            "The disk, or that of the metadata, shrank below a resource that is up, by `lvreduce` for"
                    + " example. What DRBD wrote behind its new end is lost: the metadata, and possibly data. A write"
                    + " there fails, and after it, or a reboot, the node has no good disk.",
            "If nothing else took the space, make the disk as large as it was at once (`lvextend`), then"
                    + " compare with `drbdVerify`. Else detach it, recreate the metadata and synchronise from a peer"
                    + " that is UpToDate. Do not reboot or disconnect the other nodes before."),
    DISK_RENAMED(
            "drbd.disk-renamed",
            "the disk was renamed or replaced",
            "The configured path of the disk leads to another device now, or to none. After a"
                    + " reboot DRBD would have no disk or another one, without the newest data.",
            "Give the disk that DRBD uses its old name again (`lvrename`), or make the name lead to it."),
    DISK_REPLACED(
            "drbd.disk-replaced",
            "the request keeps no disk with the data",
            "The resource has data on the disk, and the request keeps the disk on no node. The resource would start "
                    + "over without its data, with no trace of where they are.",
            "Leave `disk` and `metaDisk` as they are. To move to others, change them on one node at a time"
                    + " (`nodeDisks`), with `drbdWaitSync` after each. To start over, remove the resource with"
                    + " `drbdRemoveResource` first."),
    DISK_NOT_GROWN(
            "drbd.disk-not-grown",
            "the disk did not grow with the others",
            "DRBD is as large as its smallest disk. It would only move the metadata on the disks that grew, and not grow.",
            "Grow the disk on the node named too: `lvextend -L SIZE DEVICE`, for example with `clusterExec`."),
    SIZE_UNKNOWN(
            "drbd.size-unknown",
            "the size of the resource or of its disk is not known",
            "The disk is not attached or cannot be read. Or the module reports its state in `/proc/drbd`"
                    + " only, which has no sizes (8.3, and 8.4 before 8.4.6).",
            "See whether the disk is attached (`drbdStatus`); `drbdCreateResource` attaches it. With such a"
                    + " module run `drbdadm resize RESOURCE` on the Primary by hand, once the disks have grown on all"
                    + " nodes."),
    STACKED(
            "drbd.stacked",
            "the disk is itself a DRBD device",
            "Stacked resources are not supported. DRBD needs the device for itself, and its content would be destroyed.",
            "Name the device below DRBD."),
    METADATA_FOUND(
            "drbd.metadata-found",
            "the disk has DRBD metadata that no configuration names",
            "The metadata are those of another resource, or were left by one that was removed. New metadata would "
                    + "invalidate all data that it replicates.",
            "To reuse metadata and data set `keepMetadata: true`. Or choose another disk.",
            "`overwrite: 'DRBD metadata ...'`, with what the finding names"),
    METADATA_FULL(
            "drbd.metadata-full",
            "the metadata have no room for another peer",
            "The metadata of DRBD 9 have one bitmap for each peer at the time of their creation. DRBD "
                    + "accepts no further peer: `Not enough free bitmap slots`.",
            "If a node was removed, free its room with `drbdsetup forget-peer`. Else recreate the metadata with "
                    + "more room, on one node after the other, while the others have good data: `drbdadm down`,"
                    + " grow the disk if they are internal (they need more of it), `drbdadm create-md --max-peers=N`,"
                    + " `drbdadm up`, `drbdWaitSync`."),
    METADATA_UNKNOWN(
            "drbd.metadata-unknown",
            "the metadata cannot be read",
            "A disk is detached or its metadata are gone, so it is not known whether the nodes have split."
                    + " The only good data could be discarded.",
            "See `drbdadm get-gi RESOURCE` and `dmesg` on the nodes."),
    METADATA_PLACE_UNKNOWN(
            "drbd.metadata-place-unknown",
            "where the metadata begin and end is not known",
            "drbdadm finds metadata, and their superblock has no valid place of them. Data could"
                    + " be wiped with them.",
            "Omit `wipeMetadata`, and wipe them by hand."),
    DISK_TOO_SMALL(
            "drbd.disk-too-small",
            "the disk is smaller than the data of the resource",
            "A volume that has data does not shrink, so DRBD would not connect a node whose disk is smaller:"
                    + " `The peer's disk size is too small!`.",
            "Make the disk larger (`lvextend`), or choose another."),
    META_DISK_SHARED(
            "drbd.meta-disk-shared",
            "the metadata disk holds data and the metadata of other resources",
            "Either the data or the metadata would be lost.",
            "Choose another `metaDisk`."),
    META_DISK_TOO_SMALL(
            "drbd.meta-disk-too-small",
            "the metadata disk is too small",
            "External metadata do not grow by themselves; each byte of a disk needs its part of the bitmap,"
                    + " once for each peer.",
            "Make the `metaDisk` larger (`lvextend`): 128M are enough for 4 TiB of data and one peer, as"
                    + " much again for each further peer. A slot of an indexed `metaDisk` is for 4 TiB at most.");

    private final Entry entry;

    DrbdDiskRefusal(String id, String title, String meaning, String remedy) {
        this(id, title, meaning, remedy, null);
    }

    DrbdDiskRefusal(String id, String title, String meaning, String remedy, String allowedBy) {
        entry = new Entry(id, title, meaning, remedy, allowedBy);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
