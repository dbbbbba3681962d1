package io.jenkins.plugins.drbdocfs2.operation.maintenance;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.MaintenanceRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.FstabLines;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import io.jenkins.plugins.drbdocfs2.storage.FstabDevices;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;

/** Checks that a node can be rebooted: its peers have its data and its service, and it comes back by itself. */
final class RebootCheck {
    private final NodeFacts node;
    private final Refusals refusals;

    RebootCheck(NodeFacts node, Refusals refusals) {
        this.node = node;
        this.refusals = refusals;
    }

    static ProbeSet probes() {
        return ProbeSet.of(
                DrbdProbes.VERSION,
                DrbdProbes.STATE,
                DrbdDevices.PROBE,
                ResourceManagers.PROBE,
                StorageProbes.MOUNTS,
                SystemProbes.file(Fstab.PATH),
                FstabDevices.PROBE,
                SystemProbes.service("drbd"),
                SystemProbes.service("o2cb"),
                SystemProbes.service("ocfs2"),
                SystemProbes.file(NodeState.PATH),
                NodeState.PROBE);
    }

    void check() {
        ResourceCheck.checkState(node, refusals);
        DrbdDevices devices = node.get(DrbdDevices.PROBE);
        if (!devices.known()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.CONFIGURATION_UNKNOWN)
                    .on(node.name())
                    .found("whether DRBD comes up at boot there is not known: `drbdadm dump` fails: " + devices.error())
                    .remedy(ResourceCheck.remedy(devices.error())));
            return;
        }
        DrbdFacts.running(node).values().forEach(this::check);
        if (!DrbdFacts.running(node).isEmpty()) {
            checkService("drbd", "DRBD");
        }
        List<Mount> mounts = mounts();
        mounts.forEach(this::checkFstab);
        if (mounts.stream().anyMatch(mount -> mount.type().equals("ocfs2"))) {
            checkService("o2cb", "the OCFS2 cluster");
            checkService("ocfs2", "OCFS2");
        }
    }

    private List<Mount> mounts() {
        return node.get(StorageProbes.MOUNTS).mounts().stream()
                .filter(mount -> mount.type().equals("ocfs2") || mount.source().startsWith("/dev/drbd"))
                .toList();
    }

    private void check(ResourceState state) {
        if (!state.isUpToDateEverywhere()) {
            refusals.add(Refusal.of(MaintenanceRefusal.NOT_REDUNDANT)
                    .on(node.name())
                    .found("'" + state.name() + "' is not connected and UpToDate on all of its nodes ("
                            + DrbdFacts.connections(state) + ")")
                    .wouldLose("The others would lack its last data, or stop")
                    .remedy("See drbdStatus; connect with drbdCreateResource and wait with drbdWaitSync"));
        }
        if (state.isPrimary() && !state.hasPrimaryPeer()) {
            refusals.add(Refusal.of(MaintenanceRefusal.ONLY_PRIMARY)
                    .on(node.name())
                    .found("'" + state.name() + "' is Primary only there")
                    .wouldLose("Its service would stop during the reboot")
                    .remedy("Move it to another node first with drbdSwitchover, or stop it with clusterUnmount and"
                            + " drbdDemote"));
        }
        List<DrbdDevices.Device> volumes = node.get(DrbdDevices.PROBE).devices().stream()
                .filter(device -> device.resource().equals(state.name()))
                .toList();
        boolean mounted = mounts().stream().anyMatch(mount -> volumes.stream()
                .anyMatch(device ->
                        mount.source().equals(device.path()) || mount.source().equals("/dev/drbd" + device.minor())));
        boolean promoted =
                volumes.stream().anyMatch(DrbdDevices.Device::primaryAtBoot) || DrbdFacts.is9(node) && mounted;
        if (volumes.isEmpty() || state.isPrimary() && !promoted) {
            notAtBoot(
                    "'" + state.name() + "' is "
                            + (volumes.isEmpty()
                                    ? "in no file of DRBD's configuration"
                                    : "Primary, and its configuration has no become-primary-on"),
                    volumes.isEmpty()
                            ? "Put its file back with drbdCreateResource"
                            : "Add startup { become-primary-on both; } to the options of drbdCreateResource");
        }
    }

    private void checkFstab(Mount mount) {
        boolean there = new FstabLines(node).at(mount.mountPoint()).stream().anyMatch(line -> !List.of(
                        line.entry().options().split(","))
                .contains("noauto"));
        if (!there) {
            notAtBoot(
                    mount.source() + " is mounted at " + mount.mountPoint()
                            + ", and /etc/fstab does not mount it at boot",
                    "Add it with clusterMount, or unmount it first");
        }
    }

    private void checkService(String service, String what) {
        if (!node.get(SystemProbes.service(service)).isEnabled()) {
            notAtBoot(
                    "the service " + service + " is not enabled, so " + what + " does not come up at boot",
                    "Run `systemctl enable " + service + "` there");
        }
    }

    private void notAtBoot(String found, String remedy) {
        refusals.add(Refusal.of(MaintenanceRefusal.NOT_AT_BOOT)
                .on(node.name())
                .found(found)
                .wouldLose("It would not be as before after the reboot")
                .remedy(remedy));
    }
}
