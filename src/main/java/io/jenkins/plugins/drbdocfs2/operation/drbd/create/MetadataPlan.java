package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataSize;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.guard.UsableDeviceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DeviceRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plans the creation of metadata, and refuses if data could be lost. */
final class MetadataPlan {
    private static final String GOAL = ShellFile.read(MetadataPlan.class, "metadata-goal.sh");
    private static final Duration WIPE_TIMEOUT = Duration.ofMinutes(30);

    private final DrbdCreateResource step;
    private final Resource resource;
    private final NodeFacts node;
    private final ConfiguredResource wanted;
    private final Refusals refusals;
    private final DiskSizeCheck sizes;
    private final SuperblockCheck superblocks;
    private final MetadataCommands commands;
    private final DataToKeep keep;
    private final boolean keepsData;

    MetadataPlan(
            DrbdCreateResource step, ResourceFilePlan file, DataToKeep keep, ClusterFacts facts, Refusals refusals) {
        this.step = step;
        this.resource = file.resource();
        this.node = file.node();
        this.wanted = file.wanted();
        this.refusals = refusals;
        this.sizes = new DiskSizeCheck(resource, facts, refusals);
        this.superblocks = new SuperblockCheck(resource, refusals);
        String files = file.candidateFiles();
        boolean filesRead =
                files != null && wanted.isConfigured() && wanted.error().isEmpty();
        this.keep = keep;
        this.keepsData = keep.isPendingOn(node);
        this.commands = new MetadataCommands(node, resource.name(), files, filesRead, keepsData ? keep.guard() : "");
    }

    List<Change> make() {
        ResourceState state = DrbdFacts.state(node, resource.name());
        List<Change> changes = new ArrayList<>();
        for (Resource.Volume volume : resource.volumes()) {
            Resource.Disk disk = volume.disks().get(node.name());
            DeviceState running = state == null ? null : state.volumes().get(volume.number());
            if (disk != null && (running == null || running.disk().is(DiskState.DISKLESS))) {
                changes.addAll(decide(volume, disk));
            } else if (disk != null) {
                superblocks.check(node, volume, disk);
            }
        }
        return changes;
    }

