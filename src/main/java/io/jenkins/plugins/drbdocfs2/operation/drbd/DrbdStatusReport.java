package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.PeerLossReport;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report of a resource on one node: the summary, then volume by volume and peer by peer. */
final class DrbdStatusReport {
    private final NodeFacts node;
    private final String resource;
    private final ResourceState state;
    private final ConfiguredResource configured;

    DrbdStatusReport(NodeFacts node, String resource) {
        this.node = node;
        this.resource = resource;
        this.state = DrbdFacts.state(node, resource);
        this.configured = DrbdFacts.configured(node, resource);
    }

    /** Whether the node has the resource, in its files or in its kernel. */
    boolean isThere() {
        return state != null || configured.isConfigured() || !configured.file().isEmpty();
    }

    Map<String, Object> toMap() {
        Map<String, Object> report = ResourceReport.of(node, resource);
        report.putAll(PeerLossReport.of(node, resource));
        if (state != null) {
            List<Object> volumes = new ArrayList<>();
            List<String> mountedAt = new ArrayList<>();
            state.volumes().values().forEach(volume -> volumes.add(volume(volume, mountedAt)));
            report.put("mountedAt", mountedAt);
            report.put("volumes", volumes);
            report.put(
                    "peers",
                    state.connections().values().stream().map(this::peer).toList());
        }
        return report;
    }

    private Map<String, Object> volume(DeviceState volume, List<String> mountedAt) {
        Map<String, Object> report = new LinkedHashMap<>();
        String device = device(volume);
        List<Mount> mounts = node.get(StorageProbes.MOUNTS).mounts().stream()
                .filter(mount -> mount.device().equals("147:" + volume.minor())
                        || mount.source().equals(device))
                .toList();
        report.put("number", volume.volume());
        report.put("device", device);
        report.put("disk", volume.disk().word());
        put(report, "backingDevice", backing(volume));
        put(report, "quorum", volume.quorum());
        put(report, "bytes", volume.sizeKib() == null ? null : volume.sizeKib() * 1024);
        put(report, "client", volume.client());
        put(report, "open", volume.open());
        report.put("mountedAt", mounts.stream().map(Mount::mountPoint).toList());
        mounts.stream().findFirst().ifPresent(mount -> report.put("type", mount.type()));
        mounts.forEach(mount -> mountedAt.add(mount.mountPoint()));
        return report;
    }

    private String device(DeviceState volume) {
        return configured(volume.volume()) == null
                ? "/dev/drbd" + volume.minor()
                : configured(volume.volume()).device();
    }

    private String backing(DeviceState volume) {
        Resource.Volume known = configured(volume.volume());
        Resource.Disk disk = known == null ? null : known.disks().get(node.name());
        return volume.backingDevice() != null ? volume.backingDevice() : disk == null ? null : disk.device();
    }

    private Resource.Volume configured(int number) {
        return configured.volumes().stream()
                .filter(volume -> volume.number() == number)
                .findFirst()
                .orElse(null);
    }

    private Map<String, Object> peer(ConnectionStatus peer) {
        Map<String, Object> report = ResourceReport.ofPeer(peer);
        report.put("name", DrbdFacts.peerName(node, resource, peer));
        report.put(
                "volumes",
                peer.volumes().values().stream()
                        .map(DrbdStatusReport::peerVolume)
                        .toList());
        return report;
    }

    private static Map<String, Object> peerVolume(PeerDeviceState volume) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("number", volume.volume());
        report.put("replication", volume.replication().word());
        report.put("disk", volume.peerDisk().word());
        put(report, "outOfSyncKib", volume.outOfSyncKib());
        if (volume.isBusy()) {
            report.put("paused", volume.resyncSuspended());
            put(report, "donePercent", volume.progress().donePercent());
            put(report, "kibPerSecond", volume.progress().kibPerSecond());
            put(report, "secondsLeft", volume.progress().secondsLeft());
        }
        return report;
    }

    private static void put(Map<String, Object> report, String key, Object value) {
        if (value != null) {
            report.put(key, value);
        }
    }
}
