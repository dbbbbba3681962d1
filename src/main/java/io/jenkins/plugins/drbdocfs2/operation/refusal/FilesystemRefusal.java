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
            "Create it first (`ocfs2Format`, `filesystemFormat`), or name the right `type`.");

    private final Entry entry;

    FilesystemRefusal(String id, String title, String meaning, String remedy) {
        entry = new Entry(id, title, meaning, remedy, null);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
