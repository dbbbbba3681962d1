package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.config.CandidateFiles;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.MetaDisk;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataSize;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.guard.UsableDeviceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DeviceRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceContent;
import io.jenkins.plugins.drbdocfs2.storage.DeviceRecheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Plans the creation of metadata, and refuses if data could be lost. */
final class MetadataPlan {
    private static final String GOAL = ShellFile.read(MetadataPlan.class, "metadata-goal.sh");
    private static final Duration WIPE_TIMEOUT = Duration.ofMinutes(30);

    private final Resource resource;
    private final Overwrite overwrite;
    private final boolean keepMetadata;
    private final Refusals refusals;
    private final SuperblockCheck superblocks;
    private final Set<String> wiped = new HashSet<>();
    private boolean accepted;

    MetadataPlan(Resource resource, Overwrite overwrite, boolean keepMetadata, Refusals refusals) {
        this.resource = resource;
        this.overwrite = overwrite;
        this.keepMetadata = keepMetadata;
        this.refusals = refusals;
        this.superblocks = new SuperblockCheck(resource, refusals);
    }

    /**
     * @param node the node
     * @param configured the current resource of the node
     * @param wanted the requested resource; its metadata places were probed
     * @param state the running resource, or null
     * @param files shell lines that arrange the files of the node with the new one, from {@link CandidateFiles}; null if
     *     it is already in place
     */
    List<Change> decide(
            NodeFacts node,
            ConfiguredResource configured,
            ConfiguredResource wanted,
            ResourceState state,
            String files) {
        accepted = files != null && wanted.isConfigured() && wanted.error().isEmpty();
        List<Change> changes = new ArrayList<>();
        for (Resource.Volume volume : resource.volumes()) {
            Resource.Disk disk = volume.disks().get(node.name());
            DeviceState running = state == null ? null : state.volumes().get(volume.number());
            if (disk != null && (running == null || running.disk().is(DiskState.DISKLESS))) {
                changes.addAll(decide(node, volume, disk, configured, wanted, files));
            } else if (disk != null) {
                superblocks.check(node, volume, disk);
            }
        }
        return changes;
    }

