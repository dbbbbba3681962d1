package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.KeepDataRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.FilesystemOnDisk;
import io.jenkins.plugins.drbdocfs2.storage.FilesystemSize;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.MountUnits;
import io.jenkins.plugins.drbdocfs2.storage.Size;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks that the data that {@code keepDataOf} names can be kept, and that no other node has data. */
final class DataToKeepCheck {
    private static final String DRBD = "drbd";
    private static final Size EXTENT = new Size(4 << 20);
    private static final long DRBD_BLOCK = 4096;

    private final DataToKeep keep;
    private final Overwrite overwrite;
    private final ConfiguredResource wanted;
    private final Refusals refusals;
    private final String resource;

    /** @param wanted the resource with the metadata that the node with the data has for it */
    DataToKeepCheck(DataToKeep keep, Overwrite overwrite, ConfiguredResource wanted, Refusals refusals) {
        this.keep = keep;
        this.overwrite = overwrite;
        this.wanted = wanted;
        this.refusals = refusals;
        this.resource = keep.resource().name();
    }

    /** Refuses if the data could be lost. A missing or used disk is refused elsewhere. */
    void check() {
        BlockDevice device = keep.found(keep.keeper());
        if (!device.isBlock() || device.isSuspended()) {
            return;
        }
        if (!keep.isPending()) {
            checkPartOfResource(device);
        } else if (checkPlain(device) && checkClean(device) && checkSize(device)) {
            keep.members().forEach(this::checkPeer);
            checkOptions();
            keep.members().forEach(this::checkFstab);
            keep.members().forEach(this::checkMountUnits);
        }
    }

    // A node that was replaced has an empty disk, and gets the data of the others.
    private void checkPartOfResource(BlockDevice device) {
        if (!keep.hasData(keep.keeper()) && !device.contentBesidesDrbd().isEmpty()) {
            refusals.add(refusal(KeepDataRefusal.KEEP_DATA_PEER_HAS_DATA)
                    .found(device.path() + " holds " + device.contentBesidesDrbd() + " and is no disk with data of '"
                            + resource + "', but another node has such data")
                    .wouldLose("One of the two would be lost")
                    .remedy(
                            "If the disk was part of the resource, and the node was reinstalled, omit keepDataOf and set "
                                    + "keepMetadata: true. If the data of the other nodes are the good ones, empty the disk "
                                    + "(`wipefs -a`) and omit keepDataOf; else remove the resource first with "
                                    + "drbdRemoveResource, wipeMetadata: true"));
        }
    }

    private List<GenerationIds> metadata() {
        return wanted.metadata().getOrDefault(keep.volume().number(), List.of());
    }

