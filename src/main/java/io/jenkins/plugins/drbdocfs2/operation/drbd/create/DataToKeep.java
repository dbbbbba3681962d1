package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataSize;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.refusal.KeepDataRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.FstabLines;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import io.jenkins.plugins.drbdocfs2.storage.Blkid;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceRecheck;
import io.jenkins.plugins.drbdocfs2.storage.FilesystemOnDisk;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabDevices;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.MountUnits;
import java.util.ArrayList;
import java.util.List;

/**
 * The data that {@code keepDataOf} names: a filesystem of one node, which gets DRBD below it. They are to keep as long as no
 * node has data of the resource. The node declares its own data good before the others know the resource, so that an empty
 * node is never the source of a synchronisation.
 *
 * @param node the name of the node with the data; null if there are none to keep
 * @param resource the resource, with one volume
 * @param facts the facts of all nodes
 */
record DataToKeep(String node, Resource resource, ClusterFacts facts) {
    private static final String DECLARE = ShellFile.read(DataToKeep.class, "declare-data.sh");

    /** The probes on a node. */
    static List<Probe<?>> probes(String keeper, String node, Resource resource) {
        if (keeper == null) {
            return List.of();
        }
        List<Probe<?>> probes =
                new ArrayList<>(List.of(SystemProbes.file(Fstab.PATH), FstabDevices.PROBE, MountUnits.PROBE));
        if (keeper.equals(node)) {
            probes.add(filesystem(keeper, resource));
        }
        return probes;
    }

    /** The probe for the filesystem of the node. */
    static Probe<FilesystemOnDisk> filesystem(String keeper, Resource resource) {
        return FilesystemOnDisk.probe(
                resource.volumes().get(0).disks().get(keeper).device());
    }

    /** For a dry run: a node with the new resource and the data. */
    NodeFacts simulate(NodeFacts member) {
        if (!SimulatedDrbd.isToCome(member, resource.name())) {
            return member;
        }
        return member.change(
                        DrbdProbes.STATE,
                        state -> SimulatedDrbd.goodOn(
                                state, resource.name(), node, member.name().equals(node)))
                .change(
                        BlockDevice.probe(volume().device()),
                        device -> device.isBlank()
                                ? device.holding(filesystem().blkid().values())
                                : device);
    }

    /** Whether the data are still to be kept: no node has data of the resource yet. */
    boolean isPending() {
        return node != null && members().stream().noneMatch(this::hasData);
    }

    /** Whether the data are to be kept on this node. */
    boolean isPendingOn(NodeFacts member) {
        return member.name().equals(node) && isPending();
    }

    /** Whether a node has data of the resource, or sees them on a peer. */
    boolean hasData(NodeFacts member) {
        ConfiguredResource configured = DrbdFacts.configured(member, resource.name());
        ResourceState state = DrbdFacts.state(member, resource.name());
        boolean used = configured.isConfigured()
                && configured.metadata().values().stream().flatMap(List::stream).anyMatch(ids -> !ids.justCreated());
        return used || state != null && hasData(state);
    }

    private static boolean hasData(ResourceState state) {
        return state.isPrimary()
                || state.hasPrimaryPeer()
                || state.volumes().values().stream()
                        .anyMatch(volume -> volume.disk().state().hasGoodData())
                || state.peerDevices().stream()
                        .anyMatch(volume -> volume.peerDisk().state().hasGoodData());
    }

    List<NodeFacts> members() {
        return resource.hosts().stream().map(host -> facts.node(host.node())).toList();
    }

    NodeFacts keeper() {
        return facts.node(node);
    }

    Resource.Volume volume() {
        return resource.volumes().get(0);
    }

    Resource.Disk disk() {
        return volume().disks().get(node);
    }

    /** A disk of the resource as found on its node; null if the node has none. */
    BlockDevice found(NodeFacts member) {
        Resource.Disk disk = volume().disks().get(member.name());
        return disk == null ? null : member.get(BlockDevice.probe(disk.device()));
    }

    FilesystemOnDisk filesystem() {
        return keeper().get(filesystem(node, resource));
    }

    /** Whether a device holds the filesystem to keep: it is the same disk by another path or on another node, or a copy. */
    boolean isOn(BlockDevice device) {
        FilesystemOnDisk kept = filesystem();
        String uuid = kept.blkid().uuid();
        return uuid == null
                ? device.signatures().contains(kept.words())
                : uuid.equals(device.blkid().uuid())
                        || device.signatures().stream().anyMatch(signature -> signature.endsWith(" " + uuid));
    }

