package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.describe.Verdict.Finding;
import io.jenkins.plugins.drbdocfs2.operation.storage.ClusterMount;
import io.jenkins.plugins.drbdocfs2.operation.view.FstabLines;
import io.jenkins.plugins.drbdocfs2.operation.view.MountOptions;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The mounts of a device: clusterMount. */
final class MountsArea {
    private static final Set<String> OF_KERNEL = Set.of("rw", "relatime");

    private final String device;
    private final ClusterFacts facts;

    MountsArea(String device, ClusterFacts facts) {
        this.device = device;
        this.facts = facts;
    }

    /** A mount point, and the nodes with the mount there. */
    private Map<String, Map<String, Mount>> mounts() {
        Map<String, Map<String, Mount>> places = new LinkedHashMap<>();
        for (NodeFacts node : facts.all()) {
            BlockDevice block = node.get(BlockDevice.probe(device));
            node.get(StorageProbes.MOUNTS).mounts().stream()
                    .filter(mount -> mount.root().equals("/") && mount.isOf(block))
                    .forEach(mount -> places.computeIfAbsent(mount.mountPoint(), key -> new LinkedHashMap<>())
                            .put(node.name(), mount));
        }
        return places;
    }

    /** The steps, one for each mount point. */
    List<DescribedStep> steps() {
        List<DescribedStep> steps = new ArrayList<>();
        mounts().forEach((place, mounts) -> steps.add(step(place, mounts)));
        return steps;
    }

    private DescribedStep step(String place, Map<String, Mount> mounts) {
        List<String> nodes = List.copyOf(mounts.keySet());
        Mount mount = mounts.values().iterator().next();
        List<Fstab.Line> lines = lines(nodes.get(0), place);
        DescribedStep atBoot = step(
                place,
                mount,
                lines.isEmpty()
                        ? kernelOptions(mount)
                        : MountOptions.given(lines.get(0).entry().options()),
                true,
                nodes);
        if (!canBeJudged(atBoot)) {
            return atBoot;
        }
        Verdict verdict = atBoot.verdict(facts);
        if (verdict.finding() == Finding.UNCHANGED) {
            return atBoot;
        }
        DescribedStep now = step(place, mount, kernelOptions(mount), false, nodes);
        for (String node : nodes) {
            boolean differs = verdict.finding() == Finding.REFUSED
                    || verdict.remarks().stream().anyMatch(remark -> node.equals(remark.node()));
            if (differs) {
                now = now.remark(node, fstabRemark(node, place));
            }
        }
        return now;
    }

    private String fstabRemark(String node, String place) {
        return lines(node, place).isEmpty()
                ? "it is not in " + Fstab.PATH
                        + ", so it is not mounted at boot; without fstab: false the step would add it"
                : "its line in " + Fstab.PATH
                        + " stays as it is; without fstab: false the step would make it wait for DRBD"
                        + " and the cluster, or be refused";
    }

    private boolean canBeJudged(DescribedStep step) {
        return facts.all().stream().allMatch(node -> step.probes(node, facts).isEmpty());
    }

    private List<Fstab.Line> lines(String node, String place) {
        return new FstabLines(facts.node(node)).at(place);
    }

    private DescribedStep step(String place, Mount mount, String options, boolean fstab, List<String> nodes) {
        ClusterMount operation = new ClusterMount(device, place, mount.type(), options, fstab);
        StepCall call = StepCall.of("clusterMount")
                .with("device", device)
                .with("mountPoint", place)
                .with("type", mount.type().equals("ocfs2") ? null : mount.type())
                .with("options", options)
                .with("fstab", fstab ? null : false);
        return DescribedStep.of(call, operation, nodes, facts);
    }

    private static String kernelOptions(Mount mount) {
        String options = Arrays.stream(mount.options().split(","))
                .filter(option -> !OF_KERNEL.contains(option))
                .collect(Collectors.joining(","));
        return options.isEmpty() ? null : options;
    }

    /** Lines of fstab for the device that are not mounted. */
    List<Remark> remarks() {
        List<Remark> remarks = new ArrayList<>();
        Map<String, Map<String, Mount>> mounts = mounts();
        for (NodeFacts node : facts.all()) {
            FstabLines lines = new FstabLines(node);
            BlockDevice block = node.get(BlockDevice.probe(device));
            for (FstabEntry entry :
                    new Fstab(node.get(SystemProbes.file(Fstab.PATH)).text()).entries()) {
                boolean mounted =
                        mounts.getOrDefault(entry.mountPoint(), Map.of()).containsKey(node.name());
                if (lines.isOf(entry, block) && !mounted) {
                    remarks.add(Remark.on(
                            node.name(),
                            Fstab.PATH + " has " + entry.device() + " at " + entry.mountPoint() + " (" + entry.type()
                                    + ", " + entry.options() + "), which is not mounted there now"));
                }
            }
        }
        return remarks;
    }
}
