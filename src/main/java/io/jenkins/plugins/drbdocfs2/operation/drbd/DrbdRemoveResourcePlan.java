package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataArea;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDevices;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.FstabLines;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceUse;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plan of {@link DrbdRemoveResource}. */
final class DrbdRemoveResourcePlan {
    private static final int BLOCK = 4096;

    private final DrbdRemoveResource step;
    private final String resource;
    private final ClusterFacts facts;
    private final Refusals refusals = new Refusals();
    private final Plan.Builder plan = new Plan.Builder();
    private final List<Change> downs = new ArrayList<>();
    private final List<Change> wipes = new ArrayList<>();
    private final List<Change> files = new ArrayList<>();

    DrbdRemoveResourcePlan(DrbdRemoveResource step, ClusterFacts facts) {
        this.step = step;
        this.resource = step.resource();
        this.facts = facts;
    }

    Plan make() throws RefusedException {
        for (NodeFacts node : facts.all()) {
            decide(node);
        }
        refusals.check();
        return plan.stage("take '" + resource + "' down", downs)
                .stage("wipe its metadata", wipes)
                .stage("remove " + step.path(), files)
                .build();
    }

    private void decide(NodeFacts node) {
        if (node.get(DrbdProbes.STATE).isEmpty()) {
            ResourceCheck.checkState(node, refusals);
            return;
        }
        ResourceState state = DrbdFacts.state(node, resource);
        ConfiguredResource configured = DrbdFacts.configured(node, resource);
        if (state != null) {
            checkUse(node, state);
            downs.add(Command.of(node.name(), configured.isConfigured() ? "drbdadm" : "drbdsetup", "down", resource)
                    .hint("`dmesg` there shows the reason. Nothing has been removed on it."));
        }
        FileFact file = node.get(SystemProbes.file(step.path()));
        if (!file.exists()) {
            ResourceCheck.checkConfiguration(node, resource, refusals);
        }
        if (file.exists()) {
            checkFile(node, file.text());
            files.add(new PutFile(node.name(), step.path(), file.text(), null, file.mode()));
        } else if (configured.isConfigured()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.OTHER_FILE)
                    .on(node.name())
                    .found("'" + resource + "' is configured there, but not by " + step.path()
                            + (configured.file().isEmpty() ? "" : ": " + configured.file() + " has it"))
                    .wouldLose("The other content of that file is not known")
                    .remedy("Remove it from that file by hand, then run the step again"));
        }
        if (step.wipeMetadata() && file.exists()) {
            wipe(node, configured);
        } else if (step.wipeMetadata() && state != null) {
            plan.note(node.name() + ": its " + step.path() + " is missing, so where the metadata of '" + resource
                    + "' are is not known; they stay");
        }
        if (configured.isConfigured()) {
            noteFstab(node, configured.resource());
        }
    }

    private void checkUse(NodeFacts node, ResourceState state) {
        ResourceUse use = ResourceUse.of(node, resource);
        if (!use.isFree()) {
            refusals.add(Refusal.of(DrbdRefusal.IN_USE)
                    .on(node.name())
                    .found("'" + resource + "' is in use: it is " + use.words())
                    .wouldLose("Its users would lose their device")
                    .remedy(use.remedy()));
        }
        if (state.isPrimary()) {
            refusals.add(Refusal.of(DrbdRefusal.PRIMARY)
                    .on(node.name())
                    .found("'" + resource + "' is Primary there")
                    .wouldLose("The resource is in use")
                    .remedy("Demote it with drbdDemote first"));
        }
    }

    private void checkFile(NodeFacts node, String text) {
        List<String> others = new ArrayList<>();
        try {
            for (ConfigText.Item item : ConfigText.parse(text).items()) {
                boolean mine = item instanceof ConfigText.Section section
                        && section.name().equals("resource")
                        && section.arguments().size() == 1
                        && section.arguments().get(0).text().equals(resource);
                if (!mine) {
                    others.add(
                            item instanceof ConfigText.Section section
                                            && !section.arguments().isEmpty()
                                    ? section.name() + " "
                                            + section.arguments().get(0).text()
                                    : item.name());
                }
            }
        } catch (TextFormatException e) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.FILE_UNREADABLE)
                    .on(node.name())
                    .found(step.path() + " cannot be read: " + e.getMessage())
                    .wouldLose("It may hold more than '" + resource + "'")
                    .remedy("Correct or remove the file by hand, then run the step again"));
            return;
        }
        if (!others.isEmpty()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.FILE_SHARED)
                    .on(node.name())
                    .found(step.path() + " has more than '" + resource + "': " + String.join(", ", others))
                    .wouldLose("That would be removed with it")
                    .remedy("Move it to a file of its own first"));
        }
    }

    private void wipe(NodeFacts node, ConfiguredResource configured) {
        if (!configured.isConfigured()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.REJECTED)
                    .on(node.name())
                    .found("drbdadm does not accept " + step.path()
                            + " as it is, so where the metadata are is not known"
                            + (configured.isKnown() ? "" : ": " + configured.error()))
                    .wouldLose("The wrong part of a disk could be wiped")
                    .remedy("See `drbdadm dump " + resource + "`; or leave out wipeMetadata"));
            return;
        }
        BackingDevices disks = BackingDevices.of(node, resource);
        disks.checkUnused("The metadata would be wiped while the device is in use", refusals);
        Map<Integer, MetadataArea> areas = node.get(MetadataArea.probe(resource));
        for (Resource.Volume volume : configured.resource().volumes()) {
            Resource.Disk disk = volume.disks().get(node.name());
            MetadataArea area = areas.get(volume.number());
            if (disk != null && area != null) {
                noteIncomplete(node, volume);
                wipes.addAll(wipe(node, volume, area));
            } else if (disk != null && SimulatedDrbd.isToCome(node, resource)) {
                plan.note(node.name() + ": the metadata of volume " + volume.number() + " of '" + resource + "' on "
                        + place(disk) + " do not exist yet: an earlier step creates them, so this dry run cannot tell "
                        + "which bytes would be wiped besides their superblock");
                wipes.add(wipeSuperblock(node, volume));
            } else if (disk != null && configured.metadata().containsKey(volume.number())) {
                refusals.add(Refusal.of(DrbdDiskRefusal.METADATA_PLACE_UNKNOWN)
                        .on(node.name())
                        .found("drbdadm finds metadata of volume " + volume.number() + " of '" + resource + "' at "
                                + disk.metaDisk() + " of " + disk.device()
                                + ", but their superblock has no valid begin and end of them")
                        .wouldLose("Data could be wiped with them")
                        .remedy("Omit wipeMetadata, and wipe them by hand"));
            } else if (disk != null) {
                plan.note(node.name() + ": there are no metadata of volume " + volume.number() + " of '" + resource
                        + "' to wipe on " + place(disk));
            }
        }
    }

    private static String place(Resource.Disk disk) {
        return disk.metaDisk().isInternal() ? disk.device() : disk.metaDisk().device();
    }

    // The superblock is wiped last: while it exists, an interrupted run can be repeated.
    private List<Change> wipe(NodeFacts node, Resource.Volume volume, MetadataArea area) {
        Command rest = Command.of(node.name(), area.isIndexed() ? zeroesIntoSlot(area) : zeroes(area))
                .guard(BackingDevices.of(node, resource).guard() + area.guard())
                .hint("Is " + area.device() + " in use by something else? Only DRBD's metadata were touched, and "
                        + step.path() + " is still there.");
        return List.of(rest, wipeSuperblock(node, volume));
    }

    // blkdiscard opens the device exclusively, so it fails on a device in use
    private static List<String> zeroes(MetadataArea area) {
        return List.of(
                "blkdiscard",
                "-z",
                "-o",
                String.valueOf(area.restBegin()),
                "-l",
                String.valueOf(area.restBytes()),
                area.device());
    }

    // The other slots may be in use. A remaining activity log would make drbdadm create-md ask.
    private static List<String> zeroesIntoSlot(MetadataArea area) {
        return List.of(
                "dd",
                "if=/dev/zero",
                "of=" + area.device(),
                "bs=" + BLOCK,
                "seek=" + area.restBegin() / BLOCK,
                "count=" + area.restBytes() / BLOCK,
                "conv=notrunc,fsync",
                "status=none");
    }

    private Command wipeSuperblock(NodeFacts node, Resource.Volume volume) {
        return Command.of(node.name(), "drbdadm", "--", "--force", "wipe-md", resource + "/" + volume.number())
                .guard(BackingDevices.of(node, resource).guard());
    }

    private void noteIncomplete(NodeFacts node, Resource.Volume volume) {
        ResourceState state = DrbdFacts.state(node, resource);
        DeviceState device = state == null ? null : state.volumes().get(volume.number());
        boolean neverUsed =
                DrbdFacts.configured(node, resource).metadata().getOrDefault(volume.number(), List.of()).stream()
                        .allMatch(GenerationIds::justCreated);
        if (device != null && !neverUsed && !device.disk().is(DiskState.UP_TO_DATE)) {
            plan.note(node.name() + ": volume " + volume.number() + " of '" + resource + "' is " + device.disk()
                    + " there, so the data on "
                    + volume.disks().get(node.name()).device() + " are "
                    + age(device.disk().state())
                    + "; without metadata this is no longer recorded");
        }
    }

    private static String age(DiskState disk) {
        return switch (disk) {
            case OUTDATED -> "old";
            case CONSISTENT -> "outdated if the peer was written to since it was lost";
            default -> "not complete";
        };
    }

    private void noteFstab(NodeFacts node, Resource configured) {
        Map<String, FstabEntry> entries = new LinkedHashMap<>();
        new FstabLines(node).of(configured.volumes()).forEach(entry -> entries.put(entry.mountPoint(), entry));
        entries.values()
                .forEach(entry -> plan.note(node.name() + ": " + Fstab.PATH + " still mounts "
                        + entry.device() + " at " + entry.mountPoint() + ", which a boot would wait for in vain. "
                        + "Remove that line with clusterUnmount; this step does not change it"));
    }
}
