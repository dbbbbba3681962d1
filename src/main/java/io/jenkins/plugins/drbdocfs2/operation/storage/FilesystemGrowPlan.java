package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.operation.guard.UsableDeviceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FilesystemRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.MountRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.Ocfs2Refusal;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import io.jenkins.plugins.drbdocfs2.storage.FilesystemSize;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The plan of {@link FilesystemGrow}: on one node, that has it mounted if any has. */
final class FilesystemGrowPlan {
    private static final Duration TIMEOUT = Duration.ofHours(2);

    private final FilesystemGrow operation;
    private final String device;
    private final ClusterFacts facts;
    private final Refusals refusals = new Refusals();

    FilesystemGrowPlan(FilesystemGrow operation, ClusterFacts facts) {
        this.operation = operation;
        this.device = operation.device();
        this.facts = facts;
    }

    /** The node on which it grows. */
    NodeFacts node() throws RefusedException {
        Optional<NodeFacts> mounting =
                facts.all().stream().filter(node -> mount(node).isPresent()).findFirst();
        return mounting.isPresent() ? mounting.get() : operation.checks().formattingNode(facts);
    }

    private Optional<Mount> mount(NodeFacts node) {
        return node.get(StorageProbes.MOUNTS).mounts().stream()
                .filter(mount -> mount.isOf(operation.on(node)))
                .findFirst();
    }

    Plan make() throws RefusedException {
        NodeFacts node = node();
        Plan.Builder plan = new Plan.Builder();
        if (operation.checks().noteUnseen(node, plan) || operation.checks().isToCome(node)) {
            return plan.build();
        }
        FilesystemSize size = operation.size(node);
        checkKnown(node, size);
        refusals.check();
        if (size.fills(operation.on(node).bytes())) {
            return plan.build();
        }
        Mount mount = mount(node).orElse(null);
        checkPlace(node, size, mount);
        refusals.check();
        return plan.stage("grow the filesystem", List.of(command(node, size, mount)))
                .build();
    }

    private void checkKnown(NodeFacts node, FilesystemSize size) {
        if (!FilesystemSize.TYPES.contains(size.type())) {
            String content = operation.on(node).content();
            refusals.add(Refusal.of(FilesystemRefusal.NOT_GROWABLE)
                    .on(node.name())
                    .found(device + " holds " + (content.isEmpty() ? "nothing" : content))
                    .remedy("Name the device of an OCFS2, XFS or ext4 filesystem"));
        } else if (!size.known()) {
            refusals.add(Refusal.of(FilesystemRefusal.SIZE_UNKNOWN)
                    .on(node.name())
                    .found("the size of the " + size.type() + " on " + device + " cannot be read"
                            + node.diagnostics(FilesystemSize.probe(device)))
                    .remedy("Install ocfs2-tools, xfsprogs or e2fsprogs if its tool is missing"));
        }
    }

    private void checkPlace(NodeFacts node, FilesystemSize size, Mount mount) {
        if (mount != null && List.of(mount.options().split(",")).contains("ro")) {
            refusals.add(Refusal.of(MountRefusal.READ_ONLY)
                    .on(node.name())
                    .found(mount.mountPoint() + " is mounted read-only")
                    .remedy("See `dmesg` there for the reason"));
        }
        if (mount == null && size.type().equals("xfs")) {
            refusals.add(Refusal.of(FilesystemRefusal.NOT_MOUNTED)
                    .on(node.name())
                    .found("the XFS on " + device + " is not mounted")
                    .remedy("XFS grows only while it is mounted: mount it with clusterMount first"));
        }
        if (mount == null && size.type().startsWith("ext")) {
            facts.all().forEach(each -> UsableDeviceCheck.of(each, device)
                    .checkUnused("The filesystem would change below its user", "Stop what uses it", refusals));
        }
        if (size.type().equals("ocfs2")) {
            checkNodes(node, mount);
        }
    }

    // tunefs.ocfs2 grows a mounted filesystem only where it is mounted.
    private void checkNodes(NodeFacts node, Mount mount) {
        List<String> users = node
                .get(Ocfs2Probes.volume(device))
                .flatMap(volume -> Ocfs2Facts.mountedBy(node, volume))
                .orElse(List.of())
                .stream()
                .filter(user -> facts.node(user) == null) // those of the step have been asked
                .toList();
        if (mount == null && !users.isEmpty()) {
            refusals.add(Refusal.of(Ocfs2Refusal.SLOT_HELD)
                    .on(node.name())
                    .found("the OCFS2 filesystem on " + device + " says that it is mounted by "
                            + String.join(", ", users) + ", and on no node of this step")
                    .remedy(
                            "Name a node that has it mounted; a crashed node is listed until the filesystem is mounted and"
                                    + " unmounted again"));
        }
        for (NodeFacts other : facts.all()) {
            long bytes = operation.on(other).bytes();
            if (mount(other).isPresent() && bytes < operation.on(node).bytes()) {
                refusals.add(Refusal.of(FilesystemRefusal.DEVICE_SMALLER)
                        .on(other.name())
                        .found(device + " has " + bytes + " bytes there, and "
                                + operation.on(node).bytes() + " on " + node.name())
                        .wouldLose("Writes beyond the end of the device would fail")
                        .remedy("Grow the device on all nodes first (drbdResize)"));
            }
        }
    }

    private Command command(NodeFacts node, FilesystemSize size, Mount mount) {
        String name = node.name();
        Command command =
                switch (size.type()) {
                    case "ocfs2" -> Command.of(name, "tunefs.ocfs2", "-S", device);
                    case "xfs" -> Command.of(name, "xfs_growfs", mount.mountPoint());
                    default -> mount != null
                            ? Command.of(name, "resize2fs", device)
                            : Command.shell(
                                            name,
                                            "e2fsck -f -p " + Sh.quote(device) + " || [ $? = 1 ] && "
                                                    + Sh.command("resize2fs", device))
                                    .guard(UsableDeviceCheck.of(node, device).guard());
                };
        return command.timeout(TIMEOUT).hint("`dmesg` there may show why; the files on it are as they were.");
    }
}
