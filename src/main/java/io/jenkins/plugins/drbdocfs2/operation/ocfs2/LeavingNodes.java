package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Rules;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.refusal.Ocfs2Refusal;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.util.List;
import java.util.Optional;

/**
 * Nodes that are to leave a cluster. What they have mounted is known by the slot maps of what the others have mounted.
 *
 * @param names their names
 */
record LeavingNodes(List<String> names) {
    private static final String UNKNOWN = "nodes that are not known";

    /** Checks that none of them is a node of the step. */
    void check(List<Node> nodes) {
        for (String name : names) {
            Check.that(
                    nodes.stream().noneMatch(node -> Ocfs2Rules.isNodeName(name, node.name())),
                    "removeNodes",
                    name,
                    "not be a node of this step: leave it out with nodes, or out of withClusterNodes");
        }
    }

    /** The probes of the filesystems that a node has mounted. */
    List<Probe<Optional<Ocfs2Volume>>> probes(NodeFacts node) {
        return names.isEmpty()
                ? List.of()
                : node.get(StorageProbes.MOUNTS).mounts().stream()
                        .filter(mount ->
                                mount.type().equals("ocfs2") && mount.source().startsWith("/dev/"))
                        .map(mount -> Ocfs2Probes.volume(mount.source()))
                        .distinct()
                        .toList();
    }

    /** Refuses if one of them has, or may have, one of these mounted. */
    void check(NodeFacts node, Refusals refusals) {
        for (Probe<Optional<Ocfs2Volume>> probe : probes(node)) {
            List<String> users = node.get(probe)
                    .flatMap(volume -> Ocfs2Facts.mountedBy(node, volume))
                    .orElse(List.of(UNKNOWN));
            List<String> leaving = users.stream()
                    .filter(user -> names.contains(user) || user.equals(UNKNOWN))
                    .toList();
            if (!leaving.isEmpty()) {
                refusals.add(Refusal.of(Ocfs2Refusal.SLOT_HELD)
                        .on(node.name())
                        .found("an OCFS2 filesystem that is mounted there says that it is mounted by "
                                + String.join(", ", leaving) + " too")
                        .wouldLose("A node that is no longer in the cluster and writes destroys the filesystem")
                        .remedy("Unmount OCFS2 on the node that is to leave first"));
            }
        }
    }
}
