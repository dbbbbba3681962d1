package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.OutOfSyncPair;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourcePairs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Connections that are not established, synchronisations, and blocks that differ; each pair of nodes once.
 *
 * @param resource the resource
 */
record ConnectionRule(String resource) implements HealthRule {
    private static final Set<ReplicationState> FROM_HERE = EnumSet.of(
            ReplicationState.STARTING_SYNC_S,
            ReplicationState.WF_BITMAP_S,
            ReplicationState.SYNC_SOURCE,
            ReplicationState.PAUSED_SYNC_S,
            ReplicationState.AHEAD);

    @Override
    public List<Problem> problems(ClusterFacts facts) {
        List<Problem> problems = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            ResourceState state = DrbdFacts.state(node, resource);
            if (state != null
                    && state.connections().isEmpty()
                    && DrbdFacts.configured(node, resource).hosts().size() > 1) {
                problems.add(problem(ProblemKind.DISCONNECTED, node.name(), "'" + resource + "' has no connection"));
            }
        }
        List<OutOfSyncPair> differing = OutOfSyncPair.all(facts, resource);
        ResourcePairs.of(facts, resource).forEach((nodes, sides) -> {
            Long kib = differing.stream()
                    .filter(pair -> pair.nodes().equals(nodes))
                    .findFirst()
                    .map(OutOfSyncPair::kib)
                    .orElse(null);
            if (sides.values().stream().allMatch(ConnectionStatus::isConnected)) {
                connected(nodes, sides, kib).ifPresent(problems::add);
            } else {
                problems.add(problem(ProblemKind.DISCONNECTED, nodes.get(0), disconnected(facts, nodes, sides, kib)));
            }
        });
        return problems;
    }

    private Problem problem(ProblemKind kind, String node, String finding) {
        return Problem.of(kind, node, finding).of(resource);
    }

    private String disconnected(ClusterFacts facts, List<String> nodes, Map<String, ConnectionStatus> sides, Long kib) {
        String states = sides.entrySet().stream()
                .map(side -> side.getKey() + " reports "
                        + side.getValue().connection().word()
                        + (side.getValue().isConnected()
                                        || side.getValue().connection().state() != ConnectionState.CONNECTED
                                ? ""
                                : " without replication"))
                .collect(Collectors.joining(", "));
        String away = nodes.stream()
                .filter(facts.missing()::containsKey)
                .map(name -> "; " + name + " does not answer")
                .collect(Collectors.joining());
        return "'" + resource + "' is not connected to " + nodes.get(1) + ": " + states + away
                + (kib == null || kib == 0 ? "" : "; " + kib + " KiB have to be synchronised");
    }

    private Optional<Problem> connected(List<String> nodes, Map<String, ConnectionStatus> sides, Long kib) {
        for (Map.Entry<String, ConnectionStatus> side : sides.entrySet()) {
            for (PeerDeviceState volume : side.getValue().volumes().values()) {
                if (volume.replication().state().isResync()) {
                    return Optional.of(synchronisation(nodes, side.getKey(), volume));
                }
            }
        }
        // for a volume without a current disk they are what a later synchronisation has to copy
        boolean upToDate = sides.values().stream()
                .flatMap(side -> side.volumes().values().stream())
                .allMatch(PeerDeviceState::isUpToDate);
        return kib == null || kib == 0 || !upToDate
                ? Optional.empty()
                : Optional.of(problem(
                        ProblemKind.OUT_OF_SYNC,
                        nodes.get(0),
                        kib + " KiB of '" + resource + "' differ between " + String.join(" and ", nodes)
                                + ", which are connected"));
    }

    private Problem synchronisation(List<String> nodes, String reporter, PeerDeviceState volume) {
        String other = nodes.get(nodes.get(0).equals(reporter) ? 1 : 0);
        boolean fromHere = FROM_HERE.contains(volume.replication().state());
        String source = fromHere ? reporter : other;
        String target = fromHere ? other : reporter;
        boolean paused = volume.replication().state().isPaused();
        Double done = volume.progress().donePercent();
        return problem(
                paused ? ProblemKind.SYNC_PAUSED : ProblemKind.SYNCHRONISING,
                target,
                "volume " + volume.volume() + " of '" + resource + "' is synchronised from " + source + " to " + target
                        + " ("
                        + volume.replication() + (done == null ? "" : ", " + done + " % done")
                        + (volume.outOfSyncKib() == null ? "" : ", " + volume.outOfSyncKib() + " KiB left") + ")");
    }
}
