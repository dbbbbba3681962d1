package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Refusals about fencing, and about nodes that are said to be off. */
public enum FencingRefusal implements RefusalKind {
    NODE_ANSWERS(
            "fencing.node-answers",
            "the node that is said to be off answers",
            "Somebody says that a node is off, but it answers to SSH or at its replication address. If the others continued"
                    + " without it, both sides would write, and the data split.",
            "Switch the node off, then run the step again. If the node is on, nothing needs to be confirmed: repair its"
                    + " connection.",
            null),
    TIMEOUTS(
            "fencing.timeouts",
            "fencing takes longer than o2cb waits",
            "A node whose I/O is suspended cannot write its heartbeat, and o2cb resets it after `(heartbeatThreshold - 1) * 2`"
                    + " seconds. The loss has to be noticed, and the peer fenced, before that; else both nodes are reset.",
            "Raise `heartbeatThreshold` of `ocfs2ConfigureCluster` to the number in the refusal.",
            null),
    AGENT_UNREADABLE(
            "fencing.agent-unreadable",
            "a fence agent does not describe itself",
            "The step checks the parameters by what the agent prints for its action `metadata`. A program that prints no such"
                    + " XML is no fence agent, or lacks something that it needs, such as a Python module.",
            "Run the agent with `-o metadata` on the node, and install what it says is missing.",
            null),
    DEVICE_PARAMETERS(
            "fencing.device-parameters",
            "a fence agent does not know a parameter, or needs another one",
            "Fence agents ignore parameters that they do not know, so a wrong name would show only when the node is to be"
                    + " fenced.",
            "Correct the parameter: `fence_x -o metadata` on a node describes all of an agent.",
            null),
    DEVICES_WOULD_FENCE(
            "fencing.devices-would-fence",
            "a node with fencing devices is not to fence",
            "`onPeerLoss` is 'freeze', so a person is to decide what happens after a loss of the peer. But the handler fences with"
                    + " the devices that `clusterConfigureFencing` has put on the node: they are for all resources.",
            "Set `onPeerLoss` to 'fence', or remove the devices.",
            null),
    DEVICE_FAILS(
            "fencing.device-fails",
            "a fencing device does not answer as it should",
            "The agent's `monitor` or `status` failed on a node that would have to fence with it: wrong password, wrong address,"
                    + " or no way from this node to the device. The finding has the agent's words.",
            "Correct the parameters or the credentials, or make the device reachable from the node.",
            null),
    WRONG_DEVICE(
            "fencing.wrong-device",
            "a fencing device says that a node is off which answers",
            "The device is that of another machine, or its plug is another one. Fencing would switch the wrong machine off, and"
                    + " the node would go on.",
            "Find the right device or plug: the agent's action `list` shows the plugs of a device.",
            null),
    NO_DEVICE(
            "fencing.no-device",
            "no other node has a fencing device for the node",
            "A node is switched by another node that has its device in `/etc/drbd-fencing.conf`. None of those that answer has"
                    + " it.",
            "Configure the devices with `clusterConfigureFencing` while all nodes answer.",
            null),
    NO_OTHER_NODE(
            "fencing.no-other-node",
            "no other node is left",
            "A node does not switch itself off, and the last one that runs is not fenced.",
            "Bring another node back first.",
            null),
    LAST_GOOD_DATA(
            "fencing.last-good-data",
            "the node may hold the only good data",
            "No other node that answers has UpToDate data of a resource, or the node is the only Primary while it is not"
                    + " connected, so that the others lack its last writes. Switched off, it takes them along, and what it"
                    + " has not yet written to its disks is lost.",
            "Connect and synchronise first (`drbdWaitSync`). `lastData: true` fences it nevertheless.",
            "lastData: true"),
    NOTHING_TO_TEST(
            "fencing.nothing-to-test",
            "no resource loses this node as its peer",
            "`clusterTestFencing` tests what a Primary does that loses its peer. It needs a resource of two nodes whose other node is"
                    + " Primary, with `onPeerLoss` `fence` or `freeze`.",
            "Promote the other node, or set `onPeerLoss` of `drbdCreateResource`.",
            null),
    NOT_WHOLE(
            "fencing.not-whole",
            "the cluster is not in order before the test",
            "A test of fencing takes a node away. Before that, all resources have to be connected and UpToDate, without suspended"
                    + " I/O, and nothing may keep the node off.",
            "Bring the cluster in order first; `drbdStatus` shows what is missing.",
            null),
    NO_PACKET_FILTER(
            "fencing.no-packet-filter",
            "the node cannot cut DRBD's connections alone",
            "The test drops the packets of DRBD's ports on the node for some seconds, with `nft` or `iptables` in a transient"
                    + " service of systemd that removes the rules however it ends. Without these there is no safe way to do it.",
            "Install `nftables` or `iptables` on the node, or test by hand.",
            null);

    private final Entry entry;

    FencingRefusal(String id, String title, String meaning, String remedy, String allowedBy) {
        entry = new Entry(id, title, meaning, remedy, allowedBy);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