    private List<Change> decide(Resource.Volume volume, Resource.Disk disk) {
        BlockDevice data = node.get(BlockDevice.probe(disk.device()));
        BlockDevice meta = disk.metaDisk().isInternal()
                ? data
                : node.get(BlockDevice.probe(disk.metaDisk().device()));
        boolean usable = checkUsable(data, "disk", null)
                & (meta == data || checkUsable(meta, "metaDisk", disk.metaDisk().index()));
        if (usable
                && meta != data
                && meta.realPath().equals(data.realPath())
                && !data.realPath().isEmpty()) {
            refusals.add(Refusal.of(DeviceRefusal.SAME)
                    .on(node.name())
                    .found(disk.device() + " and " + meta.path() + " are the same device " + data.realPath())
                    .wouldLose("The metadata would overwrite the data")
                    .remedy("Name another metaDisk"));
            return List.of();
        }
        if (!usable || !sizes.check(node, volume, data, meta)) {
            return List.of();
        }
        boolean present = wanted.metadata().containsKey(volume.number());
        List<GenerationIds> generations = wanted.metadata().getOrDefault(volume.number(), List.of());
        boolean isNew = generations.stream().allMatch(GenerationIds::justCreated);
        if (present && isNew && (keepsData || isUnused(disk, data))) {
            return superblocks.fit(node, volume, disk) ? List.of() : createAnew(volume, disk);
        }
        if (present && !isConfigured(volume, disk)) {
            return decideForeign(volume, disk, data, generations);
        }
        if (present) {
            superblocks.check(node, volume, disk);
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        boolean allowed = keepsData || data.isBlank() || checkOverwrite(data, changes);
        // With slots of others on the device, drbdadm finds "some data" and needs --force, which applies to the whole
        // device: therefore the own slot is checked, here and in the script
        boolean others = disk.metaDisk().index() != null && !meta.isBlank();
        if (meta != data) {
            allowed &= disk.metaDisk().index() == null
                    ? meta.isBlank() || checkOverwrite(meta, changes)
                    : checkSlot(disk, meta, changes);
        }
        boolean behindData = keepsData && disk.metaDisk().isInternal();
        return allowed
                ? with(changes, commands.create(volume, disk, !changes.isEmpty() || others || behindData))
                : List.of();
    }

    // A device with a used slot is not blank, so only the own slot counts; but any other signature means that something
    // else uses the device.
    private boolean checkSlot(Resource.Disk disk, BlockDevice meta, List<Change> changes) {
        boolean shared = commands.check(meta.path(), disk.metaDisk().index()).isShared();
        if (meta.isBlank()) {
            return true;
        }
        if (!shared && (!meta.signatures().isEmpty() || !meta.blkid().isEmpty())) {
            return checkOverwrite(meta, changes);
        }
        if (!meta.signatures().isEmpty() || !meta.blkid().isEmpty()) {
            refusals.add(Refusal.of(DrbdDiskRefusal.META_DISK_SHARED)
                    .on(node.name())
                    .found(meta.path() + " holds " + meta.content() + ", and other resources have metadata on it")
                    .wouldLose("Either the data or the metadata would be lost")
                    .remedy("Choose another metaDisk"));
            return false;
        }
        return checkOwnSlot(disk, meta, changes);
    }

    private boolean checkOwnSlot(Resource.Disk disk, BlockDevice meta, List<Change> changes) {
        DeviceContent content = node.get(slot(disk));
        if (content.zero()) {
            return true;
        }
        String slot = "slot " + disk.metaDisk().index() + " of " + meta.path();
        if (content.readable() && step.overwrite().allows(BlockDevice.UNKNOWN_DATA)) {
            changes.add(commands.wipeSlot(disk));
            return true;
        }
        refusals.add(Overwrite.refusal(BlockDevice.UNKNOWN_DATA, content.readable())
                .on(node.name())
                .found(
                        content.readable()
                                ? slot + " is not empty: it holds " + BlockDevice.UNKNOWN_DATA
                                : slot + " cannot be read")
                .wouldLose("That would be lost")
                .remedy(
                        content.readable()
                                ? "Choose another slot; or, to discard the content, set overwrite: \""
                                        + BlockDevice.UNKNOWN_DATA + "\""
                                : "See `dmesg` there, or choose another metaDisk"));
        return false;
    }

    /** Probes the content of the slot of an indexed metaDisk. */
    static Probe<DeviceContent> slot(Resource.Disk disk) {
        long begin = disk.metaDisk().begin();
        return DeviceContent.probe(disk.metaDisk().device(), begin, begin + MetadataSize.INDEXED_SLOT_BYTES);
    }

    private boolean isConfigured(Resource.Volume volume, Resource.Disk disk) {
        ConfiguredResource configured = DrbdFacts.configured(node, resource.name());
        return configured.isConfigured()
                && configured.resource().volumes().stream()
                        .anyMatch(before -> before.number() == volume.number()
                                && disk.equals(before.disks().get(node.name())));
    }

    // New metadata without data are left by a build that was interrupted before the file was in place.
    private static boolean isUnused(Resource.Disk disk, BlockDevice data) {
        return disk.metaDisk().isInternal() ? data.isBlankBesidesDrbd() : data.isBlank();
    }

    // The overwrite value for them contains their generation, so it no longer matches after they were replaced.
    private List<Change> decideForeign(
            Resource.Volume volume, Resource.Disk disk, BlockDevice data, List<GenerationIds> generations) {
        String content = String.format(
                Locale.ROOT, "DRBD metadata %016X", generations.get(0).current());
        if (step.keepMetadata()) {
            superblocks.check(node, volume, disk);
            return List.of();
        }
        if (step.overwrite().allows(content)) {
            List<Change> changes = new ArrayList<>();
            boolean onlyMetadata = disk.metaDisk().isInternal() && data.isBlankBesidesDrbd();
            boolean allowed = keepsData || onlyMetadata || data.isBlank() || checkOverwrite(data, changes);
            if (allowed) {
                changes.addAll(createAnew(volume, disk));
            }
            return changes;
        }
        refusals.add(Refusal.of(DrbdDiskRefusal.METADATA_FOUND)
                .on(node.name())
                .found(disk.device() + " has " + content + " (at " + disk.metaDisk() + ") that no configuration of '"
                        + resource.name()
                        + "' on this node names: it is that of another resource, or left by a removed one")
                .wouldLose("New metadata would invalidate all data that it replicates")
                .allowedBy(Overwrite.parameter(content))
                .remedy(foreignRemedy(content)));
        return List.of();
    }

    private String foreignRemedy(String content) {
        String discard = "overwrite: '" + content + "'";
        if (keepsData) {
            return "If the resource that they belong to is gone, and the filesystem was used without DRBD since, discard only"
                    + " the metadata with " + discard;
        }
        String omit = step.keepDataOf() == null ? "" : "omit keepDataOf and ";
        return "To reuse metadata and data " + omit + "set keepMetadata: true; to discard them set " + discard
                + "; or choose another disk";
    }

    private List<Change> createAnew(Resource.Volume volume, Resource.Disk disk) {
        List<Change> changes = new ArrayList<>();
        if (disk.metaDisk().index() != null) {
            changes.add(commands.wipeSlot(disk));
        }
        return with(changes, commands.create(volume, disk, true));
    }

    private boolean checkUsable(BlockDevice device, String parameter, Integer index) {
        UsableDeviceCheck checks = commands.check(device.path(), index);
        String loss = "DRBD needs the device for itself, and its content would be destroyed";
        String remedy = "Choose another " + parameter + ", or release the device first";
        if (keepsData && parameter.equals("disk")) {
            loss = "Its users would go on writing past DRBD, and the nodes would differ without a trace";
            remedy = "Stop what uses it, and unmount it with its entry in fstab (clusterUnmount)";
        }
        return checks.checkThere("Create it first (lvmCreateVolume), or correct " + parameter, refusals)
                && checkNoDrbd(device, parameter)
                && checks.checkUnused(loss, remedy, refusals);
    }

    // Any path may lead to a DRBD device, and a volume group may have the name of one.
    private boolean checkNoDrbd(BlockDevice device, String parameter) {
        boolean drbd = device.number().startsWith("147:");
        if (drbd) {
            refusals.add(Refusal.of(DrbdDiskRefusal.STACKED)
                    .on(node.name())
                    .found(device.path() + " is the DRBD device " + device.realPath()
                            + ", and stacked resources are not supported")
                    .wouldLose("DRBD needs the device for itself, and its content would be destroyed")
                    .remedy("Name the device below DRBD as " + parameter));
        }
        return !drbd;
    }

    private boolean checkOverwrite(BlockDevice device, List<Change> changes) {
        if (keep.isPending() && keep.isOn(device)) {
            refusals.add(keep.copy(node, device));
            return false;
        }
        String content = device.content();
        if (device.readable() && step.overwrite().allows(content)) {
            changes.add(commands.wipe(device));
            return true;
        }
        refusals.add(Overwrite.refusal(content, device.readable())
                .on(node.name())
                .found(device.path() + " is not empty: it holds " + device.shownContent())
                .wouldLose("That would be lost")
                .remedy(
                        device.readable()
                                ? "Choose another device; or, to discard the content, set overwrite: \"" + content
                                        + "\""
                                : "See `dmesg` there for why it cannot be read, or choose another device"));
        return false;
    }

    private static List<Change> with(List<Change> changes, Change last) {
        changes.add(last);
        return changes;
    }
}
