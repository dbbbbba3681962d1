package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbNode;
import io.jenkins.plugins.drbdocfs2.ocfs2.O2cbState.Cluster;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2StatusProbes;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** OCFS2 volumes: the slots of nodes that have not mounted them, and the number of slots. */
final class Ocfs2VolumeRule implements HealthRule {
    @Override
    public List<Problem> problems(ClusterFacts facts) {
        List<Problem> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (NodeFacts node : facts.all()) {
            for (String path : Ocfs2StatusProbes.devices(node)) {
                if (!node.has(Ocfs2Probes.volume(path))) {
                    continue;
                }
                if (Ocfs2StatusProbes.isUnread(node, path)) {
                    problems.add(Problem.of(
                            ProblemKind.UNREADABLE,
                            node.name(),
                            path + " holds OCFS2, but debugfs.ocfs2 cannot read it"
                                    + node.diagnostics(Ocfs2Probes.volume(path))));
                }
                node.get(Ocfs2Probes.volume(path))
                        .filter(volume -> isMounted(node, path) && seen.add(volume.uuid()))
                        .ifPresent(volume -> check(facts, node, path, volume, problems));
            }
        }
        return problems;
    }

    private static void check(
            ClusterFacts facts, NodeFacts node, String path, Ocfs2Volume volume, List<Problem> problems) {
        Cluster cluster = node.get(Ocfs2Probes.STATE).online();
        if (cluster == null) {
            return;
        }
        if (volume.slots() < cluster.nodes().size()) {
            problems.add(Problem.of(
                    ProblemKind.FEW_SLOTS,
                    node.name(),
                    "the OCFS2 volume on " + path + " has " + volume.slots() + " node slots, and the cluster "
                            + cluster.name() + " has " + cluster.nodes().size() + " nodes"));
        }
        List<Integer> numbers = volume.nodeNumbers();
        if (numbers == null) {
            return;
        }
        for (int number : numbers) {
            Optional<NodeFacts> other = cluster.nodes().stream()
                    .filter(member -> member.number() == number)
                    .map(O2cbNode::name)
                    .flatMap(name ->
                            facts.all().stream().filter(each -> each.name().equals(name)))
                    .findFirst();
            if (other.isPresent() && surelyHasNot(other.get(), volume)) {
                problems.add(Problem.of(
                        ProblemKind.SLOT_LEFT,
                        other.get().name(),
                        "the OCFS2 volume on " + path + " of " + node.name()
                                + " has a slot of this node, which has not mounted it"));
            }
        }
    }

    /** Whether a node answered, and has the volume neither mounted nor a heartbeat on it. */
    private static boolean surelyHasNot(NodeFacts node, Ocfs2Volume volume) {
        boolean heartbeat = node.get(Ocfs2Probes.STATE).clusters().stream()
                .flatMap(cluster -> cluster.regions().stream())
                .anyMatch(volume.uuid()::equalsIgnoreCase);
        boolean mounted = Ocfs2StatusProbes.devices(node).stream()
                .filter(path -> isMounted(node, path))
                .anyMatch(path -> !node.has(Ocfs2Probes.volume(path))
                        || node.get(Ocfs2Probes.volume(path))
                                .map(Ocfs2Volume::uuid)
                                .filter(uuid -> !uuid.equals(volume.uuid()))
                                .isEmpty());
        return !heartbeat && !mounted;
    }

    private static boolean isMounted(NodeFacts node, String path) {
        BlockDevice block = node.has(BlockDevice.probe(path)) ? node.get(BlockDevice.probe(path)) : null;
        return node.get(StorageProbes.MOUNTS).mounts().stream()
                .anyMatch(mount -> block == null ? mount.source().equals(path) : mount.isOf(block));
    }
}
