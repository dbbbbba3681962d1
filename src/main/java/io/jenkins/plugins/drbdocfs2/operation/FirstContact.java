package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.facts.Identity;
import io.jenkins.plugins.drbdocfs2.facts.Inquiry;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.OsRelease;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import java.util.List;

/** Whether nodes can be worked on at all: reached, logged in to, by the name that they have, as root. Changes nothing. */
public final class FirstContact {
    private FirstContact() {}

    /**
     * What came of meeting a node.
     *
     * @param good whether it can be worked on
     * @param text the node's name and what was found there, in a line
     */
    public record Verdict(boolean good, String text) {}

    /**
     * Meets all nodes side by side; connects where that was not done yet.
     *
     * @return a finding a node, in order
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
            return of(Inquiry.of(Identity.PROBE, OsRelease.PROBE).ask(remote));
        } catch (RemoteException e) {
            return new Verdict(false, mask.apply(e.getMessage()));
        }
    }

    private static Verdict of(NodeFacts facts) {
        Identity identity = facts.get(Identity.PROBE);
        String found = facts.name() + ": " + facts.get(OsRelease.PROBE).name() + ", kernel " + identity.kernel();
        if (!identity.isKnown()) {
            return new Verdict(
                    false,
                    facts.name()
                            + ": which node it is and as whom scripts run there cannot be read. See on the node that"
                            + " uname is there and /proc is mounted");
        }
        if (!identity.name().equals(facts.name())) {
            return new Verdict(
                    false,
                    found + ", but it names itself '" + identity.name()
                            + "'. Name the node as `uname -n` prints it, or correct host and port");
        }
        if (identity.userId() != 0) {
            return new Verdict(
                    false,
                    found + ", but scripts run there as user id " + identity.userId()
                            + ", not as root. Log in as root, or set sudo");
        }
        return new Verdict(true, found);
    }
}
