package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.guard.HeartbeatTimeoutCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.MountDirectoryCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.UsableDeviceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DeviceRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FilesystemRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.MountRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.O2cbRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.Ocfs2Refusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdDeviceFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.FstabLines;
import io.jenkins.plugins.drbdocfs2.operation.view.MountOptions;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabEntry;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The plan of {@link ClusterMount} on one node. */
final class ClusterMountPlan {
    private final ClusterMount step;
    private final NodeFacts node;
    private final BlockDevice block;
    private final Mount mount;
    private final Optional<DrbdDeviceFacts> drbd;
    private final MountOptions options;
    private final FstabLines lines;

    ClusterMountPlan(ClusterMount step, NodeFacts node) {
        this.step = step;
        this.node = node;
        this.block = node.get(BlockDevice.probe(step.device()));
        this.mount = step.mounted(node);
        this.drbd = DrbdDeviceFacts.of(node, block);
        this.options = new MountOptions(step.options());
        this.lines = new FstabLines(node);
    }

    private boolean isMounted() {
        return mount != null && ClusterMount.isOf(mount, block);
    }

    void check(Refusals refusals) {
        lines.at(step.mountPoint()).stream()
                .filter(line -> step.fstab() && !lines.isOf(line.entry(), block))
                .forEach(line -> refusals.add(Refusal.of(MountRefusal.FSTAB_LINE)
                        .on(node.name())
                        .found(Fstab.PATH + " mounts " + line.entry().device() + " at " + step.mountPoint()
                                + ", in line " + line.number())
                        .wouldLose("It would no longer be mounted at boot")
                        .allowedBy("fstab: false")
                        .remedy("Remove that line from the file, choose another mountPoint, or set fstab: false")));
        if (isMounted()) {
            return;
        }
        MountDirectoryCheck.check(
                node.name(), step.mountPoint(), mount, node.get(MountDirectory.probe(step.mountPoint())), refusals);
        if (mount != null) {
            return;
        }
        if (checkElsewhere(refusals)) {
            return;
        }
        checkDevice(refusals);
        if (step.type().equals("ocfs2")) {
            checkCluster(refusals);
            checkHeartbeat(refusals);
        }
    }

    // Each mount(8) takes a heartbeat reference; only the last unmount of the filesystem releases one.
    private boolean checkElsewhere(Refusals refusals) {
        List<String> places = node.get(StorageProbes.MOUNTS).mounts().stream()
                .filter(other -> other.type().equals("ocfs2") && ClusterMount.isOf(other, block))
                .map(Mount::mountPoint)
                .toList();
        boolean elsewhere = step.type().equals("ocfs2") && !places.isEmpty();
        if (elsewhere) {
            refusals.add(Refusal.of(Ocfs2Refusal.MOUNTED_ALREADY)
                    .on(node.name())
                    .found(step.device() + " is mounted at " + String.join(" and ", places) + " already")
                    .wouldLose("A second mount of OCFS2 would take a second reference of its heartbeat, which stays "
                            + "after both are"
                            + " unmounted, and holds the device open")
                    .remedy("Unmount it there first (clusterUnmount), or show its files at " + step.mountPoint()
                            + " too with `mount --bind`"));
        }
        return elsewhere;
    }

    private void checkHeartbeat(Refusals refusals) {
        HeartbeatTimeoutCheck heartbeat = HeartbeatTimeoutCheck.of(node.get(Ocfs2Probes.STATE));
        drbd.map(DrbdDeviceFacts::configured)
                .filter(device -> heartbeat != null && device.dualPrimary())
                .ifPresent(device -> heartbeat.check(node.name(), device.resource(), device.lossMillis(), refusals));
    }

