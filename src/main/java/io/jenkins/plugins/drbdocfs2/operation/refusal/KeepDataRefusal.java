package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Refusals of {@code keepDataOf}: a filesystem that is to get DRBD below it. */
public enum KeepDataRefusal implements RefusalKind {
    KEEP_DATA_NONE(
            "drbd.keep-data-none",
            "the node has no data to keep",
            "`keepDataOf` names a node whose disk is empty: the data are on another node, or on another disk.",
            "Name the node and the disk with the filesystem; without data to keep omit `keepDataOf`."),
    KEEP_DATA_NOT_PLAIN(
            "drbd.keep-data-not-plain",
            "the disk holds more, or something else, than one whole filesystem",
            "Only ext2, ext3, ext4, XFS and OCFS2 directly on the disk can be kept: their sizes are known, and nothing behind "
                    + "their ends belongs to them. A partition table, LVM, RAID, encryption, leftover metadata of DRBD at the "
                    + "end, several signatures, or a journal on another device make it unknown what would be lost.",
            "Create the resource on an empty disk, and copy the data."),
    KEEP_DATA_SIZE_UNKNOWN(
            "drbd.keep-data-size-unknown",
            "the size of the filesystem is not known",
            "The tool of the filesystem (`dumpe2fs`, `xfs_info`, `debugfs.ocfs2`) is missing on the node, or fails; or "
                    + "a label of several lines claims another size. Without the size it is not known whether metadata would "
                    + "overwrite data.",
            "Install the tool, or run it on the node to see its error. A damaged filesystem has to be repaired first, and such a "
                    + "label changed."),
    KEEP_DATA_UNCLEAN(
            "drbd.keep-data-unclean",
            "the filesystem was not unmounted",
            "Its journal has to be replayed at the next mount, or another host has the disk mounted now: `dumpe2fs -h` reports "
                    + "`needs_recovery`, a start of the journal, or the state `not clean`; `xfs_logprint -t` does not report "
                    + "`<CLEAN>`. The superblock can have the size from before the filesystem was grown, and metadata would "
                    + "overwrite its end.",
            "Unmount it on the host that has it mounted. If there is none, mount and unmount it once (for ext2 run `e2fsck -f` "
                    + "instead), then run the step again."),
    KEEP_DATA_NO_ROOM(
            "drbd.keep-data-no-room",
            "the filesystem leaves no room for DRBD's internal metadata",
            "Internal metadata are at the end of the disk; DRBD makes the rest available. The filesystem would lose its end.",
            "The finding names the sizes: grow the disk (`lvmCreateVolume` with `grow: true`), or make an ext filesystem smaller "
                    + "(`e2fsck -f`, `resize2fs`; XFS and OCFS2 cannot be made smaller), or set `metaDisk` to another device, "
                    + "which leaves the disk as it is."),
    KEEP_DATA_PEER_HAS_DATA(
            "drbd.keep-data-peer-has-data",
            "another node has data of the resource, and the disk of this node was not part of it",
            "One of the two would be lost, and which of them is newer is not known.",
            "If the disk was part of the resource, and the node was reinstalled, omit `keepDataOf` and set `keepMetadata: true`. "
                    + "If the data of the other nodes are the good ones, empty the disk and omit `keepDataOf`; else remove the "
                    + "resource first (`drbdRemoveResource` with `wipeMetadata: true`)."),
    KEEP_DATA_COPY(
            "drbd.keep-data-copy",
            "another disk holds the filesystem that is to be kept",
            "The UUID is the same: it is the same disk by another path, such as a LUN that both nodes see, or a copy. To wipe it "
                    + "could destroy the data to keep, so `overwrite` does not allow that.",
            "Give each node a disk of its own. If it is a copy, wipe it by hand (`wipefs -a`)."),
    KEEP_DATA_OPTIONS(
            "drbd.keep-data-options",
            "an option stands in the way of declaring the data good",
            "The node is promoted once before its peers know the resource. With `fencing` DRBD would fence the peers for that, "
                    + "with `quorum` it would refuse, and with `size` it could cut off the end of the filesystem.",
            "Create the resource without them (`onPeerLoss: 'continue'`), then set them with another `drbdCreateResource`."),
    KEEP_DATA_FSTAB(
            "drbd.keep-data-fstab",
            "fstab mounts the disk below DRBD",
            "At the next boot the disk would be mounted without DRBD, which then cannot attach it: the writes would not be "
                    + "replicated, and DRBD would not know of them. A UUID or label is that of the disk and of the DRBD "
                    + "device.",
            "Remove the entry (`clusterUnmount` of the disk does), then mount the DRBD device with `clusterMount`."),
    KEEP_DATA_MOUNT_UNIT(
            "drbd.keep-data-mount-unit",
            "a mount unit of systemd mounts the disk below DRBD",
            "At a boot the unit could mount the disk without DRBD, which then cannot attach it, as with an entry in fstab. "
                    + "Disabled units count too, as an automount unit, or another one that needs the mount point, starts them.",
            "Remove the unit, with its automount unit (`systemctl disable`, delete the files, `systemctl daemon-reload`), then "
                    + "mount the DRBD device with `clusterMount`.");

    private final Entry entry;

    KeepDataRefusal(String id, String title, String meaning, String remedy) {
        entry = new Entry(id, title, meaning, remedy, null);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
