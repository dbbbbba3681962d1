package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.guard.UsableDeviceCheck;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.FstabLines;
import io.jenkins.plugins.drbdocfs2.operation.view.MountOptions;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The plan of {@link ClusterMount} on one node: the mount now and at boot. */
final class ClusterMountPlan {
    private final ClusterMount step;
    private final NodeFacts node;
    private final BlockDevice block;
    private final Optional<DrbdDeviceFacts> drbd;
    private final MountOptions options;
    private final FstabLines lines;

    ClusterMountPlan(ClusterMount step, NodeFacts node) {
        this.step = step;
        this.node = node;
        this.block = node.get(BlockDevice.probe(step.device()));
        this.drbd = DrbdDeviceFacts.of(node, block);
        this.options = new MountOptions(step.options());
        this.lines = new FstabLines(node);
    }

    List<Change> mount() {
        if (step.isMounted(node)) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        if (node.get(MountDirectory.probe(step.mountPoint())).kind() == MountDirectory.Kind.ABSENT) {
            changes.add(Command.of(node.name(), "mkdir", "-p", step.mountPoint()));
        }
        List<String> words = new ArrayList<>(List.of("mount", "-t", step.type()));
        if (!options.forMount().isEmpty()) {
            words.addAll(List.of("-o", options.forMount()));
        }
        words.addAll(List.of(step.device(), step.mountPoint()));
        // mount -t refuses a filesystem of another type, but not another one of this type, so the content counts too.
        Command command = Command.of(node.name(), words)
                .guard(UsableDeviceCheck.of(node, step.device()).guard());
        changes.add(
                step.type().equals("ocfs2")
                        ? command.hint("`dmesg` on the node tells more. Can the nodes reach each other at the "
                                + "cluster's TCP port (clusterCheck), and is the cluster's configuration the same on "
                                + "all of them (ocfs2Status)?")
                        : command);
        return changes;
    }

    List<Change> fstab() {
        if (!step.fstab()) {
            return List.of();
        }
        List<Fstab.Line> has = lines.at(step.mountPoint());
        if (has.size() == 1 && isAsWanted(has.get(0))) {
            return List.of();
        }
        FstabEntry wanted = new FstabEntry(step.device(), step.mountPoint(), step.type(), fstabOptions());
        return FstabChange.of(node, fstab -> fstab.with(wanted, has));
    }

    private boolean isAsWanted(Fstab.Line line) {
        return line.sound()
                && lines.isSurelyOf(line.entry(), block, drbd.isPresent())
                && line.entry().type().equals(step.type())
                && MountOptions.same(line.entry().options(), fstabOptions());
    }

    private String fstabOptions() {
        List<String> services = new ArrayList<>();
        if (drbd.isPresent() && node.get(SystemProbes.hasService("drbd"))) {
            services.add("drbd");
        }
        if (step.type().equals("ocfs2") && node.get(SystemProbes.hasService("o2cb"))) {
            services.add("o2cb");
        }
        return options.forFstab(step.type(), step.isShared(), drbd.isPresent(), services);
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        List<String> missing = step.isMounted(node) ? options.missingIn(step.mounted(node)) : List.of();
        if (!missing.isEmpty()) {
            notes.add(node.name() + ": " + step.mountPoint() + " is mounted without " + String.join(", ", missing)
                    + "; it is not remounted while in use. To change that, unmount it first (clusterUnmount).");
        }
        if (step.fstab() && drbd.isPresent()) {
            lines.at(step.mountPoint()).stream()
                    .filter(line -> lines.isOf(line.entry(), block) && !lines.isSurelyOf(line.entry(), block, true))
                    .forEach(line -> notes.add(node.name() + ": line " + line.number() + " of " + Fstab.PATH
                            + " names " + step.device() + " as " + line.entry().device()
                            + ", which can lead to the disk below DRBD as well; it is given its path"));
        }
        if (step.fstab() && step.type().equals("ocfs2") && options.hasNofail()) {
            notes.add(node.name() + ": nofail is left out of " + Fstab.PATH + ": `mount " + step.mountPoint()
                    + "` would hand it to the kernel, which refuses it for OCFS2");
        }
        boolean before9 = DrbdFacts.generation(node).isPresent() && !DrbdFacts.is9(node);
        boolean staysSecondary = drbd.map(DrbdDeviceFacts::configured)
                .filter(configured -> !configured.primaryAtBoot())
                .isPresent();
        if (step.fstab() && step.isShared() && before9 && staysSecondary) {
            notes.add(node.name() + ": '" + drbd.get().resource() + "' does not become Primary at boot by itself, so "
                    + step.mountPoint() + " will not be mounted after a reboot. Add startup { become-primary-on both; }"
                    + " to the options of drbdCreateResource.");
        }
        return notes;
    }
}