    private boolean checkPlain(BlockDevice device) {
        FilesystemOnDisk filesystem = keep.filesystem();
        if (device.readable() && device.contentBesidesDrbd().isEmpty()) {
            refusals.add(refusal(KeepDataRefusal.KEEP_DATA_NONE)
                    .found(device.path() + " is empty, and keepDataOf names this node")
                    .wouldLose("If the data are on another node, or on another disk, they would not be kept")
                    .remedy("Correct keepDataOf or disk, or omit keepDataOf"));
            return false;
        }
        Set<String> signatures = device.signatures().stream()
                .map(signature -> signature.split(" ", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        if (keep.disk().metaDisk().isInternal() && !metadata().isEmpty()) {
            signatures.remove(DRBD);
        }
        boolean plain = device.readable()
                && FilesystemSize.TYPES.contains(filesystem.type())
                && signatures.equals(Set.of(filesystem.type()))
                && filesystem.blkid().values().get("PTTYPE") == null
                && filesystem.whole();
        if (!plain) {
            boolean elsewhere = device.readable() && !filesystem.type().isEmpty() && !filesystem.whole();
            refusals.add(refusal(KeepDataRefusal.KEEP_DATA_NOT_PLAIN)
                    .found(device.path() + " holds " + device.shownContent()
                            + (elsewhere ? ", a part of which is on another device" : ""))
                    .wouldLose("Only one whole ext2, ext3, ext4, XFS or OCFS2 filesystem can be kept; with anything "
                            + "else it is not known what would be lost")
                    .remedy("Create the resource on an empty disk and copy the data"));
        }
        return plain;
    }

    // A filesystem of unknown size is refused there.
    private boolean checkClean(BlockDevice device) {
        FilesystemOnDisk filesystem = keep.filesystem();
        if (!filesystem.clean()) {
            String once = filesystem.type().equals("ext2")
                    ? "run `e2fsck -f " + device.path() + "`"
                    : "mount and unmount it once";
            refusals.add(refusal(KeepDataRefusal.KEEP_DATA_UNCLEAN)
                    .found(filesystem.words() + " on " + device.path()
                            + " was not unmounted: its journal has to be replayed, or another host has it mounted")
                    .wouldLose(
                            "It may be larger than its superblock says, and would lose its end; and a host that has it "
                                    + "mounted would write past DRBD")
                    .remedy("Unmount it on the host that has it mounted; if there is none, " + once + " on "
                            + keep.node() + ", then run the step again"));
        }
        return filesystem.clean();
    }

    private boolean checkSize(BlockDevice device) {
        FilesystemOnDisk filesystem = keep.filesystem();
        if (!filesystem.size().known()) {
            refusals.add(refusal(KeepDataRefusal.KEEP_DATA_SIZE_UNKNOWN)
                    .found("the size of " + filesystem.words() + " on " + device.path() + " cannot be read")
                    .wouldLose("The metadata could overwrite its end")
                    .remedy("Install the tools of " + filesystem.type()
                            + " there, repair the filesystem, or change its label if it has several " + "lines"));
            return false;
        }
        long bytes = filesystem.size().bytes();
        long room = keep.room(keep.disk(), device.bytes());
        if (bytes > room) {
            refusals.add(refusal(KeepDataRefusal.KEEP_DATA_NO_ROOM)
                    .found(device.path() + " has " + device.bytes() + " bytes, of which DRBD would make " + room
                            + " available, but " + filesystem.words() + " has " + bytes)
                    .wouldLose("The filesystem would lose its end")
                    .remedy(
                            keep.disk().metaDisk().isInternal()
                                    ? roomFor(filesystem, device, bytes, room)
                                    : "The disk is smaller than its filesystem: make it as large as it was"));
        }
        return bytes <= room;
    }

    private String roomFor(FilesystemOnDisk filesystem, BlockDevice device, long bytes, long room) {
        long needed = up(bytes, DRBD_BLOCK);
        while (keep.room(keep.disk(), needed) < bytes) {
            needed += DRBD_BLOCK;
        }
        boolean shrinks = filesystem.type().startsWith("ext");
        return "Set metaDisk to another device; or grow the disk by at least " + (needed - device.bytes())
                + " bytes to "
                + needed + " (lvmCreateVolume with grow: true and size: '" + new Size(needed).roundedUpTo(EXTENT)
                + "', on all nodes); or "
                + (shrinks
                        ? "make the filesystem smaller, to at most " + room + " bytes (`e2fsck -f " + device.path()
                                + "`, then `resize2fs " + device.path() + " " + room / 1024 + "K`)"
                        : "copy the data, as " + filesystem.type() + " cannot be made smaller");
    }

    private static long up(long value, long unit) {
        return (value + unit - 1) / unit * unit;
    }

    private void checkPeer(NodeFacts member) {
        BlockDevice device = keep.found(member);
        if (member == keep.keeper() || device == null || !device.isBlock()) {
            return;
        }
        Resource.Disk disk = keep.volume().disks().get(member.name());
        long room = keep.room(disk, device.bytes());
        long data = keep.room(keep.disk(), keep.found(keep.keeper()).bytes());
        if (device.bytes() > 0 && room < data) {
            refusals.add(Refusal.of(DrbdDiskRefusal.DISK_TOO_SMALL)
                    .on(member.name())
                    .found(device.path() + " has " + device.bytes() + " bytes"
                            + (room < device.bytes() ? ", of which the metadata leave " + room : "")
                            + ", but '" + resource + "' has " + data + " bytes on " + keep.node())
                    .wouldLose("DRBD would not connect the node (The peer's disk size is too small!)")
                    .remedy("Make the disk at least as large as the one on " + keep.node()
                            + ", for LVM with `lvextend`, or choose another"));
        }
        String content = device.contentBesidesDrbd();
        boolean inResource = DrbdFacts.configured(member, resource).isConfigured();
        if (inResource && keep.isOn(device)) {
            refusals.add(keep.copy(member, device));
        } else if (inResource && !content.isEmpty() && !(device.readable() && overwrite.allows(content))) {
            refusals.add(Overwrite.refusal(content, device.readable())
                    .on(member.name())
                    .found(device.path() + ", a disk of '" + resource + "', holds " + content)
                    .wouldLose("It would be overwritten with the data of " + keep.node())
                    .remedy("If it is not needed, wipe it or name it in overwrite"));
        }
    }

    private void checkOptions() {
        EffectiveOptions options = new EffectiveOptions(keep.resource().options(), wanted.common());
        List<String> found = List.of("fencing", "quorum", "size").stream()
                .flatMap(word -> options
                        .value(word)
                        .filter(value -> !Set.of("dont-care", "off").contains(value))
                        .map(value -> word + " " + value)
                        .stream())
                .toList();
        if (!found.isEmpty()) {
            refusals.add(refusal(KeepDataRefusal.KEEP_DATA_OPTIONS)
                    .found("'" + resource + "' would have " + String.join(", ", found))
                    .wouldLose("DRBD would fence the other nodes, refuse the promotion, or cut off the end of the "
                            + "filesystem while the data are declared good")
                    .remedy("Create it with onPeerLoss: 'continue' and without these options; then set them with "
                            + "another drbdCreateResource"));
        }
    }

    private void checkFstab(NodeFacts member) {
        for (FstabEntry entry : keep.fstabEntries(member)) {
            refusals.add(Refusal.of(KeepDataRefusal.KEEP_DATA_FSTAB)
                    .on(member.name())
                    .found("fstab mounts " + entry.device() + " at " + entry.mountPoint()
                            + ", which is, or has the UUID or label of, the disk below "
                            + keep.volume().device())
                    .wouldLose("At the next boot it would be mounted without DRBD, and its writes not replicated")
                    .remedy("Remove the entry (clusterUnmount with device and mountPoint does), and later mount "
                            + keep.volume().device() + " with clusterMount"));
        }
    }

    private void checkMountUnits(NodeFacts member) {
        for (MountUnits.Unit unit : keep.mountUnits(member)) {
            refusals.add(Refusal.of(KeepDataRefusal.KEEP_DATA_MOUNT_UNIT)
                    .on(member.name())
                    .found("the systemd unit " + unit.name() + " mounts "
                            + unit.entry().device() + " at "
                            + unit.entry().mountPoint() + ", which is, or has the UUID or label of, the disk below "
                            + keep.volume().device())
                    .wouldLose("At the next boot it would be mounted without DRBD, and its writes not replicated")
                    .remedy(
                            "Remove the unit, with its automount unit (`systemctl disable`, delete the files, `systemctl "
                                    + "daemon-reload`), and later mount "
                                    + keep.volume().device() + " with clusterMount"));
        }
    }

    private Refusal refusal(KeepDataRefusal kind) {
        return Refusal.of(kind).on(keep.node());
    }
}