    private void checkDevice(Refusals refusals) {
        if (drbd.isPresent() && !drbd.get().isPrimary()) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_PRIMARY)
                    .on(node.name())
                    .found("'" + drbd.get().resource() + "', which " + step.device() + " belongs to, is "
                            + drbd.get().words() + " there")
                    .wouldLose(
                            DrbdFacts.is9(node)
                                    ? "DRBD 9 makes a node Primary whose device is opened, unless auto-promote is "
                                            + "off, without checking which node has the newest data"
                                    : "Only a Primary can mount (mount would say: Wrong medium type)")
                    .remedy(
                            step.isShared()
                                    ? "Promote it with drbdPromote first"
                                    : "Mount on the Primary, or change the roles with drbdSwitchover"));
        } else if (drbd.isPresent() && drbd.get().isDualPrimary() && !step.isShared()) {
            refusals.add(Refusal.of(FilesystemRefusal.ONE_NODE)
                    .on(node.name())
                    .found("'" + drbd.get().resource() + "' may have two Primaries, and " + step.type()
                            + " is not a cluster filesystem")
                    .wouldLose("Mounted on both nodes it would be destroyed")
                    .remedy("Use OCFS2, or create the resource without dualPrimary"));
        } else if (UsableDeviceCheck.of(node, step.device())
                .checkThere(
                        "Correct the name, or create the device first (drbdCreateResource, lvmCreateVolume)",
                        refusals)) {
            checkContent(refusals);
        }
    }

    private void checkContent(Refusals refusals) {
        if (!block.isUnseen() && !block.readable()) {
            refusals.add(Refusal.of(DeviceRefusal.UNREADABLE)
                    .on(node.name())
                    .found(step.device() + " cannot be read")
                    .wouldLose("Its content is unknown")
                    .remedy("See `dmesg` there for the reason"));
        } else if (!block.isUnseen() && !step.type().equals(block.blkid().type())) {
            String content = block.content();
            refusals.add(Refusal.of(FilesystemRefusal.OTHER_TYPE)
                    .on(node.name())
                    .found(step.device() + " holds " + (content.isEmpty() ? "no filesystem" : content) + ", not "
                            + step.type())
                    .remedy(
                            content.isEmpty() || step.type().equals("ocfs2")
                                    ? "Make one with "
                                            + (step.type().equals("ocfs2") ? "ocfs2Format" : "filesystemFormat")
                                            + " first, or name the right type"
                                    : "Name the right type"));
        } else {
            checkUse(refusals);
        }
    }

    private void checkUse(Refusals refusals) {
        UsableDeviceCheck checks = UsableDeviceCheck.of(node, step.device());
        (step.isShared() ? checks.sharedFilesystem().heartbeat() : checks)
                .checkUnused(
                        "Two writers on one device destroy each other's data",
                        "Stop what uses it first, or correct the name; no parameter allows this",
                        refusals);
    }

    private void checkCluster(Refusals refusals) {
        O2cbState.Cluster online = node.get(Ocfs2Probes.STATE).online();
        Ocfs2Volume volume = node.get(Ocfs2Probes.volume(step.device())).orElse(null);
        if (volume != null && volume.stack().isEmpty()) {
            return;
        }
        if (online == null) {
            refusals.add(Refusal.of(O2cbRefusal.NOT_ONLINE)
                    .on(node.name())
                    .found("no cluster is online"
                            + (volume == null || volume.cluster().isEmpty()
                                    ? ""
                                    : "; the filesystem belongs to '" + volume.cluster() + "'"))
                    .remedy("Run ocfs2ConfigureCluster first"));
        } else if (volume != null
                && !volume.cluster().isEmpty()
                && !volume.cluster().equals(online.name())) {
            refusals.add(Refusal.of(Ocfs2Refusal.OTHER_CLUSTER)
                    .on(node.name())
                    .found("the filesystem on " + step.device() + " belongs to the cluster '" + volume.cluster() + "' ("
                            + volume.stack() + "), and '" + online.name() + "' is online")
                    .remedy("Bring its cluster online with ocfs2ConfigureCluster, or, with the filesystem mounted "
                            + "nowhere, give it"
                            + " to this one with `tunefs.ocfs2 --update-cluster-stack " + step.device() + "`"));
        }
    }

    /** What DRBD makes of the device. */
    Optional<DrbdDeviceFacts> drbd() {
        return drbd;
    }

    List<Change> mount() {
        if (isMounted()) {
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
        // What it holds counts too: with -t a filesystem of another kind would be refused, but not another one of its
        // kind
        Command command = Command.of(node.name(), words)
                .guard(UsableDeviceCheck.of(node, step.device()).guard());
        changes.add(
                step.type().equals("ocfs2")
                        ? command.hint(
                                "`dmesg` on the node tells more. Can the nodes reach each other at the cluster's TCP"
                                        + " port (clusterCheck), and is the cluster's configuration the same on all of them"
                                        + " (ocfs2Status)?")
                        : command);
        return changes;
    }

    List<Change> fstab() {
        if (!step.fstab()) {
            return List.of();
        }
        FileFact file = node.get(SystemProbes.file(Fstab.PATH));
        List<Fstab.Line> has = lines.at(step.mountPoint());
        if (has.size() == 1 && isAsWanted(has.get(0))) {
            return List.of();
        }
        FstabEntry wanted = new FstabEntry(step.device(), step.mountPoint(), step.type(), fstabOptions());
        List<Change> changes = new ArrayList<>();
        changes.add(new PutFile(
                node.name(),
                Fstab.PATH,
                file.textOrNull(),
                new Fstab(file.text()).with(wanted, has).text(),
                file.exists() ? file.mode() : "644"));
        changes.addAll(reload(node));
        return changes;
    }

    private boolean isAsWanted(Fstab.Line line) {
        return line.sound()
                && lines.isSurelyOf(line.entry(), block, drbd.isPresent())
                && line.entry().type().equals(step.type())
                && MountOptions.same(line.entry().options(), fstabOptions());
    }

    /** systemd generates its units from fstab only on reload. */
    static List<Change> reload(NodeFacts node) {
        return node.get(SystemProbes.tools("systemctl")).isEmpty()
                ? List.of()
                : List.of(Command.of(node.name(), "systemctl", "daemon-reload"));
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

    /** The line for the mount point in fstab. */
    Optional<FstabEntry> entry() {
        return lines.at(step.mountPoint()).stream().map(Fstab.Line::entry).findFirst();
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        List<String> missing = isMounted() ? options.missingIn(mount) : List.of();
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
