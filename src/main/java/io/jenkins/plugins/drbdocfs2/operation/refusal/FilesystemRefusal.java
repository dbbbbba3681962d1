package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Findings about filesystems. */
public enum FilesystemRefusal implements RefusalKind {
    NO_MKFS(
            "filesystem.no-mkfs",
            "the program that creates the filesystem is missing",
            "`mkfs.xfs` or `mkfs.ext4` is missing on the node.",
            "Install `xfsprogs` or `e2fsprogs`."),
    ONE_NODE(
            "filesystem.one-node",
            "two nodes could write to a single-node filesystem",
            "The filesystem (such as XFS or ext4) is a single-node filesystem, and the resource allows two Primaries,"
                    + " or a device that the nodes share is to be mounted on several. The nodes do not know about "
                    + "each other's writes, which would destroy the filesystem.",
            "Create OCFS2 on it (`ocfs2Format`, whose `overwrite` names what is lost). Or leave out"
                    + " `dualPrimary`, name the one node that mounts it with `nodes`, and change the roles with"
                    + " `drbdSwitchover`."),
    OTHER_TYPE(
            "filesystem.other-type",
            "the device does not hold the filesystem to mount",
            "The device holds no filesystem, or one of another type.",
            "Create it first (`ocfs2Format`, `filesystemFormat`), or name the right `type`."),
    NOT_GROWABLE(
            "filesystem.not-growable",
            "the device holds no filesystem that the step can grow",
            "There is nothing on the device, or something else than OCFS2, XFS or ext4.",
            "Name the device of the filesystem; below DRBD that is the DRBD device."),
    SIZE_UNKNOWN(
            "filesystem.size-unknown",
            "the size of the filesystem cannot be read",
            "`debugfs.ocfs2`, `xfs_info` or `dumpe2fs` fails or is missing on the node.",
            "Install `ocfs2-tools`, `xfsprogs` or `e2fsprogs`; else run the tool on the node and correct what it reports."),
    NOT_MOUNTED(
            "filesystem.not-mounted",
            "the filesystem has to be mounted to grow",
            "XFS grows only while it is mounted: xfs_growfs(8).",
            "Mount it with `clusterMount` first."),
    DEVICE_SMALLER(
            "filesystem.device-smaller",
            "the device is smaller on another node",
            "The device has not grown on all nodes that have the filesystem mounted.",
            "Grow it everywhere first: `lvmCreateVolume` with `grow`, then `drbdResize`.");

    private final Entry entry;

    FilesystemRefusal(String id, String title, String meaning, String remedy) {
        entry = new Entry(id, title, meaning, remedy, null);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
