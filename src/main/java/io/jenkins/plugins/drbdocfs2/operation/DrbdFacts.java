package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.ResourceState;
import io.jenkins.plugins.drbdocfs2.drbd.States;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.Inquiry;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One resource in the facts of the nodes: what several operations ask and tell alike. */
final class DrbdFacts {
    private DrbdFacts() {}

    /** Asks how a resource is configured and what it does. */
    static Inquiry inquiry(String resource) {
        return Inquiry.of(DrbdProbes.VERSION, DrbdProbes.STATE, DrbdProbes.configured(resource));
    }

    /** The resource as the kernel has it, or null where it is down, or nothing could be learned. */
    static ResourceState state(NodeFacts node, String resource) {
        return node.get(DrbdProbes.STATE).orElse(DrbdState.NONE).resource(resource);
    }

    /** The nodes that have the resource in their configuration. */
    static List<NodeFacts> members(ClusterFacts facts, String resource) {
        return facts.all().stream()
                .filter(node -> configured(node, resource).isConfigured())
                .toList();
    }

    /** The resource as the node's files have it. */
    static ConfiguredResource configured(NodeFacts node, String resource) {
        return node.get(DrbdProbes.configured(resource));
    }

    /** Refuses where DRBD cannot be asked, or the resource is configured nowhere. */
    static void checkKnown(ClusterFacts facts, String resource, Refusals refusals) {
        for (NodeFacts node : facts.all()) {
            if (node.get(DrbdProbes.VERSION).isEmpty()) {
                refusals.add(node.name(), "drbdadm is not installed or does not run", null, "Run drbdInstall first");
            } else if (node.get(DrbdProbes.STATE).isEmpty()) {
                refusals.add(
                        node.name(),
                        "`drbdsetup events2 --now` gives no sensible answer, so the state of DRBD is unknown",
                        null,
                        "See whether drbd-utils fit the loaded module (`drbdadm --version`)");
            }
        }
        if (!refusals.any() && members(facts, resource).isEmpty()) {
            refusals.add(
                    null,
                    "there is no resource '" + resource + "' on " + String.join(", ", facts.names()),
                    null,
                    "Create it with drbdCreateResource first, or correct the name");
        }
    }

    /** What the result says of a node: role, disk, connection, what the peer has. */
    static Map<String, Object> report(NodeFacts node, String resource) {
        Map<String, Object> report = new LinkedHashMap<>();
        ResourceState state = state(node, resource);
        report.put("configured", configured(node, resource).isConfigured());
        report.put("up", state != null);
        if (state != null) {
            describe(state, report);
        }
        return report;
    }

    /** Adds what a resource does; where it has several volumes or peers, the summary names the worst. */
    static void describe(ResourceState state, Map<String, Object> report) {
        report.put("role", state.role());
        report.put(
                "disk",
                worst(state.volumes().values().stream().map(DeviceState::disk).toList()));
        report.put("suspended", state.suspended());
        if (!state.connections().isEmpty()) {
            List<ConnectionState> peers = List.copyOf(state.connections().values());
            report.put(
                    "connection",
                    peers.stream()
                            .map(ConnectionState::connection)
                            .filter(connection -> !connection.equals(States.CONNECTED))
                            .findFirst()
                            .orElse(States.CONNECTED));
            report.put("peerRole", peers.get(0).peerRole());
            report.put("peerDisk", disk(peers));
            report.put("replication", replication(peers));
            report.put("outOfSyncKib", outOfSyncKib(peers));
            if (peers.size() > 1) {
                report.put("peers", peers.stream().map(DrbdFacts::describe).toList());
            }
        }
    }

    /** What a stream shows of a resource while a step waits, and how far it is. */
    static Map<String, Object> now(ResourceState state, Map<String, Object> progress) {
        Map<String, Object> now = new LinkedHashMap<>();
        describe(state, now);
        if (!progress.isEmpty()) {
            now.put(StepResult.PROGRESS, progress);
        }
        return now;
    }

    private static Map<String, Object> describe(ConnectionState peer) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", peer.peer());
        report.put("role", peer.peerRole());
        report.put("disk", disk(List.of(peer)));
        report.put("connection", peer.connection());
        report.put("replication", replication(List.of(peer)));
        report.put("outOfSyncKib", outOfSyncKib(List.of(peer)));
        return report;
    }

    private static List<PeerDeviceState> volumes(List<ConnectionState> peers) {
        return peers.stream().flatMap(peer -> peer.volumes().values().stream()).toList();
    }

    private static String disk(List<ConnectionState> peers) {
        return worst(volumes(peers).stream().map(PeerDeviceState::peerDisk).toList());
    }

    private static String replication(List<ConnectionState> peers) {
        List<PeerDeviceState> volumes = volumes(peers);
        return volumes.stream()
                .map(PeerDeviceState::replication)
                .filter(replication -> !replication.equals(States.ESTABLISHED))
                .findFirst()
                .orElse(volumes.isEmpty() ? States.OFF : States.ESTABLISHED);
    }

    private static long outOfSyncKib(List<ConnectionState> peers) {
        return volumes(peers).stream()
                .mapToLong(volume -> volume.outOfSyncKib() == null ? 0 : volume.outOfSyncKib())
                .sum();
    }

    private static String worst(List<String> disks) {
        return disks.stream()
                .filter(disk -> !disk.equals(States.UP_TO_DATE))
                .findFirst()
                .orElse(disks.isEmpty() ? States.DISKLESS : States.UP_TO_DATE);
    }
}
