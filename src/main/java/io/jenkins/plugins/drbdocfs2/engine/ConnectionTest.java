package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.OsRelease;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import java.util.List;
import java.util.stream.Collectors;

/** Tests whether nodes are usable: reachable, with a valid login, the expected name, and root. It changes nothing. */
public final class ConnectionTest {
    private ConnectionTest() {}

    /**
     * The result of the test of a node.
     *
     * @param good whether the node is usable
     * @param text the name of the node and the finding, in one line
     */
    public record Verdict(boolean good, String text) {}

    /**
     * Tests all nodes in parallel; connects to them if necessary.
     *
     * @return one finding per node, in order
     * @throws InterruptedException if the thread was interrupted
     */
    public static List<Verdict> with(Cluster cluster) throws InterruptedException {
        List<String> names = cluster.nodes().stream().map(Node::name).toList();
        try {
            return List.copyOf(cluster.onEach(names, remote -> with(remote, cluster.mask()))
                    .values());
        } catch (RemoteException | StepFailure e) {
            throw new IllegalStateException("each node's failure is a finding", e);
        }
    }

    private static Verdict with(Remote remote, Mask mask) throws InterruptedException {
        try {
            return of(ProbeSet.of(NodeIdentity.PROBE, OsRelease.PROBE).run(remote));
        } catch (RemoteException e) {
            return new Verdict(false, mask.apply(e.getMessage()));
        }
    }

    private static Verdict of(NodeFacts facts) {
        String found = facts.name() + ": " + facts.get(OsRelease.PROBE).name() + ", kernel "
                + facts.get(NodeIdentity.PROBE).kernel();
        List<Refusal> faults = IdentityCheck.faults(facts);
        return new Verdict(
                faults.isEmpty(),
                found
                        + faults.stream()
                                .map(fault -> ", but " + fault.finding() + ". " + fault.remedy())
                                .collect(Collectors.joining()));
    }
}
