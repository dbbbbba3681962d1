package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Refusals about block devices. */
public enum DeviceRefusal implements RefusalKind {
    ABSENT(
            "device.absent",
            "there is no such device",
            "Nothing has the path of the device on the node.",
            "Correct the name, or create the device first (`lvmCreateVolume`, `drbdCreateResource`)."
                    + " `lsblk` on the node lists what there is."),
    NOT_BLOCK(
            "device.not-block",
            "the path is not a block device",
            "The path is that of a file, a directory or a character device.",
            "Correct the name; `lsblk` on the node lists the block devices."),
    UNREADABLE(
            "device.unreadable",
            "the device cannot be read",
            "Its content is unknown, so it could be lost. The disk is broken, or no longer there.",
            "`dmesg` on the node says why. No parameter allows it: repair the disk, or choose another."),
    NOT_EMPTY(
            "device.not-empty",
            "the device is not empty",
            "The device, or the slot of a metadata disk, holds a filesystem, a signature, a partition"
                    + " table, DRBD metadata, or data without a signature (`unknown data`, with the byte where they"
                    + " were seen). That would be lost.",
            "Choose another device. If the content may go, name it in the words after \"holds\", exactly.",
            "`overwrite: '...'`, with what the finding names"),
    MOUNTED(
            "device.mounted",
            "the device is mounted",
            "The device is mounted on the node, possibly in another mount namespace; the finding says where."
                    + " Its users would lose their data, or continue to write to it.",
            "Unmount it (`clusterUnmount`), or choose another device. No parameter allows it."),
    IN_USE(
            "device.in-use",
            "the device is in use",
            "Something on the node has the device, or one above or below it: LVM, device mapper, MD, a loop"
                    + " device, swap, btrfs, an export, a heartbeat of OCFS2, a process that has it open. The finding"
                    + " names it.",
            "Stop what uses it, or choose another device. `lsblk` on the node shows the devices on it; what"
                    + " comes back at boot has a line in `/etc/fstab`. No parameter allows it."),
    USES_UNKNOWN(
            "device.uses-unknown",
            "the users of the device cannot be read",
            "`/sys` and `/proc` on the node do not report who uses the device, so it could be in use.",
            "Check that these are mounted, and that `find`, `stat` and `readlink` work there."),
    DRBD_DISK(
            "device.drbd-disk",
            "the device is a disk of a DRBD resource",
            "The device, a device below it or the slot of a metadata disk belongs to a resource that is up"
                    + " or down. Using it below DRBD destroys the metadata and data of the resource.",
            "Use the device of the resource, such as `/dev/drbd0`, or remove a resource that is no longer"
                    + " wanted with `drbdRemoveResource`. Of a metadata disk with slots choose another index. No"
                    + " parameter allows it."),
    SAME(
            "device.same",
            "two names lead to one device",
            "Two of the parameters name the same device. Metadata would overwrite data, or LVM would take a"
                    + " disk twice.",
            "Name the device once; name another `metaDisk`."),
    TOO_SMALL(
            "device.too-small",
            "the device is too small",
            "The new content does not fit: a filesystem with its journals (each node slot has"
                    + " one), or the first extent of LVM, which takes 5 MiB. mkfs.xfs needs at least 300 MiB"
                    + " since version 5.19, and mkfs.ocfs2 needs 2G for a `type`.",
            "Choose a larger device, or a smaller filesystem: another `type`, a smaller `journalSize`, fewer"
                    + " `nodeSlots`. DRBD's internal metadata take a little of a device.");

    private final Entry entry;

    DeviceRefusal(String id, String title, String meaning, String remedy) {
        this(id, title, meaning, remedy, null);
    }

    DeviceRefusal(String id, String title, String meaning, String remedy, String allowedBy) {
        entry = new Entry(id, title, meaning, remedy, allowedBy);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
