package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.DisconnectedPrimariesCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.UsableDeviceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FilesystemRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.Ocfs2Refusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.FstabLines;
import io.jenkins.plugins.drbdocfs2.operation.view.MountOptions;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedMounts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabDevices;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.MountPointRules;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * clusterMount: mounts a filesystem on nodes, now and at boot.
 *
 * @param device the path of the device
 * @param mountPoint the mount point; a missing directory is created
 * @param type the type of the filesystem
 * @param options the mount options, separated by commas; null for none
 * @param fstab whether to add it to /etc/fstab for the boot; false does not change this file
 */
public record ClusterMount(String device, String mountPoint, String type, String options, boolean fstab)
        implements Operation, ChangesResources, Operation.TakesEarlierAnswers {
    /** Filesystems that several nodes can mount at the same time. */
    private static final Set<String> SHARED = Set.of("ocfs2", "gfs2");

    @Override
    public Map<String, Object> subject() {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("device", device);
        subject.put("mountPoint", mountPoint);
        return subject;
    }

    @Override
    public void check(List<Node> nodes) {
        DevicePathRules.check("device", device);
        MountPointRules.check("mountPoint", mountPoint);
        MountOptions.checkType("type", type);
        MountOptions.check("options", options);
    }

    /** Whether several nodes can mount this type at the same time. */
    boolean isShared() {
        return SHARED.contains(type);
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL_RUNNING;
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        return known.node(of.name()) != null
                ? ProbeSet.of()
                : UsableDeviceCheck.probes(List.of(device))
                        .and(
                                MountDirectory.probe(mountPoint),
                                Ocfs2Probes.volume(device),
                                DrbdProbes.VERSION,
                                SystemProbes.file(Fstab.PATH),
                                FstabDevices.PROBE,
                                SystemProbes.hasService("drbd"),
                                SystemProbes.hasService("o2cb"),
                                SystemProbes.tools("systemctl"));
    }

    @Override
    public Optional<ProbeSet> probesAfter(Node node, List<Node> nodes) {
        return Optional.of(ProbeSet.of(
                StorageProbes.MOUNTS,
                MountDirectory.probe(mountPoint),
                SystemProbes.file(Fstab.PATH),
                FstabDevices.PROBE));
    }

    @Override
    public Set<String> changedResources(NodeFacts node) {
        return DrbdDeviceFacts.resources(node, device);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        List<ClusterMountPlan> plans = facts.all().stream()
                .map(node -> new ClusterMountPlan(this, node))
                .toList();
        checkOneNode(facts, refusals);
        checkNowhereElse(facts, refusals);
        refusals.check();
        facts.all().forEach(node -> new ClusterMountCheck(this, node, refusals).check());
        if (!facts.all().stream().allMatch(this::isMounted)) {
            DisconnectedPrimariesCheck.check(
                    facts.all().stream().flatMap(node -> drbd(node).stream()).toList(), refusals);
        }
        checkSlots(facts, refusals);
        refusals.check();
        Plan.Builder plan = new Plan.Builder()
                .stage(
                        "mount " + device + " at " + mountPoint,
                        plans.stream().flatMap(node -> node.mount().stream()).toList())
                .stage(
                        "mount it at boot",
                        plans.stream().flatMap(node -> node.fstab().stream()).toList());
        plans.forEach(node -> node.notes().forEach(plan::note));
        return plan.build();
    }

    private void checkOneNode(ClusterFacts facts, Refusals refusals) {
        boolean onDrbd = facts.all().stream().anyMatch(node -> drbd(node).isPresent());
        if (!isShared() && onDrbd && facts.all().size() > 1) {
            refusals.add(Refusal.of(FilesystemRefusal.ONE_NODE)
                    .found(type + " is a single-node filesystem, and " + device + " is to be mounted on "
                            + String.join(" and ", facts.names()))
                    .wouldLose(
                            "Two nodes that mount it at the same time destroy it, and a Secondary cannot mount it at all")
                    .remedy("Name the one node that is Primary with nodes, or make the filesystem with ocfs2Format"));
        }
    }

    // A disk of a storage network is the same device on several nodes, with the same filesystem.
    private void checkNowhereElse(ClusterFacts facts, Refusals refusals) {
        for (NodeFacts node : isShared() ? List.<NodeFacts>of() : facts.all()) {
            BlockDevice block = node.get(BlockDevice.probe(device));
            for (NodeFacts other : facts.all()) {
                BlockDevice there = other.get(BlockDevice.probe(device));
                boolean same = other != node
                        && block.blkid().uuid() != null
                        && block.blkid().uuid().equals(there.blkid().uuid());
                if (same && mounted(node) == null) {
                    refusals.add(Refusal.of(FilesystemRefusal.ONE_NODE)
                            .on(node.name())
                            .found(device + " holds the same filesystem "
                                    + block.blkid().uuid() + " as on " + other.name()
                                    + ": the nodes share the device, and " + type
                                    + " is a single-node filesystem")
                            .wouldLose("Two nodes that mount it at the same time destroy it")
                            .remedy("Name the one node that mounts it with nodes, and see that no other one "
                                    + "has it mounted"));
                    return;
                }
            }
        }
    }

    private void checkSlots(ClusterFacts facts, Refusals refusals) {
        for (NodeFacts node : facts.all()) {
            Ocfs2Volume volume = node.get(Ocfs2Probes.volume(device)).orElse(null);
            if (type.equals("ocfs2")
                    && volume != null
                    && volume.slots() < facts.all().size()) {
                refusals.add(Refusal.of(Ocfs2Refusal.TOO_FEW_SLOTS)
                        .found("the filesystem on " + device + " has " + volume.slots() + " node slots, and "
                                + facts.all().size() + " nodes are to mount it")
                        .remedy("Add slots with `tunefs.ocfs2 --node-slots "
                                + facts.all().size() + " " + device + "`, or name fewer nodes"));
                return;
            }
        }
    }

    /** The mount at the mount point on a node, or null. */
    Mount mounted(NodeFacts node) {
        return MountDirectory.mounted(node, mountPoint).orElse(null);
    }

    /** Whether the device is mounted at the mount point on a node. */
    boolean isMounted(NodeFacts node) {
        return MountDirectory.mounted(node, mountPoint)
                .filter(mount -> mount.isOf(node.get(BlockDevice.probe(device))))
                .isPresent();
    }

    private Optional<DrbdDeviceFacts> drbd(NodeFacts node) {
        return DrbdDeviceFacts.of(node, node.get(BlockDevice.probe(device)));
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        for (NodeFacts node : after.all()) {
            if (!isMounted(node)) {
                throw new StepFailure("on " + node.name() + ", " + device + " is not mounted at " + mountPoint
                        + ", although mount reported no error. Did systemd unmount it again?"
                        + " `systemctl list-units --type mount` and `journalctl -b` there show more.");
            }
        }
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("mounted", isMounted(facts));
        if (isMounted(facts)) {
            report.put("type", mounted(facts).type());
            report.put("options", mounted(facts).options());
        }
        report.put("inFstab", !new FstabLines(facts).at(mountPoint).isEmpty());
        return report;
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        return SimulatedMounts.mounted(facts, new Mount("", "/", mountPoint, "rw", type, device, "rw"));
    }
}
