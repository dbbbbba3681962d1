package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.guard.UsableDeviceCheck;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import io.jenkins.plugins.drbdocfs2.storage.LogicalVolume;
import io.jenkins.plugins.drbdocfs2.storage.LvmNameRules;
import io.jenkins.plugins.drbdocfs2.storage.Size;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes.LvmFacts;
import io.jenkins.plugins.drbdocfs2.storage.SuspendedDrbdDevices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * lvmCreateVolume: creates a logical volume, and its volume group if it is missing; grows a smaller one if asked to.
 *
 * <p>A missing group is created on the devices. An existing group is extended by them only with {@code extendGroup}: it may
 * have been created on others, and removing the name of a disk from a Jenkinsfile does not remove it from the group.
 *
 * @param group the name of the volume group
 * @param name the name of the logical volume
 * @param size its size, rounded up to whole extents
 * @param devices the paths of the devices of the group, the same on each node; may be empty
 * @param overwrite the content of the devices that may be wiped, in the words of the refusal
 * @param extendGroup whether to add missing devices to an existing group
 * @param grow whether to grow a smaller volume
 */
public record LvmCreateVolume(
        String group,
        String name,
        String size,
        List<String> devices,
        Overwrite overwrite,
        boolean extendGroup,
        boolean grow)
        implements Operation, ChangesResources, Operation.TakesEarlierAnswers {
    // the LVM limit without the suffix of the name during creation
    private static final int MAX_BOTH_NAMES =
            124 - LvmCreateVolumePlan.UNFINISHED.replace("-", "--").length();

    public LvmCreateVolume {
        devices = List.copyOf(devices);
    }

    /** A volume that does not grow. */
    public LvmCreateVolume(
            String group, String name, String size, List<String> devices, Overwrite overwrite, boolean extendGroup) {
        this(group, name, size, devices, overwrite, extendGroup, false);
    }

    @Override
    public Map<String, Object> subject() {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("group", group);
        subject.put("name", name);
        subject.put("size", size);
        return subject;
    }

    @Override
    public void check(List<Node> nodes) {
        LvmNameRules.group("group", group);
        LvmNameRules.volume("name", name);
        LvmNameRules.both("name", group, name);
        Check.that(
                (group + name).replace("-", "--").length() <= MAX_BOTH_NAMES,
                "name",
                name,
                "have at most " + MAX_BOTH_NAMES
                        + " characters together with its group, hyphens counted twice: while the"
                        + " volume is being made, its name is longer");
        Check.given("size", size);
        wanted();
        devices.forEach(device -> DevicePathRules.check("devices", device));
        Check.that(
                !extendGroup || !devices.isEmpty(),
                "extendGroup",
                true,
                "come with the devices that are to be added to the group");
    }

    Size wanted() {
        return Size.parse("size", size);
    }

    String path() {
        return "/dev/" + group + "/" + name;
    }

    /** Probes whether something else has the path of the group in /dev. */
    Probe<BlockDevice> place() {
        return BlockDevice.probe("/dev/" + group);
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL_CHOSEN;
    }

    @Override
    public ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        return known.isEmpty()
                ? (devices.isEmpty() ? ProbeSet.of() : UsableDeviceCheck.probes(devices))
                        .and(grow ? VolumeGrowth.probes(path()) : List.of())
                        .and(SuspendedDrbdDevices.PROBE, StorageProbes.LVM, place())
                : UsableDeviceCheck.probes(devices, known.node(node.name()));
    }

    @Override
    public Optional<ProbeSet> probesAfter(Node node, List<Node> nodes) {
        return Optional.of(ProbeSet.of(StorageProbes.LVM));
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        Stream<String> below = devices.stream().flatMap(device -> DrbdDeviceFacts.resources(node, device).stream());
        Stream<String> grown = grow ? VolumeGrowth.resources(node, path()).stream() : Stream.of();
        return Stream.concat(below, grown).collect(Collectors.toSet());
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        Plan.Builder plan = new Plan.Builder();
        List<Change> wiped = new ArrayList<>();
        List<Change> grouped = new ArrayList<>();
        List<Change> created = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            LvmCreateVolumePlan nodePlan = new LvmCreateVolumePlan(this, node, refusals);
            nodePlan.decide();
            wiped.addAll(nodePlan.wiped());
            grouped.addAll(nodePlan.grouped());
            created.addAll(nodePlan.created());
            nodePlan.notes().forEach(plan::note);
        }
        refusals.check();
        return plan.stage("wipe the content that overwrite names", wiped)
                .stage("create or extend volume group " + group, grouped)
                .stage("create logical volume " + group + "/" + name, created)
                .build();
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        for (NodeFacts node : after.all()) {
            Optional<LogicalVolume> volume = node.get(StorageProbes.LVM).volume(group, name);
            if (volume.isEmpty() || !volume.get().isActive() || volume.get().sizeBytes() < wanted().toBytes()) {
                throw new StepFailure("on " + node.name() + ", LVM does not show " + group + "/" + name
                        + " active and of " + size + " after creating or growing it. See `lvs -a " + group
                        + "` there; is the group"
                        + " shared with other machines, or LVM kept from activating it by lvm.conf?");
            }
        }
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        LvmFacts lvm = facts.get(StorageProbes.LVM);
        report.put("path", path());
        lvm.volume(group, name).ifPresent(volume -> report.put("bytes", volume.sizeBytes()));
        report.put("group", group);
        lvm.group(group)
                .filter(found -> found.freeBytes() < SimulatedLvm.FREE_UNKNOWN / 2)
                .ifPresent(found -> report.put("groupFreeBytes", found.freeBytes()));
        return report;
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        return SimulatedLvm.created(this, facts);
    }
}
