package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.FstabLines;
import io.jenkins.plugins.drbdocfs2.operation.view.MountOptions;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The volume and the options that a switchover mounts. */
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

    /** The volumes of the resource; none if it is not configured. */
    List<Resource.Volume> volumes() {
        return DrbdFacts.configured(target, resource).isConfigured()
                ? DrbdFacts.configured(target, resource).resource().volumes()
                : List.of();
    }

    /**
     * The volume to mount: the one that was mounted, else the one in an fstab for the mount point, else the only one.
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
    Optional<FstabEntry> fstab(Resource.Volume volume) {
        FstabLines lines = new FstabLines(target);
        return lines.at(step.mountPoint()).stream()
                .map(Fstab.Line::entry)
                .filter(entry -> lines.isOf(entry, volume) || isTag(entry))
                .findFirst();
    }

    /** The lines of the target's fstab that mount something else at the mount point. */
    List<Fstab.Line> otherLines(Resource.Volume volume) {
        FstabLines lines = new FstabLines(target);
        return lines.at(step.mountPoint()).stream()
                .filter(line -> !lines.isOf(line.entry(), volume) && !isTag(line.entry()))
                .toList();
    }

    // On a Secondary a UUID or a label cannot be compared.
    private static boolean isTag(FstabEntry entry) {
        return !entry.device().startsWith("/") && entry.device().contains("=");
    }

    // What a filesystem was mounted with is told in part only: ext4's commit and xfs' logbufs are not among it.
    private Optional<FstabEntry> inFstab(Resource.Volume volume) {
        return facts.all().stream()
                .flatMap(node -> {
                    FstabLines lines = new FstabLines(node);
                    return lines.at(step.mountPoint()).stream()
                            .map(Fstab.Line::entry)
                            .filter(entry -> lines.isOf(entry, volume));
                })
                .findFirst();
    }

    /** The command that mounts the volume. */
    List<String> words(Resource.Volume volume, Mount before) {
        List<String> words = new ArrayList<>(List.of("mount"));
        String type = step.type() != null ? step.type() : before == null ? null : before.type();
        Optional<FstabEntry> line = fstab(volume).or(() -> inFstab(volume));
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
        return DrbdFacts.configured(node, resource).isConfigured()
                ? new FstabLines(node)
                        .of(DrbdFacts.configured(node, resource).resource().volumes())
                : List.of();
    }
}
