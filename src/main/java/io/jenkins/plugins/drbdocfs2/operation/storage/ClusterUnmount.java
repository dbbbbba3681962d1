package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.refusal.MountRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.FstabLines;
import io.jenkins.plugins.drbdocfs2.operation.view.ManagerFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedMounts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import io.jenkins.plugins.drbdocfs2.storage.DeviceUses;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.Fstab.Line;
import io.jenkins.plugins.drbdocfs2.storage.FstabDevices;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.MountPointRules;
import io.jenkins.plugins.drbdocfs2.storage.MountUsers;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * clusterUnmount: unmounts a filesystem, now and at boot. It does not wait and does not force: if it is in use, the step
 * fails and names the processes.
 *
 * @param device the path of the device
 * @param mountPoint the mount point; the directory remains
 * @param fstab whether to remove its line from /etc/fstab too
 */
public record ClusterUnmount(String device, String mountPoint, boolean fstab) implements Operation, ChangesResources {
    // The plain command is shown.
    private static final String TELLING_WHO = MountUsers.SHELL + ShellFile.read(ClusterUnmount.class, "umount.sh");

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
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL_CHOSEN;
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        NodeFacts facts = known.node(of.name());
        if (facts == null) {
            return ProbeSet.of(
                    BlockDevice.probe(device),
                    MountDirectory.probe(mountPoint),
                    StorageProbes.MOUNTS,
                    SystemProbes.file(Fstab.PATH),
                    FstabDevices.PROBE,
                    SystemProbes.tools("systemctl"),
                    ResourceManagers.PROBE);
        }
        return ManagerFacts.any(facts) && !facts.has(DrbdDevices.PROBE)
                ? ProbeSet.of(DrbdProbes.STATE, DrbdDevices.PROBE, DeviceUses.PROBE)
                : ProbeSet.of();
    }

    // Only nodes with a manager are asked whose device it is.
    @Override
    public Set<String> changedResources(NodeFacts node) {
        return node.has(DrbdDevices.PROBE) ? DrbdDeviceFacts.resources(node, device) : Set.of();
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        List<Change> unmount = new ArrayList<>();
        List<Change> forget = new ArrayList<>();
        Plan.Builder plan = new Plan.Builder();
        for (NodeFacts node : facts.all()) {
            check(node, refusals);
            if (mounted(node) != null) {
                unmount.add(unmount(node.name(), mountPoint, place(node)));
            }
            forget(node, forget, plan);
        }
        refusals.check();
        return plan.stage("unmount " + mountPoint, unmount)
                .stage("stop mounting it at boot", forget)
                .build();
    }

    /**
     * The unmount command; if something uses the filesystem it fails and prints the users.
     *
     * @param mountPoint the mount point as shown
     * @param place the same with all links resolved
     */
    public static Command unmount(String node, String mountPoint, String place) {
        return Command.of(node, "umount", mountPoint)
                .guard(ShellFile.with(TELLING_WHO, place))
                .hint("Stop what uses it, then run the step again; nothing has been forced.");
    }

    private void check(NodeFacts node, Refusals refusals) {
        Mount mount = mounted(node);
        if (mount == null) {
            return;
        }
        if (!mount.isOf(node.get(BlockDevice.probe(device)))) {
            refusals.add(Refusal.of(MountRefusal.OTHER_DEVICE)
                    .on(node.name())
                    .found(mount.source() + " is mounted at " + mountPoint + ", not " + device)
                    .wouldLose("Something else would be unmounted than intended")
                    .remedy("Correct device or mountPoint"));
        }
        List<String> below = node.get(StorageProbes.MOUNTS).mounts().stream()
                .map(Mount::mountPoint)
                .filter(path -> path.startsWith(place(node) + "/"))
                .toList();
        if (!below.isEmpty()) {
            refusals.add(Refusal.of(MountRefusal.MOUNTS_BELOW)
                    .on(node.name())
                    .found("other filesystems are mounted below it: " + String.join(", ", below))
                    .remedy("Unmount these first"));
        }
    }

    private void forget(NodeFacts node, List<Change> changes, Plan.Builder plan) {
        List<Line> ours = ours(node);
        if (fstab) {
            new FstabLines(node)
                    .at(mountPoint).stream()
                            .filter(line -> !ours.contains(line))
                            .forEach(line -> plan.note(node.name() + ": " + Fstab.PATH + " mounts "
                                    + line.entry().device() + " at " + mountPoint + ", not " + device
                                    + "; that line stays."));
        }
        if (fstab && !ours.isEmpty()) {
            changes.addAll(FstabChange.of(node, file -> file.without(ours)));
        }
    }

    private String place(NodeFacts node) {
        return node.get(MountDirectory.probe(mountPoint)).realPath();
    }

    private Mount mounted(NodeFacts node) {
        return MountDirectory.mounted(node, mountPoint).orElse(null);
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        for (NodeFacts node : after.all()) {
            if (mounted(node) != null) {
                throw new StepFailure("on " + node.name() + ", " + mounted(node).source() + " is still mounted at "
                        + mountPoint + ": it was mounted there more than once. Run the step again.");
            }
        }
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("mounted", mounted(facts) != null);
        report.put("inFstab", !new FstabLines(facts).at(mountPoint).isEmpty());
        return report;
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        NodeFacts unmounted =
                SimulatedMounts.unmounted(facts, mount -> mount.mountPoint().equals(mountPoint));
        return unmounted
                .change(DeviceUses.PROBE, uses -> uses.unmounted(mountPoint))
                .change(BlockDevice.probe(device), block -> block.without(BlockDevice.EXCLUSIVE))
                .change(
                        SystemProbes.file(Fstab.PATH),
                        file -> fstab
                                ? new FileFact(
                                        file.exists(),
                                        new Fstab(file.text())
                                                .without(ours(unmounted))
                                                .text(),
                                        file.mode())
                                : file);
    }

    // A later step may not have probed the device; then only its name is known.
    private List<Line> ours(NodeFacts facts) {
        Probe<BlockDevice> block = BlockDevice.probe(device);
        FstabLines lines = new FstabLines(facts);
        return lines.at(mountPoint).stream()
                .filter(line -> facts.has(block)
                        ? lines.isOf(line.entry(), facts.get(block))
                        : line.entry().device().equals(device))
                .toList();
    }
}
