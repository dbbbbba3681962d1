package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Refusals about volume groups and logical volumes. */
public enum LvmRefusal implements RefusalKind {
    STATE_UNKNOWN(
            "lvm.state-unknown",
            "LVM does not report what it has",
            "`vgs`, `lvs` or `pvs` fails, or LVM is not installed.",
            "Install `lvm2` if it is missing; else run `vgs` on the node and correct what it reports."),
    NO_GROUP(
            "lvm.no-group",
            "there is no such volume group",
            "The group is missing, and no `devices` are given to make it of.",
            "Give `devices`, or correct `group`."),
    NAME_TAKEN(
            "lvm.name-taken",
            "the name of the group is in use below /dev",
            "A device or directory has the name, and LVM does not take a name that is in use there.",
            "Choose another `group`."),
    GROUP_INCOMPLETE(
            "lvm.group-incomplete",
            "the volume group lacks disks or is exported",
            "A disk of the group is gone, or the group was exported; the attributes are those of vgs(8).",
            "`vgs` and `pvs` on the node show what is missing; bring the disk back, or run `vgimport`."),
    GROUP_FULL(
            "lvm.group-full",
            "the volume group has too little free",
            "The volume does not fit into the free space of the group.",
            "Choose a smaller size, or add disks with `devices` and `extendGroup: true`."),
    NOT_A_VOLUME(
            "lvm.not-a-volume",
            "the name belongs to a snapshot or a pool",
            "There is something of this name in the group, and it is not an ordinary volume.",
            "Choose another `name`."),
    VOLUME_SMALLER(
            "lvm.volume-smaller",
            "the volume exists and is smaller than requested",
            "A volume is grown only with `grow: true`, because it cannot be made smaller again.",
            "Set `grow: true` on all nodes, then run `drbdResize` if DRBD is on it; or request its current size."),
    DRBD_NOT_ATTACHED(
            "lvm.drbd-not-attached",
            "a DRBD resource that is not up has the volume as its disk",
            "DRBD keeps internal metadata at the end of the disk, and moves them there itself only while it is attached.",
            "Bring the resource up with `drbdCreateResource`, then grow the volume."),
    OTHER_GROUP(
            "lvm.other-group",
            "the device is a physical volume of another group",
            "The disk belongs to another group, whose data would be lost.",
            "Name another disk; `vgreduce` and `pvremove` would free it."),
    LOST_GROUP(
            "lvm.lost-group",
            "the device is a physical volume of a group that is not seen",
            "It may belong to a group of another machine, or to one whose other disks are missing.",
            "`pvs -a` on the node shows more; `pvremove` removes the device from LVM."),
    LOGICAL_VOLUME(
            "lvm.logical-volume",
            "the device is itself a logical volume",
            "LVM does not take its own volumes as disks.",
            "Name a disk or a partition.");

    private final Entry entry;

    LvmRefusal(String id, String title, String meaning, String remedy) {
        entry = new Entry(id, title, meaning, remedy, null);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