    private List<Change> decide(
            NodeFacts node,
            Resource.Volume volume,
            Resource.Disk disk,
            ConfiguredResource configured,
            ConfiguredResource wanted,
            String files) {
        BlockDevice data = node.get(BlockDevice.probe(disk.device()));
        BlockDevice meta = disk.metaDisk().isInternal()
                ? data
                : node.get(BlockDevice.probe(disk.metaDisk().device()));
        boolean usable = checkUsable(node, data, "disk", null)
                & (meta == data
                        || checkUsable(node, meta, "metaDisk", disk.metaDisk().index()));
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
        if (!usable || !checkSize(node, disk, data, meta)) {
            return List.of();
        }
        boolean present = wanted.metadata().containsKey(volume.number());
        List<GenerationIds> generations = wanted.metadata().getOrDefault(volume.number(), List.of());
        if (present && isUnused(generations, disk, data)) {
            return superblocks.fit(node, volume, disk) ? List.of() : createAnew(node, volume, disk, files);
        }
        if (present && !isConfigured(configured, node, volume, disk)) {
            return decideForeign(node, volume, disk, data, generations, files);
        }
        if (present) {
            superblocks.check(node, volume, disk);
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        boolean allowed = data.isBlank() || checkOverwrite(node, data, changes);
        // Beside the slots of others drbdadm finds "some data" on the device and makes none without --force, which
        // answers
        // for the device as a whole: so the own slot is looked at, right before once more
        boolean others = disk.metaDisk().index() != null && !meta.isBlank();
        if (meta != data) {
            allowed &= disk.metaDisk().index() == null
                    ? meta.isBlank() || checkOverwrite(node, meta, changes)
                    : checkSlot(node, disk, meta, changes);
        }
        return allowed
                ? with(changes, createMetadata(node, volume, disk, !changes.isEmpty() || others, files))
                : List.of();
    }

    // A device with slots is not blank as soon as one is taken, so it is the own slot that counts; but a signature of
    // anything else says that somebody else has the device.
    private boolean checkSlot(NodeFacts node, Resource.Disk disk, BlockDevice meta, List<Change> changes) {
        boolean shared = checks(node, meta.path(), disk.metaDisk().index()).isShared();
        if (meta.isBlank()) {
            return true;
        }
        if (!shared && (!meta.signatures().isEmpty() || !meta.blkid().isEmpty())) {
            return checkOverwrite(node, meta, changes);
        }
        if (!meta.signatures().isEmpty() || !meta.blkid().isEmpty()) {
            refusals.add(Refusal.of(DrbdDiskRefusal.META_DISK_SHARED)
                    .on(node.name())
                    .found(meta.path() + " holds " + meta.content() + ", and other resources have metadata on it")
                    .wouldLose("One of both would be lost")
                    .remedy("Choose another metaDisk"));
            return false;
        }
        return checkOwnSlot(node, disk, meta, changes);
    }

    private boolean checkOwnSlot(NodeFacts node, Resource.Disk disk, BlockDevice meta, List<Change> changes) {
        DeviceContent content = node.get(slot(disk));
        if (content.zero()) {
            return true;
        }
        String slot = "slot " + disk.metaDisk().index() + " of " + meta.path();
        if (content.readable() && overwrite.allows(BlockDevice.UNKNOWN_DATA)) {
            changes.add(wipeSlot(node, disk));
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

    private Command wipeSlot(NodeFacts node, Resource.Disk disk) {
        MetaDisk meta = disk.metaDisk();
        return wipe(
                node,
                "wipe old data in slot " + meta.index() + " of " + meta.device(),
                checks(node, meta.device(), meta.index()).guardUse()
                        + DeviceContent.wipePart(
                                meta.device(), meta.begin(), meta.begin() + MetadataSize.INDEXED_SLOT_BYTES));
    }

    /** Probes the content of the slot of an indexed metaDisk. */
    static Probe<DeviceContent> slot(Resource.Disk disk) {
        long begin = disk.metaDisk().begin();
        return DeviceContent.probe(disk.metaDisk().device(), begin, begin + MetadataSize.INDEXED_SLOT_BYTES);
    }

    // Two resources on one disk are refused by drbdadm itself, which has read the candidate with all other files
    private UsableDeviceCheck checks(NodeFacts node, String path, Integer index) {
        return UsableDeviceCheck.of(node, path)
                .ofResource(resource.name())
                .slot(index)
                .filesRead(accepted);
    }

    private boolean isConfigured(
            ConfiguredResource configured, NodeFacts node, Resource.Volume volume, Resource.Disk disk) {
        return configured.isConfigured()
                && configured.resource().volumes().stream()
                        .anyMatch(before -> before.number() == volume.number()
                                && disk.equals(before.disks().get(node.name())));
    }

    // New metadata without data are left by a build that was interrupted before the file was in place.
    private static boolean isUnused(List<GenerationIds> generations, Resource.Disk disk, BlockDevice data) {
        return generations.stream().allMatch(GenerationIds::justCreated)
                && (disk.metaDisk().isInternal() ? data.isBlankBesidesDrbd() : data.isBlank());
    }

    // The value for them contains their generation, so it no longer matches after they were replaced.
    private List<Change> decideForeign(
            NodeFacts node,
            Resource.Volume volume,
            Resource.Disk disk,
            BlockDevice data,
            List<GenerationIds> generations,
            String files) {
        String content = String.format(
                Locale.ROOT, "DRBD metadata %016X", generations.get(0).current());
        if (keepMetadata) {
            superblocks.check(node, volume, disk);
            return List.of();
        }
        if (overwrite.allows(content)) {
            List<Change> changes = new ArrayList<>();
            boolean onlyMetadata = disk.metaDisk().isInternal() && data.isBlankBesidesDrbd();
            boolean allowed = onlyMetadata || data.isBlank() || checkOverwrite(node, data, changes);
            if (allowed) {
                changes.addAll(createAnew(node, volume, disk, files));
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
                .remedy("To reuse metadata and data set keepMetadata: true; to discard them set overwrite: '" + content
                        + "'; or choose another disk"));
        return List.of();
    }

    private List<Change> createAnew(NodeFacts node, Resource.Volume volume, Resource.Disk disk, String files) {
        List<Change> changes = new ArrayList<>();
        if (disk.metaDisk().index() != null) {
            changes.add(wipeSlot(node, disk));
        }
        return with(changes, createMetadata(node, volume, disk, true, files));
    }

    private boolean checkUsable(NodeFacts node, BlockDevice device, String parameter, Integer index) {
        UsableDeviceCheck checks = checks(node, device.path(), index);
        return checks.checkThere("Create it first (lvmCreateVolume), or correct " + parameter, refusals)
                && checkNoDrbd(node, device, parameter)
                && checks.checkUnused(
                        "DRBD needs the device for itself, and its content would be destroyed",
                        "Choose another " + parameter + ", or release the device first",
                        refusals);
    }

    // Any path may lead to one, and a volume group may have the name of a DRBD device.
    private boolean checkNoDrbd(NodeFacts node, BlockDevice device, String parameter) {
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

    private boolean checkSize(NodeFacts node, Resource.Disk disk, BlockDevice data, BlockDevice meta) {
        if (disk.metaDisk().isInternal() || disk.metaDisk().index() != null || data.bytes() == 0) {
            return true;
        }
        long needed = MetadataSize.bytes(data.bytes(), resource.peers());
        if (meta.bytes() >= needed) {
            return true;
        }
        refusals.add(Refusal.of(DrbdDiskRefusal.META_DISK_TOO_SMALL)
                .on(node.name())
                .found(meta.path() + " has " + meta.bytes() + " bytes, but the metadata of " + data.path() + " need "
                        + needed)
                .remedy("Make the metaDisk larger; 128M are enough for 4 TiB of data and one peer, as much "
                        + "again for each further"));
        return false;
    }

    private boolean checkOverwrite(NodeFacts node, BlockDevice device, List<Change> changes) {
        String content = device.content();
        if (device.readable() && overwrite.allows(content)) {
            String shown = device.signatures().isEmpty()
                    ? "wipe the content of " + device.path()
                    : Sh.command("wipefs", "-a", device.path());
            String script = checks(node, device.path(), null).guard() + DeviceContent.wipeWithSignatures(device);
            changes.add(wipe(node, shown, script));
            wiped.add(node.name() + " " + device.path());
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

    private static Command wipe(NodeFacts node, String shown, String script) {
        return Command.shell(node.name(), shown).shown(shown, script).timeout(WIPE_TIMEOUT);
    }

    // --force also answers whether to go on with a device that is in use, so that is looked for once more; and where
    // drbdadm
    // would write to is compared with what was looked at.
    private Command createMetadata(
            NodeFacts node, Resource.Volume volume, Resource.Disk disk, boolean force, String files) {
        StringBuilder guard = new StringBuilder(guard(node, disk.device(), null));
        if (!disk.metaDisk().isInternal()) {
            guard.append(guard(node, disk.metaDisk().device(), disk.metaDisk().index()));
        }
        List<String> words = new ArrayList<>(List.of("create-md"));
        if (force) {
            words.add("--force");
        }
        words.add(resource.name() + "/" + volume.number());
        String create = Sh.command(words);
        String script = files == null
                ? guard + goal("drbdadm", volume.disks().get(node.name()), words) + "drbdadm " + create
                : guard + files + CandidateFiles.REAL_NAMES
                        + goal("drbd", volume.disks().get(node.name()), words) + "drbd " + create;
        String command = "drbdadm " + create;
        return Command.shell(node.name(), command)
                .shown(command, script)
                .hint("If drbdadm found something that the check did not find, examine it; run the step again to "
                        + "see what it is.");
    }

    private static String goal(String drbdadm, Resource.Disk disk, List<String> create) {
        MetaDisk meta = disk.metaDisk();
        String goal = meta.isInternal()
                ? disk.device() + " internal"
                : meta.device() + " " + (meta.index() == null ? "flex-external" : meta.index());
        List<String> parameters = new ArrayList<>(List.of(goal, drbdadm, "-d"));
        parameters.addAll(create);
        return ShellFile.with(GOAL, parameters.toArray(String[]::new));
    }

    private String guard(NodeFacts node, String path, Integer index) {
        UsableDeviceCheck checks = checks(node, path, index);
        if (index != null) {
            long begin = index * MetadataSize.INDEXED_SLOT_BYTES;
            return checks.guardUse() + DeviceRecheck.blank(path, begin, begin + MetadataSize.INDEXED_SLOT_BYTES);
        }
        return wiped.contains(node.name() + " " + path) ? checks.guardUse() : checks.guard();
    }

    private static List<Change> with(List<Change> changes, Change last) {
        changes.add(last);
        return changes;
    }
}
