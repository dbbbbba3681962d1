package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import java.util.ArrayList;
import java.util.List;

/** Checks that a node has the expected name and runs scripts as root. */
public final class IdentityCheck {
    private IdentityCheck() {}

    /** The refusal for a wrong node; empty if the node is usable. */
    public static List<Refusal> faults(NodeFacts node) {
        NodeIdentity identity = node.get(NodeIdentity.PROBE);
        if (!identity.isKnown()) {
            return List.of(Refusal.of(NodeRefusal.UNIDENTIFIED)
                    .on(node.name())
                    .found("its name and the user of its scripts cannot be read: `uname -n -r` or /proc/self/status "
                            + "prints nothing")
                    .remedy("Check on the node that uname exists and /proc is mounted"));
        }
        List<Refusal> faults = new ArrayList<>();
        if (!identity.name().equals(node.name())) {
            faults.add(Refusal.of(NodeRefusal.OTHER_NAME)
                    .on(node.name())
                    .found("`uname -n` at " + node.node().host() + " port "
                            + node.node().port() + " says '" + identity.name() + "', not '" + node.name() + "'")
                    .wouldLose("DRBD and OCFS2 identify a node by that name, and this may be the wrong machine")
                    .remedy("Use the node's own name, or correct host and port"));
        }
        if (identity.userId() != 0) {
            faults.add(Refusal.of(NodeRefusal.NOT_ROOT)
                    .on(node.name())
                    .found("scripts run there as user id " + identity.userId() + ", not as root")
                    .remedy("Log in as root, or set sudo: true on withClusterNodes"));
        }
        return faults;
    }
}
