package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.guard.MountDirectoryCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.UsableDeviceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.MountRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.FstabLines;
import io.jenkins.plugins.drbdocfs2.operation.view.MountOptions;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceUse;
import io.jenkins.plugins.drbdocfs2.storage.DeviceRecheck;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The mount of a switchover on the new Primary: which volume, with which options. */
final class SwitchoverMount {
    private static final Set<String> USUAL_OPTIONS = Set.of("rw", "relatime");
    private static final String LOSS = "Two writers on one device destroy each other's data";

    private final DrbdSwitchover step;
    private final String resource;
    private final ClusterFacts facts;
    private final NodeFacts target;
    private final FstabLines lines;

    SwitchoverMount(DrbdSwitchover step, ClusterFacts facts) {
        this.step = step;
        this.resource = step.resource();
        this.facts = facts;
        this.target = facts.node(step.to());
        this.lines = new FstabLines(target);
    }

    /**
     * The changes that mount it; none if it is mounted already.
     *
     * @param from the node that was Primary, or null
     * @param refusals receives what prevents the mount
     * @throws RefusedException if it is not known which volume to mount
     */
    List<Change> changes(NodeFacts from, Refusals refusals) throws RefusedException {
        Mount before = from == null
                ? null
                : ResourceUse.of(from, resource).mounts().stream().findFirst().orElse(null);
        Mount there = step.mounted(target);
        ResourceUse use = ResourceUse.of(target, resource);
        if (there != null && use.mounts().contains(there)) {
            return List.of();
        }
        if (!use.isFree()) {
            refusals.add(Refusal.of(DrbdRefusal.IN_USE)
                    .on(target.name())
                    .found("'" + resource + "' is in use there: it is " + use.words())
                    .wouldLose(LOSS)
                    .remedy(use.remedy()));
        }
        Optional<Resource.Volume> known = volume(before);
        if (known.isEmpty()) {
            refusals.add(Refusal.of(DrbdRefusal.VOLUME_UNKNOWN)
                    .on(target.name())
                    .found("'" + resource + "' has " + volumes().size()
                            + " volumes, and none of them is mounted, so it is not known which belongs at "
                            + step.mountPoint())
                    .remedy("Leave out mountPoint, and mount with clusterMount"));
            refusals.check();
        }
        Resource.Volume volume = known.get();
        if (use.isFree()) {
            UsableDeviceCheck.of(target, volume.device())
                    .ofResource(resource)
                    .sharedFilesystem()
                    .checkUnused(
                            LOSS,
                            "Stop what uses it first, or leave out mountPoint; no parameter allows this",
                            refusals);
        }
        MountDirectory directory = target.get(MountDirectory.probe(step.mountPoint()));
        MountDirectoryCheck.check(target.name(), step.mountPoint(), there, directory, refusals);
        checkFstab(volume, refusals);
        List<Change> changes = new ArrayList<>();
        if (directory.kind() == MountDirectory.Kind.ABSENT) {
            changes.add(Command.of(target.name(), "mkdir", "-p", step.mountPoint()));
        }
        changes.add(Command.of(target.name(), words(volume, before))
                .guard(DeviceRecheck.use(volume.device(), "147:" + volume.minor(), true, List.of()))
                .hint("Current state: " + target.name() + " is Primary, and '" + resource + "' is mounted nowhere."
                        + " Run the step again when the cause is fixed; it continues from there."));
        return changes;
    }

    private void checkFstab(Resource.Volume volume, Refusals refusals) {
        lines.at(step.mountPoint()).stream()
                .filter(line -> !isOf(line.entry(), volume))
                .forEach(line -> refusals.add(Refusal.of(MountRefusal.FSTAB_LINE)
                        .on(target.name())
                        .found(Fstab.PATH + " mounts " + line.entry().device() + " at " + step.mountPoint()
                                + ", in line " + line.number())
                        .wouldLose("After a boot something else would be mounted there")
                        .remedy("Remove that line from the file, or choose another mountPoint")));
    }

    /** The volumes of the resource; none if it is not configured. */
    List<Resource.Volume> volumes() {
        return DrbdFacts.configured(target, resource).volumes();
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

    // A UUID or a label cannot be compared on a Secondary, so it may be that of the volume.
    private boolean isOf(FstabEntry entry, Resource.Volume volume) {
        boolean tag = !entry.device().startsWith("/") && entry.device().contains("=");
        return tag || lines.isOf(entry, volume);
    }

    private Optional<FstabEntry> inFstab(Resource.Volume volume) {
        return facts.all().stream()
                .flatMap(node -> {
                    FstabLines other = new FstabLines(node);
                    return other.at(step.mountPoint()).stream()
                            .map(Fstab.Line::entry)
                            .filter(entry -> other.isOf(entry, volume));
                })
                .findFirst();
    }

    // An fstab has all options; the kernel does not report some of a mount, such as commit of ext4 and logbufs of xfs.
    private List<String> words(Resource.Volume volume, Mount before) {
        List<String> words = new ArrayList<>(List.of("mount"));
        String type = step.type() != null ? step.type() : before == null ? null : before.type();
        Optional<FstabEntry> line = lines.at(step.mountPoint()).stream()
                .map(Fstab.Line::entry)
                .filter(entry -> isOf(entry, volume))
                .findFirst()
                .or(() -> inFstab(volume));
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
}
