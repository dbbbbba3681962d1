package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.drbd.config.MetaDisk;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.storage.LvmCreateVolume;
import io.jenkins.plugins.drbdocfs2.storage.LogicalVolume;
import io.jenkins.plugins.drbdocfs2.storage.PhysicalVolume;
import io.jenkins.plugins.drbdocfs2.storage.Size;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The logical volumes below DRBD: lvmCreateVolume. */
final class VolumesArea {
    private final ClusterFacts facts;
    private final Set<String> groups = new LinkedHashSet<>();

    VolumesArea(ClusterFacts facts) {
        this.facts = facts;
    }

    /** The stage for the disks of these resources. */
    Stage stage(List<Resource> resources) {
        Map<String, Map<NodeFacts, LogicalVolume>> found = new LinkedHashMap<>();
        for (NodeFacts node : facts.all()) {
            for (String path : paths(resources, node.name())) {
                node.get(StorageProbes.LVM).volumes().stream()
                        .filter(volume -> isAt(volume, path))
                        .forEach(volume -> found.computeIfAbsent(volume.path(), key -> new LinkedHashMap<>())
                                .put(node, volume));
            }
        }
        List<DescribedStep> steps = new ArrayList<>();
        found.values().forEach(volumes -> steps.add(step(volumes)));
        return new Stage("Volumes", List.of(), steps);
    }

    private static Set<String> paths(List<Resource> resources, String node) {
        Set<String> paths = new LinkedHashSet<>();
        for (Resource resource : resources) {
            for (Resource.Volume volume : resource.volumes()) {
                Resource.Disk disk = volume.disks().get(node);
                if (disk != null) {
                    MetaDisk meta = disk.metaDisk();
                    paths.add(disk.device());
                    if (!meta.isInternal()) {
                        paths.add(meta.device());
                    }
                }
            }
        }
        return paths;
    }

    private static boolean isAt(LogicalVolume volume, String path) {
        String mapped = volume.group().replace("-", "--") + "-" + volume.name().replace("-", "--");
        return path.equals(volume.path()) || path.equals("/dev/mapper/" + mapped);
    }

    private DescribedStep step(Map<NodeFacts, LogicalVolume> volumes) {
        LogicalVolume one = volumes.values().iterator().next();
        long bytes = volumes.values().stream()
                .mapToLong(LogicalVolume::sizeBytes)
                .min()
                .orElseThrow();
        String size = new Size(bytes).toString();
        List<String> names = volumes.keySet().stream().map(NodeFacts::name).toList();
        // once for each group, as in a Jenkinsfile that makes it
        Set<Set<String>> devices = groups.add(one.group() + " on " + names)
                ? volumes.keySet().stream()
                        .map(node -> devices(node, one.group()))
                        .collect(Collectors.toSet())
                : Set.of(Set.of());
        List<String> same = devices.size() == 1 ? List.copyOf(devices.iterator().next()) : List.of();
        LvmCreateVolume operation = new LvmCreateVolume(one.group(), one.name(), size, same, Overwrite.NOTHING, false);
        StepCall call = StepCall.of("lvmCreateVolume")
                .with("group", one.group())
                .with("name", one.name())
                .with("size", size)
                .with("devices", same.isEmpty() ? null : String.join(" ", same));
        DescribedStep step = DescribedStep.of(call, operation, names, facts);
        if (devices.size() > 1) {
            for (NodeFacts node : volumes.keySet()) {
                step = step.remark(
                        node.name(),
                        "the group '" + one.group() + "' is made of "
                                + String.join(" ", devices(node, one.group()))
                                + ", on other nodes of other devices, so devices are left out");
            }
        }
        return step;
    }

    private static Set<String> devices(NodeFacts node, String group) {
        return node.get(StorageProbes.LVM).physicalVolumes().stream()
                .filter(volume -> group.equals(volume.group()))
                .map(PhysicalVolume::device)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
