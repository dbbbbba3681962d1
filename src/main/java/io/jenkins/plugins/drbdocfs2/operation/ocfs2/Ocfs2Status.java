package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.guard.SuspendedIoCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.ToleratesSuspendedIo;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2StatusProbes;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DevicePathRules;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ocfs2Status: shows the cluster and the OCFS2 filesystems of each node. It never changes anything.
 *
 * @param device the path of a device; null for all with OCFS2, except backing disks of DRBD
 */
public record Ocfs2Status(String device) implements Operation, ToleratesSuspendedIo {
    @Override
    public Map<String, Object> subject() {
        return device == null ? Map.of() : Map.of("device", device);
    }

    @Override
    public void check(List<Node> nodes) {
        if (device != null) {
            DevicePathRules.check("device", device);
        }
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        NodeFacts mine = known.node(of.name());
        if (mine != null) {
            return Ocfs2StatusProbes.of(devices(mine)).missingIn(mine);
        }
        return device == null
                ? Ocfs2StatusProbes.FIRST
                : Ocfs2StatusProbes.FIRST.and(
                        Ocfs2StatusProbes.of(List.of(device)).probes());
    }

    private List<String> devices(NodeFacts node) {
        return device == null ? Ocfs2StatusProbes.devices(node) : List.of(device);
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ANY;
    }

    @Override
    public Plan plan(ClusterFacts facts) {
        Plan.Builder plan = new Plan.Builder();
        for (NodeFacts node : facts.all()) {
            SuspendedIoCheck.of(node).all().forEach(reason -> plan.note(Plan.WARNING + reason.text()));
            noteUnread(node, plan);
            Ocfs2Facts.unreadableConf(node).ifPresent(why -> plan.note(Plan.WARNING + node.name() + ": " + why));
        }
        return plan.build();
    }

    private void noteUnread(NodeFacts node, Plan.Builder plan) {
        for (String path : devices(node)) {
            if (Ocfs2StatusProbes.isUnread(node, path)) {
                plan.note(Plan.WARNING + node.name() + ": " + path
                        + " holds OCFS2, but debugfs.ocfs2 does not report of it, so" + " it is missing here"
                        + node.diagnostics(Ocfs2Probes.volume(path)));
            }
        }
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts facts) {
        Map<String, Object> report = new LinkedHashMap<>();
        O2cbState.Cluster online = facts.get(Ocfs2Probes.STATE).online();
        report.put("online", online != null);
        report.put("cluster", online == null ? "" : online.name());
        report.put("configuredClusters", Ocfs2Facts.configuredClusters(facts));
        report.put(
                "atBoot",
                facts.get(SystemProbes.service("o2cb")).isEnabled()
                        && facts.get(SystemProbes.service("ocfs2")).isEnabled());
        if (online != null) {
            report.put("heartbeat", online.mode().word());
            Ocfs2Facts.describe(online, report);
        }
        List<Map<String, Object>> volumes = new ArrayList<>();
        for (String path : devices(facts)) {
            if (facts.has(Ocfs2Probes.volume(path))) {
                facts.get(Ocfs2Probes.volume(path)).ifPresent(volume -> volumes.add(describe(facts, path, volume)));
            }
        }
        report.put("volumes", volumes);
        return report;
    }

    private static Map<String, Object> describe(NodeFacts facts, String path, Ocfs2Volume volume) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("device", path);
        Ocfs2Facts.describeVolume(volume, report);
        BlockDevice block = facts.get(BlockDevice.probe(path));
        report.put(
                "mountedAt",
                facts.get(StorageProbes.MOUNTS).mounts().stream()
                        .filter(mount -> mount.isOf(block))
                        .map(Mount::mountPoint)
                        .toList());
        if (volume.slotMap() != null) {
            report.put("slotsInUse", volume.slotMap().size());
            Ocfs2Facts.mountedBy(facts, volume).ifPresent(users -> report.put("mountedBy", users));
        }
        return report;
    }
}
