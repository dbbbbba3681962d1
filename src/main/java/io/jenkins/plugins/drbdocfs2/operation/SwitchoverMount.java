package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.Resource;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a switchover mounts at its mount point, and how. */
final class SwitchoverMount {
    private static final Set<String> USUAL_OPTIONS = Set.of("rw", "relatime");

    private final DrbdSwitchover step;
    private final String resource;
    private final ClusterFacts facts;
    private final NodeFacts target;

    SwitchoverMount(DrbdSwitchover step, ClusterFacts facts) {
        this.step = step;
        this.resource = step.resource();
        this.facts = facts;
        this.target = facts.node(step.to());
    }

    /** The volumes of the resource; none where it is not configured. */
    List<Resource.Volume> volumes() {
        return DrbdFacts.configured(target, resource).isConfigured()
                ? DrbdFacts.configured(target, resource).resource().volumes()
                : List.of();
    }

    /**
     * The volume that belongs there: the one that was mounted, else the one that an fstab has there, else the only one.
     *
     * @param before the mount on the node that was Primary, or null
     */
    Optional<Resource.Volume> volume(Mount before) {
        List<Resource.Volume> volumes = volumes();
        return volumes.stream()
                .filter(volume -> before != null
                        && (before.device().equals("147:" + volume.minor())
                                || before.source().equals(volume.device())))
                .findFirst()
                .or(() -> volumes.stream()
                        .filter(volume -> inFstab(volume).isPresent())
                        .findFirst())
                .or(() -> volumes.size() == 1 ? Optional.of(volumes.get(0)) : Optional.empty());
    }

    /** The line of the target's fstab for the mount point. */
    Optional<FstabEntry> fstab() {
        return new Fstab(target.get(SystemProbes.file(ClusterMount.FSTAB)).text()).at(step.mountPoint());
    }

    // What a filesystem was mounted with is told in part only: ext4's commit and xfs' logbufs are not among it.
    private Optional<FstabEntry> inFstab(Resource.Volume volume) {
        return facts.all().stream()
                .flatMap(node -> entries(node, resource).stream())
                .filter(entry -> entry.device().equals(volume.device())
                        && entry.mountPoint().equals(step.mountPoint()))
                .findFirst();
    }

    /** The command that mounts the volume. */
    List<String> words(Resource.Volume volume, Mount before) {
        List<String> words = new ArrayList<>(List.of("mount"));
        String type = step.type() != null ? step.type() : before == null ? null : before.type();
        Optional<FstabEntry> line = fstab().or(() -> inFstab(volume));
        String options = before == null || line.isPresent()
                ? line.map(FstabEntry::options)
                        .map(text -> new MountOptions(text).forMount())
                        .orElse("")
                : Arrays.stream(before.options().split(","))
                        .filter(option -> !USUAL_OPTIONS.contains(option))
                        .collect(Collectors.joining(","));
        if (type != null) {
            words.addAll(List.of("-t", type));
        }
        if (!options.isEmpty()) {
            words.addAll(List.of("-o", options));
        }
        words.addAll(List.of(volume.device(), step.mountPoint()));
        return words;
    }

    /** The lines of a node's fstab for the volumes of a resource. */
    static List<FstabEntry> entries(NodeFacts node, String resource) {
        Fstab fstab = new Fstab(node.get(SystemProbes.file(ClusterMount.FSTAB)).text());
        return DrbdFacts.configured(node, resource).isConfigured()
                ? DrbdFacts.configured(node, resource).resource().volumes().stream()
                        .flatMap(volume -> fstab.of(volume.device()).stream())
                        .toList()
                : List.of();
    }
}