    /** The refusal for another device that holds it: overwrite cannot tell a copy from the data. */
    Refusal copy(NodeFacts member, BlockDevice device) {
        return Refusal.of(KeepDataRefusal.KEEP_DATA_COPY)
                .on(member.name())
                .found(device.path() + " holds the same filesystem as "
                        + found(keeper()).path() + " on " + node + ", "
                        + filesystem().words())
                .wouldLose(
                        "It is the same disk by another path, such as a LUN that both nodes see, or a copy; on the same"
                                + " disk the data to keep would be lost")
                .remedy("Give each node a disk of its own. If it is a copy, wipe it by hand on " + member.name()
                        + " (`wipefs -a " + device.path() + "`)");
    }

    /** The bytes of a disk that DRBD makes available. */
    long room(Resource.Disk disk, long bytes) {
        return disk.metaDisk().isInternal() ? MetadataSize.dataBytes(bytes, resource.peers()) : bytes;
    }

    /** The entries of fstab that lead, or could lead, to a disk below the resource. */
    List<FstabEntry> fstabEntries(NodeFacts member) {
        BlockDevice device = found(member);
        Blkid blkid = filesystem().blkid();
        FstabLines lines = new FstabLines(member);
        return new Fstab(member.get(SystemProbes.file(Fstab.PATH)).text())
                .entries().stream()
                        .filter(entry -> entry.hasTag("UUID", blkid.uuid())
                                || entry.hasTag("LABEL", blkid.label())
                                || device != null && lines.isOf(entry, device))
                        .toList();
    }

    /** The mount units that lead, or could lead, to a disk below the resource. */
    List<MountUnits.Unit> mountUnits(NodeFacts member) {
        BlockDevice device = found(member);
        Blkid blkid = filesystem().blkid();
        return member.get(MountUnits.PROBE).units().stream()
                .filter(unit -> unit.hasTagOf(blkid) || device != null && unit.isPathOf(device))
                .toList();
    }

    /** Shell lines that exit with an error unless the filesystem is as it was. */
    String guard() {
        return filesystem().guard(disk().device());
    }

    /** Declares the data good: the only promotion of an Inconsistent disk, on the node that has them. */
    Command declare() {
        BlockDevice device = found(keeper());
        String shown = "drbdadm primary --force " + resource.name() + "; drbdadm secondary " + resource.name();
        String script = DeviceRecheck.use(device.path(), device.number(), false, List.of("drbd" + volume().minor()))
                + guard()
                + ShellFile.with(
                        DECLARE,
                        resource.name(),
                        String.valueOf(volume().number()),
                        String.valueOf(volume().minor()),
                        String.valueOf(filesystem().size().bytes()));
        return Command.shell(node, shown)
                .shown(shown, script)
                .hint("The data are as they were. Run the step again to see what is in the way.");
    }

    /** Notes for the log: what happens with the data, with sizes; or what is still in their way. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (node == null) {
            return notes;
        }
        if (!isPending()) {
            members().forEach(member -> fstabEntries(member)
                    .forEach(entry -> notes.add(Plan.WARNING + member.name() + ": fstab has " + entry.device() + " at "
                            + entry.mountPoint() + ", which can lead to the disk below " + volume().device()
                            + ": mount that by its own path only (clusterMount)")));
            members().forEach(member -> mountUnits(member)
                    .forEach(unit ->
                            notes.add(Plan.WARNING + member.name() + ": the systemd unit " + unit.name() + " has "
                                    + unit.entry().device() + ", which can lead to the disk below " + volume().device()
                                    + ": set its What to that path")));
            return notes;
        }
        BlockDevice device = found(keeper());
        long room = room(disk(), device.bytes());
        notes.add(node + ": " + device.path() + " keeps " + filesystem().words() + " ("
                + filesystem().size().bytes() + " bytes); " + volume().device() + " has " + room + " of its "
                + device.bytes() + " bytes"
                + (disk().metaDisk().isInternal()
                        ? ", the metadata the rest"
                        : ", the metadata are at " + disk().metaDisk()));
        notes.add("the other disks of '" + resource.name() + "' are overwritten with the data of " + node
                + "; from now on use " + volume().device() + " only, never " + device.path());
        return notes;
    }
}
