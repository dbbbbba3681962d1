package io.jenkins.plugins.drbdocfs2.operation.view;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState.Progress;
import io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.Reported;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.result.StepResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Common views of a resource in the facts of the nodes. */
public final class DrbdFacts {
    /** The message of drbdadm for an address that the node does not have. */
    public static final String NOT_FOUND_ON_THIS_HOST = " not found on this host";

    private static final Pattern FOREIGN_ADDRESS = Pattern.compile("IP (\\S+)" + NOT_FOUND_ON_THIS_HOST);

    private DrbdFacts() {}

    /** The probes for the configuration and the state of a resource. */
    public static ProbeSet probes(String resource) {
        return ProbeSet.of(DrbdProbes.VERSION, DrbdProbes.STATE, DrbdProbes.configured(resource));
    }

    /** The resource in the kernel, or null if it is down or unknown. */
    public static ResourceState state(NodeFacts node, String resource) {
        return node.get(DrbdProbes.STATE).orElse(DrbdState.NONE).resource(resource);
    }

    /** The numbers of its volumes in the kernel; none if it is down. */
    public static Set<Integer> volumes(NodeFacts node, String resource) {
        ResourceState state = state(node, resource);
        return state == null ? Set.of() : state.volumes().keySet();
    }

    /** The nodes that have the resource in their configuration. */
    public static List<NodeFacts> members(ClusterFacts facts, String resource) {
        return facts.all().stream()
                .filter(node -> configured(node, resource).isConfigured())
                .toList();
    }

    /** The resource in the files of the node. */
    public static ConfiguredResource configured(NodeFacts node, String resource) {
        return node.get(DrbdProbes.configured(resource));
    }

