package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.operation.refusal.LvmRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceContent;
import io.jenkins.plugins.drbdocfs2.storage.LogicalVolume;
import io.jenkins.plugins.drbdocfs2.storage.Size;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The growth of a logical volume on one node, which a DRBD resource may use as its disk. */
final class VolumeGrowth {
    private final LvmCreateVolume operation;
    private final NodeFacts node;
    private final Refusals refusals;

    VolumeGrowth(LvmCreateVolume operation, NodeFacts node, Refusals refusals) {
        this.operation = operation;
        this.node = node;
        this.refusals = refusals;
    }

    /** The probes for the resources of a volume. */
    static List<Probe<?>> probes(String path) {
        return List.of(DrbdProbes.STATE, DrbdDevices.PROBE, BlockDevice.probe(path));
    }

    /** The resources whose disk, or metadata, the volume holds. */
    static Set<String> resources(NodeFacts node, String path) {
        return node
                .get(DrbdDevices.PROBE)
                .on(path, node.get(BlockDevice.probe(path)).realPath())
                .stream()
                .map(DrbdDevices.Device::resource)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Adds the commands, or a refusal. */
    void grow(LogicalVolume volume, Size wanted, long free, List<Change> changes, List<String> notes) {
        long more = wanted.toBytes() - volume.sizeBytes();
        if (more > free) {
            refusals.add(LvmCreateVolumePlan.full(operation, node.name(), free, new Size(more)));
        }
        if (!node.get(DrbdDevices.PROBE).known() || node.get(DrbdProbes.STATE).isEmpty()) {
            refuse(
                    "whether DRBD uses " + volume.path() + " cannot be read"
                            + node.diagnostics(DrbdProbes.STATE)
                            + node.get(DrbdDevices.PROBE).error(),
                    "See what `drbdadm dump` and `drbdsetup events2 --now` say on the node");
        }
        for (String resource : resources(node, volume.path())) {
            if (!DrbdFacts.isAttached(node, resource)) {
                refuse(
                        volume.path() + " is a disk of the DRBD resource '" + resource + "', which is "
                                + (DrbdFacts.state(node, resource) == null ? "down" : "without a disk") + " there",
                        "Bring it up first with drbdCreateResource");
            }
            notes.add(node.name() + ": " + volume.path() + " is a disk of '" + resource
                    + "', which uses the new space after drbdResize; all of its nodes have to grow first");
        }
        String name = volume.group() + "/" + volume.name();
        String command = Sh.command("lvextend", "-L", wanted.toString(), name);
        // New extents keep their old data, such as DRBD's metadata at the end.
        changes.add(Command.shell(node.name(), command)
                .shown(
                        command,
                        // if it has grown since the check, the new part may hold data
                        "[ \"$(blockdev --getsize64 " + Sh.quote(volume.path()) + ")\" = " + volume.sizeBytes()
                                + " ] || { echo 'The volume no longer has the size that was checked; it was not changed'"
                                + " >&2; exit 75; }\n"
                                + command + " || exit\n"
                                + DeviceContent.wipePart(volume.path(), volume.sizeBytes(), wanted.toBytes()))
                .timeout(LvmCreateVolumePlan.LVM_TIMEOUT));
    }

    private void refuse(String found, String remedy) {
        refusals.add(Refusal.of(LvmRefusal.DRBD_NOT_ATTACHED)
                .on(node.name())
                .found(found)
                .wouldLose(
                        "DRBD finds its internal metadata at the end of the disk, and would no longer find them there")
                .remedy(remedy));
    }
}
