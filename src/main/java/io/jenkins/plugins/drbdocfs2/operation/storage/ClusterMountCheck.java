package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
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
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.MountDirectory;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;
import java.util.Optional;

/** Checks that a node can mount the filesystem of {@link ClusterMount}, now and at boot. */
final class ClusterMountCheck {
    private final ClusterMount step;
    private final NodeFacts node;
    private final BlockDevice block;
    private final Optional<DrbdDeviceFacts> drbd;
    private final Refusals refusals;

    ClusterMountCheck(ClusterMount step, NodeFacts node, Refusals refusals) {
        this.step = step;
        this.node = node;
        this.block = node.get(BlockDevice.probe(step.device()));
        this.drbd = DrbdDeviceFacts.of(node, block);
        this.refusals = refusals;
    }

    /** Refuses what it finds. */
    void check() {
        checkFstab();
        if (step.isMounted(node)) {
            return;
        }
        Mount there = step.mounted(node);
        MountDirectoryCheck.check(
                node.name(), step.mountPoint(), there, node.get(MountDirectory.probe(step.mountPoint())), refusals);
        if (there != null || isMountedElsewhere()) {
            return;
        }
        checkDevice();
        if (step.type().equals("ocfs2")) {
            checkCluster();
            checkHeartbeat();
        }
    }

    private void checkFstab() {
        FstabLines lines = new FstabLines(node);
        lines.at(step.mountPoint()).stream()
                .filter(line -> step.fstab() && !lines.isOf(line.entry(), block))
                .forEach(line -> refusals.add(Refusal.of(MountRefusal.FSTAB_LINE)
                        .on(node.name())
                        .found(Fstab.PATH + " mounts " + line.entry().device() + " at " + step.mountPoint()
                                + ", in line " + line.number())
                        .wouldLose("It would no longer be mounted at boot")
                        .allowedBy("fstab: false")
                        .remedy("Remove that line from the file, choose another mountPoint, or set fstab: false")));
    }

    // Each mount(8) takes a heartbeat reference; only the last unmount of the filesystem releases one.
    private boolean isMountedElsewhere() {
        List<String> places = node.get(StorageProbes.MOUNTS).mounts().stream()
                .filter(other -> other.type().equals("ocfs2") && other.isOf(block))
                .map(Mount::mountPoint)
                .toList();
        boolean elsewhere = step.type().equals("ocfs2") && !places.isEmpty();
        if (elsewhere) {
            refusals.add(Refusal.of(Ocfs2Refusal.MOUNTED_ALREADY)
                    .on(node.name())
                    .found(step.device() + " is mounted at " + String.join(" and ", places) + " already")
                    .wouldLose("A second mount of OCFS2 would take a second reference of its heartbeat, which stays "
                            + "after both are unmounted, and holds the device open")
                    .remedy("Unmount it there first (clusterUnmount), or show its files at " + step.mountPoint()
                            + " too with `mount --bind`"));
        }
        return elsewhere;
    }

    private void checkHeartbeat() {
        HeartbeatTimeoutCheck heartbeat = HeartbeatTimeoutCheck.of(node.get(Ocfs2Probes.STATE));
        drbd.map(DrbdDeviceFacts::configured)
                .filter(device -> heartbeat != null && device.dualPrimary())
                .ifPresent(device -> heartbeat.check(node.name(), device.resource(), device.lossMillis(), refusals));
    }

    private void checkDevice() {
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
            checkContent();
        }
    }

    private void checkContent() {
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
            checkUse();
        }
    }

    private void checkUse() {
        UsableDeviceCheck checks = UsableDeviceCheck.of(node, step.device());
        (step.isShared() ? checks.sharedFilesystem().heartbeat() : checks)
                .checkUnused(
                        "Two writers on one device destroy each other's data",
                        "Stop what uses it first, or correct the name; no parameter allows this",
                        refusals);
    }

    private void checkCluster() {
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
                            + "nowhere, give it to this one with `tunefs.ocfs2 --update-cluster-stack "
                            + step.device() + "`"));
        }
    }
}