    /** Refuses if DRBD cannot be queried on a node. */
    public static void checkAnswer(NodeFacts node, Refusals refusals) {
        if (node.get(DrbdProbes.VERSION).isEmpty()) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_INSTALLED)
                    .on(node.name())
                    .found("drbdadm is not installed or does not run")
                    .remedy("Run drbdInstall first"));
        } else {
            checkState(node, refusals);
        }
    }

    /** Refuses if the configuration of the resource on a node is unknown. */
    public static void checkConfiguration(NodeFacts node, String resource, Refusals refusals) {
        ConfiguredResource configured = configured(node, resource);
        if (!configured.isKnown()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.CONFIGURATION_UNKNOWN)
                    .on(node.name())
                    .found("how '" + resource + "' is configured there is not known: " + configured.error())
                    .wouldLose("drbdadm refuses every command with files that it cannot read, and a resource could be "
                            + "mistaken for a missing one")
                    .remedy(remedy(configured.error())));
        }
    }

    /** The remedy if drbdadm cannot read the files of a node. */
    public static String remedy(String error) {
        Matcher address = FOREIGN_ADDRESS.matcher(error);
        return (address.find()
                        ? address.group(1)
                                + " is not an address of this node (`ip -o addr` shows those that it has): correct it"
                        : "Correct or remove what it names")
                + " in that file; `drbdadm dump` on the node says when it is right";
    }

    /** Refuses if the state of DRBD in the kernel of a node is unknown. */
    public static void checkState(NodeFacts node, Refusals refusals) {
        if (node.get(DrbdProbes.STATE).isEmpty()) {
            refusals.add(Refusal.of(DrbdRefusal.STATE_UNKNOWN)
                    .on(node.name())
                    .found("`drbdsetup events2 --now` gives no sensible answer, so the state of DRBD is unknown"
                            + node.said(DrbdProbes.STATE))
                    .wouldLose("A resource in use could be mistaken for one that is down, and its disks for free disks")
                    .remedy("See whether drbd-utils fit the loaded module (`drbdadm --version`)"));
        }
    }

    /** The nodes that other nodes have in the configuration of a resource, but that lack it in their files and kernel. */
    public static List<NodeFacts> lacking(ClusterFacts facts, String resource) {
        Set<String> named = members(facts, resource).stream()
                .flatMap(member -> configured(member, resource).resource().hosts().stream())
                .map(Resource.Host::node)
                .collect(Collectors.toSet());
        return facts.all().stream()
                .filter(node -> named.contains(node.name())
                        && !configured(node, resource).isConfigured()
                        && state(node, resource) == null)
                .toList();
    }

    /** The name of a peer. DRBD 8 does not report it, but there is only one, in the files of the node. */
    public static String peerName(NodeFacts node, String resource, ConnectionStatus peer) {
        ConfiguredResource configured = configured(node, resource);
        List<String> others = configured.isConfigured()
                ? configured.resource().hosts().stream()
                        .map(Resource.Host::node)
                        .filter(host -> !host.equals(node.name()))
                        .toList()
                : List.of();
        return others.size() == 1 ? others.get(0) : peer.peer();
    }

    /** The DRBD generation of a node; empty if it has none. */
    public static Optional<DrbdGeneration> generation(NodeFacts node) {
        return node.get(DrbdProbes.VERSION).map(DrbdVersion::generation);
    }

    /** Whether a node has DRBD 9. */
    public static boolean is9(NodeFacts node) {
        return generation(node).filter(DrbdGeneration.V9::equals).isPresent();
    }

    /** The connections' states, for messages. */
    public static String connections(ResourceState state) {
        return state.connections().isEmpty()
                ? "there is no connection"
                : state.connections().values().stream()
                        .map(peer -> peer.connection().word())
                        .collect(Collectors.joining(", "));
    }

    /** Refuses if the resource is down on a node. */
    public static void checkUp(NodeFacts node, String resource, Refusals refusals) {
        if (state(node, resource) == null) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_UP)
                    .on(node.name())
                    .found("resource '" + resource + "' is not up")
                    .remedy("Run drbdCreateResource, which brings it up"));
        }
    }

    /** Refuses if DRBD would refuse a promotion because of missing quorum. */
    public static void checkQuorum(String node, ResourceState state, Refusals refusals) {
        if (!state.withoutQuorum().isEmpty()) {
            refusals.add(Refusal.of(DrbdRefusal.NO_QUORUM)
                    .on(node)
                    .found("'" + state.name() + "' has no quorum there: " + peers(state))
                    .wouldLose("The nodes that it does not reach may have quorum, and a Primary with newer data")
                    .remedy("Bring the missing nodes back, or repair the network; drbdStatus shows what each node "
                            + "sees. Only if they"
                            + " are lost for good, remove `quorum` from the options with drbdCreateResource, "
                            + "or leave"
                            + " these nodes out of the resource"));
        }
    }

    /** Each peer with the state of the connection to it, for messages. */
    static String peers(ResourceState state) {
        return state.connections().isEmpty()
                ? "there is no connection"
                : state.connections().values().stream()
                        .map(peer -> peer.peer() + " is " + peer.connection())
                        .collect(Collectors.joining(", "));
    }

    /** Refuses if DRBD cannot be queried, or the resource is not configured on any node. */
    public static void checkKnown(ClusterFacts facts, String resource, Refusals refusals) {
        facts.all().forEach(node -> checkAnswer(node, refusals));
        if (!refusals.any()) {
            facts.all().forEach(node -> checkConfiguration(node, resource, refusals));
        }
        if (!refusals.any() && members(facts, resource).isEmpty()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.NO_RESOURCE)
                    .found("there is no resource '" + resource + "' on " + String.join(", ", facts.names()))
                    .remedy("Create it with drbdCreateResource first, or correct the name"));
        }
    }

    /** The values of a node in the result: role, disk, connection, and those of the peer. */
    public static Map<String, Object> report(NodeFacts node, String resource) {
        Map<String, Object> report = new LinkedHashMap<>();
        ResourceState state = state(node, resource);
        boolean known = node.get(DrbdProbes.STATE).isPresent();
        ConfiguredResource configured = configured(node, resource);
        report.put("configurationKnown", configured.isKnown());
        if (configured.isKnown() || !configured.file().isEmpty()) {
            report.put(
                    "configured",
                    configured.isConfigured() || !configured.file().isEmpty());
        }
        if (!configured.isKnown()) {
            report.put("configurationError", configured.error());
        }
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

    /** Adds the state of a resource; with several volumes or peers, the summary is the worst. */
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
            report.put("peers", peers.stream().map(DrbdFacts::describe).toList());
        }
        describeProgress(behind(peers).stream().map(PeerDeviceState::progress).toList(), report);
    }

    /** The active volumes towards the peer with the most work left, so that data for several peers are not counted twice. */
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

    /** The state and progress of a resource in a stream while a step waits. */
    public static Map<String, Object> now(ResourceState state, Map<String, Object> progress) {
        Map<String, Object> now = new LinkedHashMap<>();
        describe(state, now);
        if (!progress.isEmpty()) {
            now.put(StepResult.PROGRESS, progress);
        }
        return now;
    }

    /** The values of one peer of a node; with several volumes, the summary is the worst. */
    public static Map<String, Object> describe(ConnectionStatus peer) {
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
        List<Long> byPeer = peers.stream().map(DrbdFacts::outOfSyncKib).toList();
        if (!byPeer.contains(null)) {
            byPeer.stream().max(Long::compare).ifPresent(kib -> report.put("outOfSyncKib", kib));
        }
    }

    /** The out-of-sync amount towards one peer, of all volumes; null if unknown. */
    public static Long outOfSyncKib(ConnectionStatus peer) {
        List<Long> byVolume = peer.volumes().values().stream()
                .map(PeerDeviceState::outOfSyncKib)
                .toList();
        return byVolume.isEmpty() || byVolume.contains(null)
                ? null
                : Long.valueOf(byVolume.stream().mapToLong(kib -> kib).sum());
    }

    private static String worst(List<Reported<DiskState>> disks) {
        return disks.stream()
                .filter(disk -> !disk.is(DiskState.UP_TO_DATE))
                .findFirst()
                .orElse(disks.isEmpty() ? DiskState.parse(null) : Reported.of(DiskState.UP_TO_DATE))
                .word();
    }
}
