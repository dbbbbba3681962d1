package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState.Progress;
import io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The state of a resource on a node as the values of a result; with several volumes or peers, a value is the worst. */
public final class ResourceReport {
    private ResourceReport() {}

    /** The values of a node in the result: what is known, role, disk, connection, and the state of its peers. */
    public static Map<String, Object> of(NodeFacts node, String resource) {
        Map<String, Object> report = new LinkedHashMap<>();
        ResourceState state = DrbdFacts.state(node, resource);
        boolean known = node.get(DrbdProbes.STATE).isPresent();
        ConfiguredResource configured = DrbdFacts.configured(node, resource);
        report.put("configurationKnown", configured.isKnown());
        if (configured.isKnown() || !configured.file().isEmpty()) {
            report.put(
                    "configured",
                    configured.isConfigured() || !configured.file().isEmpty());
        }
        if (!configured.isKnown()) {
            report.put("configurationError", configured.error());
        }
        ManagerFacts.describe(node, resource, report);
        report.put("stateKnown", known);
        if (known) {
            report.put("up", state != null);
        } else {
            List.of("role", "disk", "connection", "replication").forEach(key -> report.put(key, Reported.NOTHING));
        }
        if (state != null) {
            describe(state, report);
        }
        return report;
    }

    private static void describe(ResourceState state, Map<String, Object> report) {
        report.put("role", state.role().word());
        report.put(
                "disk",
                worst(state.volumes().values().stream().map(DeviceState::disk).toList()));
        report.put("suspended", state.suspended());
        List<Boolean> quorum = state.volumes().values().stream()
                .map(DeviceState::quorum)
                .filter(Objects::nonNull)
                .toList();
        if (!quorum.isEmpty()) {
            report.put("quorum", !quorum.contains(false));
        }
        if (!state.connections().isEmpty()) {
            describePeers(List.copyOf(state.connections().values()), report);
        }
    }

    private static void describePeers(List<ConnectionStatus> peers, Map<String, Object> report) {
        report.put(
                "connection",
                peers.stream()
                        .map(ConnectionStatus::connection)
                        .filter(connection -> !connection.is(ConnectionState.CONNECTED))
                        .findFirst()
                        .orElse(Reported.of(ConnectionState.CONNECTED))
                        .word());
        report.put("peerRole", peers.get(0).peerRole().word());
        report.put("peerDisk", disk(peers));
        report.put("replication", replication(peers));
        putOutOfSync(peers, report);
        if (peers.size() > 1) {
            report.put("peers", peers.stream().map(ResourceReport::ofPeer).toList());
        }
        describeProgress(behind(peers).stream().map(PeerDeviceState::progress).toList(), report);
    }

    /** The busy volumes of the peer with the most work left, so that data for several peers are not counted twice. */
    private static List<PeerDeviceState> behind(List<ConnectionStatus> peers) {
        return peers.stream()
                .map(peer -> peer.volumes().values().stream()
                        .filter(PeerDeviceState::isBusy)
                        .toList())
                .filter(busy -> !busy.isEmpty())
                .max(Comparator.comparingLong(busy -> busy.stream()
                        .map(PeerDeviceState::outOfSyncKib)
                        .filter(Objects::nonNull)
                        .mapToLong(kib -> kib)
                        .sum()))
                .orElse(List.of());
    }

    /** Adds the progress: the lowest percentage, the sum of the rates, the longest remaining time. */
    private static void describeProgress(List<Progress> running, Map<String, Object> report) {
        running.stream()
                .map(Progress::donePercent)
                .filter(Objects::nonNull)
                .min(Double::compare)
                .ifPresent(percent -> report.put("donePercent", percent));
        running.stream()
                .map(Progress::kibPerSecond)
                .filter(Objects::nonNull)
                .reduce(Long::sum)
                .ifPresent(rate -> report.put("kibPerSecond", rate));
        running.stream()
                .map(Progress::secondsLeft)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .ifPresent(seconds -> report.put("secondsLeft", seconds));
    }

    /** The state and the progress of a resource while a step waits. */
    public static Map<String, Object> now(ResourceState state, Map<String, Object> progress) {
        Map<String, Object> now = new LinkedHashMap<>();
        describe(state, now);
        if (!progress.isEmpty()) {
            now.put(StepResult.PROGRESS, progress);
        }
        return now;
    }

    /** The values of one peer of a node. */
    public static Map<String, Object> ofPeer(ConnectionStatus peer) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", peer.peer());
        report.put("role", peer.peerRole().word());
        report.put("disk", disk(List.of(peer)));
        report.put("connection", peer.connection().word());
        report.put("replication", replication(List.of(peer)));
        putOutOfSync(List.of(peer), report);
        return report;
    }

    private static List<PeerDeviceState> volumes(List<ConnectionStatus> peers) {
        return peers.stream().flatMap(peer -> peer.volumes().values().stream()).toList();
    }

    private static String disk(List<ConnectionStatus> peers) {
        List<PeerDeviceState> volumes = volumes(peers);
        boolean allClients = volumes.stream().allMatch(PeerDeviceState::isClient);
        return worst(volumes.stream()
                .filter(volume -> allClients || !volume.isClient())
                .map(PeerDeviceState::peerDisk)
                .toList());
    }

    private static String replication(List<ConnectionStatus> peers) {
        List<PeerDeviceState> volumes = volumes(peers);
        return volumes.stream()
                .map(PeerDeviceState::replication)
                .filter(replication -> !replication.is(ReplicationState.ESTABLISHED))
                .findFirst()
                .orElse(Reported.of(volumes.isEmpty() ? ReplicationState.OFF : ReplicationState.ESTABLISHED))
                .word();
    }

    private static void putOutOfSync(List<ConnectionStatus> peers, Map<String, Object> report) {
        List<Long> byPeer = peers.stream().map(ConnectionStatus::outOfSyncKib).toList();
        if (!byPeer.contains(null)) {
            byPeer.stream().max(Long::compare).ifPresent(kib -> report.put("outOfSyncKib", kib));
        }
    }

    private static String worst(List<Reported<DiskState>> disks) {
        return disks.stream()
                .filter(disk -> !disk.is(DiskState.UP_TO_DATE))
                .findFirst()
                .orElse(disks.isEmpty() ? DiskState.parse(null) : Reported.of(DiskState.UP_TO_DATE))
                .word();
    }
}
