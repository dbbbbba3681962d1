package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Refusals of clusterCheck, except those about a node itself. */
public enum CheckRefusal implements RefusalKind {
    UNREACHABLE(
            "node.unreachable",
            "the node cannot be reached",
            "No connection was made, the login failed, or the probe did not finish. The finding is that of the connection.",
            "See [reaching nodes](#reaching-nodes), [host keys](#host-keys), [credentials and"
                    + " sudo](#credentials-and-sudo)."),
    BAD_ADDRESS(
            "node.bad-address",
            "the replication address is not usable",
            "The address is a name, a loopback address, not an address of the node, or also that of another node. "
                    + "Without `address`, `host` is used.",
            "Set the address of the node with `address` in the list of nodes, or correct the network of the node."),
    PEER_UNREACHABLE(
            "node.peer-unreachable",
            "the node does not reach another one",
            "A firewall is between the nodes, or a network is down. A port on which nothing listens yet is fine.",
            "Open the ports between the nodes (7789 and up for DRBD, 7777 for o2cb). `ping` from node to"
                    + " node shows whether the network is up."),
    CLOCK_DIFFERS(
            "node.clock-differs",
            "the clocks differ",
            "The clocks of two nodes are more than 30 s apart, so that times in logs and of files do not match.",
            "Synchronise both with a time server (`timedatectl`, chrony).");

    private final Entry entry;

    CheckRefusal(String id, String title, String meaning, String remedy) {
        entry = new Entry(id, title, meaning, remedy, null);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
