package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Findings about mount points. */
public enum MountRefusal implements RefusalKind {
    PLACE_TAKEN(
            "mount.place-taken",
            "something else is mounted at the mount point",
            "The mount would hide its files.",
            "Unmount it, or choose another `mountPoint`."),
    NO_DIRECTORY(
            "mount.no-directory",
            "the mount point is not a directory",
            "A file has that path.",
            "Choose another `mountPoint`."),
    PLACE_NOT_EMPTY(
            "mount.place-not-empty",
            "the mount point is not empty",
            "The mount would hide the content of the directory, which would seem lost.",
            "Move it away, or choose another `mountPoint`."),
    FSTAB_LINE(
            "mount.fstab-line",
            "/etc/fstab has another device for the mount point",
            "After a boot something else would be mounted there than now.",
            "Remove that line from the file, or choose another `mountPoint`. `clusterMount` can leave the"
                    + " file as it is.",
            "`fstab: false` of `clusterMount`"),
    OTHER_DEVICE(
            "mount.other-device",
            "another device is mounted at the mount point",
            "Something else would be unmounted than intended.",
            "Correct `device` or `mountPoint`."),
    MOUNTS_BELOW(
            "mount.mounts-below",
            "other filesystems are mounted below the mount point",
            "They must be unmounted first; the step unmounts only what is named.",
            "Unmount these first."),
    READ_ONLY(
            "mount.read-only",
            "the filesystem is mounted read-only",
            "OCFS2 does that if it finds the filesystem damaged.",
            "See `dmesg` on the node; unmount everywhere and run `fsck.ocfs2`.");

    private final Entry entry;

    MountRefusal(String id, String title, String meaning, String remedy) {
        this(id, title, meaning, remedy, null);
    }

    MountRefusal(String id, String title, String meaning, String remedy, String allowedBy) {
        entry = new Entry(id, title, meaning, remedy, allowedBy);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
