package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.view.ManagerFacts;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabDevices;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Mounts compared with fstab(5), and filesystems that became read-only. */
final class MountRule implements HealthRule {
    /** Entries with one of these are not mounted at boot, or only when they are used. systemd.mount(5). */
    private static final List<String> NOT_AT_BOOT = List.of("noauto", "x-systemd.automount");

    private static final Set<String> WRITABLE = Set.of("ocfs2", "xfs", "ext4", "ext3", "ext2", "btrfs");

    @Override
    public List<Problem> problems(ClusterFacts facts) {
        List<Problem> problems = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            List<FstabEntry> entries =
                    new Fstab(node.get(SystemProbes.file(Fstab.PATH)).text()).entries();
            MountInfo mounts = node.get(StorageProbes.MOUNTS);
            entries.stream()
                    .filter(MountRule::isMountedAtBoot)
                    .filter(entry -> !isMounted(node, entry, mounts))
                    .forEach(entry -> problems.add(Problem.of(
                            ProblemKind.NOT_MOUNTED,
                            node.name(),
                            entry.device() + " is not mounted at " + entry.mountPoint() + " (" + entry.type()
                                    + "), although fstab has it")));
            mounts.mounts().stream()
                    .filter(mount -> mount.type().equals("ocfs2")
                            && mount.root().equals("/")
                            && !ManagerFacts.any(node)
                            && !isIn(entries, mount, node))
                    .forEach(mount -> problems.add(Problem.of(
                            ProblemKind.NOT_IN_FSTAB,
                            node.name(),
                            mount.source() + " is mounted at " + mount.mountPoint() + ", but is not in fstab")));
            mounts.mounts().stream()
                    .filter(mount -> becameReadOnly(entries, mount))
                    .forEach(mount -> problems.add(Problem.of(
                            ProblemKind.READ_ONLY,
                            node.name(),
                            mount.source() + " (" + mount.type() + ") at " + mount.mountPoint() + " is read-only")));
        }
        return problems;
    }

    private static boolean isMountedAtBoot(FstabEntry entry) {
        return entry.mountPoint().startsWith("/")
                && !entry.type().equals("swap")
                && options(entry.options()).noneMatch(NOT_AT_BOOT::contains);
    }

    private static Stream<String> options(String text) {
        return Arrays.stream(text.split(","));
    }

    // A mount point can be a link, so a mount of the same device elsewhere counts too.
    private static boolean isMounted(NodeFacts node, FstabEntry entry, MountInfo mounts) {
        String device = node.get(FstabDevices.PROBE).realPath(entry);
        return mounts.at(entry.mountPoint()).isPresent()
                || mounts.mounts().stream()
                        .map(Mount::source)
                        .anyMatch(source -> source.equals(device) || source.equals(entry.device()));
    }

    private static boolean isIn(List<FstabEntry> entries, Mount mount, NodeFacts node) {
        return entries.stream()
                .anyMatch(entry -> entry.mountPoint().equals(mount.mountPoint())
                        || node.get(FstabDevices.PROBE).realPath(entry).equals(mount.source()));
    }

    // The kernel sets the option of the filesystem, and leaves that of the mount.
    private static boolean becameReadOnly(List<FstabEntry> entries, Mount mount) {
        boolean asked = entries.stream()
                .filter(entry -> entry.mountPoint().equals(mount.mountPoint()))
                .flatMap(entry -> options(entry.options()))
                .anyMatch("ro"::equals);
        return WRITABLE.contains(mount.type())
                && !asked
                && options(mount.superOptions())
                        .anyMatch(option -> option.equals("ro") || option.equals("emergency_ro"))
                && options(mount.options()).noneMatch("ro"::equals);
    }
}
