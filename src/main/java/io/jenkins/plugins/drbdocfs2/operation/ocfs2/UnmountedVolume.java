package io.jenkins.plugins.drbdocfs2.operation.ocfs2;

import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Probes;
import io.jenkins.plugins.drbdocfs2.ocfs2.Ocfs2Volume;
import io.jenkins.plugins.drbdocfs2.operation.guard.FormatCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FilesystemRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.O2cbRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.Ocfs2Refusal;
import io.jenkins.plugins.drbdocfs2.operation.view.Ocfs2Facts;
import java.util.List;

/**
 * An OCFS2 filesystem that no node has mounted, for the tools that need it so: tunefs.ocfs2(8) and fsck.ocfs2(8) otherwise
 * fail with "Trylock failed", or read what is being written.
 *
 * @param device the path of its device
 * @param tool the program to run
 */
record UnmountedVolume(String device, String tool) {
    private static final String LOSS = "The filesystem would change below its users";

    FormatCheck checks() {
        return new FormatCheck(device, Overwrite.NOTHING);
    }

    ProbeSet probes() {
        return checks().probes().and(Ocfs2Probes.volume(device), Ocfs2Probes.STATE, SystemProbes.tools(tool));
    }

    /** The node on which the tool runs: the first that can write to the device. */
    NodeFacts node(ClusterFacts facts) throws RefusedException {
        return checks().formattingNode(facts);
    }

    /** The filesystem on a node. */
    Ocfs2Volume volume(NodeFacts node) {
        return node.get(Ocfs2Probes.volume(device)).orElse(null);
    }

    /** Refuses if there is no OCFS2 on the device of the node. */
    void checkThere(NodeFacts node, Refusals refusals) {
        boolean isOcfs2 = "ocfs2".equals(checks().on(node).blkid().type());
        if (volume(node) == null || !isOcfs2) {
            refusals.add(Refusal.of(FilesystemRefusal.OTHER_TYPE)
                    .on(node.name())
                    .found(
                            isOcfs2
                                    ? "the OCFS2 filesystem on " + device + " cannot be read"
                                            + node.diagnostics(Ocfs2Probes.volume(device))
                                    : device + " holds no OCFS2 filesystem")
                    .remedy("Name the device of one; ocfs2Status lists them"));
        }
    }

    /** Refuses unless all nodes have the filesystem unmounted, and the node can run the tool. */
    void checkUnused(ClusterFacts facts, NodeFacts node, Refusals refusals) {
        if (node.get(SystemProbes.tools(tool)).isEmpty()) {
            refusals.add(Refusal.of(Ocfs2Refusal.NOT_INSTALLED)
                    .on(node.name())
                    .found("there is no program " + tool)
                    .remedy("Run ocfs2Install first"));
        }
        checks().checkFree(facts, LOSS, refusals);
        // The nodes of the step say themselves what they have mounted; the slot of a crashed one stays.
        List<String> others =
                Ocfs2Facts.mountedBy(node, volume(node)).orElse(List.of("a node, as far as known")).stream()
                        .filter(user -> facts.node(user) == null)
                        .toList();
        if (!others.isEmpty()) {
            refusals.add(Refusal.of(Ocfs2Refusal.SLOT_HELD)
                    .on(node.name())
                    .found("the OCFS2 filesystem on " + device + " says that it is mounted by "
                            + String.join(", ", others))
                    .wouldLose(LOSS)
                    .remedy("Unmount it there, or add that node to the step if it is not mounted there"));
        }
        boolean clustered = volume(node).stack().equals("o2cb");
        if (clustered && !node.get(Ocfs2Probes.STATE).isOnline(volume(node).cluster())) {
            refusals.add(Refusal.of(O2cbRefusal.NOT_ONLINE)
                    .on(node.name())
                    .found("the cluster '" + volume(node).cluster() + "' of the filesystem on " + device
                            + " is not online there")
                    .wouldLose("Without it, the nodes do not see each other")
                    .remedy("Run ocfs2ConfigureCluster first"));
        }
    }
}
