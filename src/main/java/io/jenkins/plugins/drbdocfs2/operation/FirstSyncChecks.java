package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import java.util.List;

/** Whether the first synchronisation may begin from a node, which declares its data good and those of all others not. */
final class FirstSyncChecks {
    private final String resource;
    private final String node;
    private final Refusals refusals;

    FirstSyncChecks(String resource, String node, Refusals refusals) {
        this.resource = resource;
        this.node = node;
        this.refusals = refusals;
    }

    /** Refuses where any node may have good data, or this one has no disk. */
    void check(ClusterFacts facts) {
        checkHasDisks(DrbdFacts.state(facts.node(node), resource));
        checkNoGoodData(facts);
    }

    private void checkHasDisks(ResourceState state) {
        for (DeviceState volume : state.volumes().values()) {
            if (volume.disk().is(DiskState.DISKLESS)) {
                refusals.add(
                        node,
                        describe(volume) + " has no disk there",
                        null,
                        "Begin the first synchronisation from a node that has one: drbdPromote with force: true for that"
                                + " node");
            }
        }
    }

    // Only metadata that have never been anything but new say for sure that there is nothing to lose.
    private void checkNoGoodData(ClusterFacts facts) {
        checkAllAsked(facts);
        for (NodeFacts member : facts.all()) {
            ConfiguredResource configured = DrbdFacts.configured(member, resource);
            ResourceState state = DrbdFacts.state(member, resource);
            if (!configured.isConfigured()) {
                continue;
            }
            String lost = "force would declare the data on " + node + " good and overwrite those on all other nodes";
            String remedy = "Promote the node that has the good data, without force; after a split brain use"
                    + " drbdResolveSplitBrain";
            if (state == null) {
                refusals.add(
                        member.name(),
                        "'" + resource + "' is not up there, so what its disk holds is not known",
                        lost,
                        "Bring it up with drbdCreateResource");
                continue;
            }
            for (DeviceState volume : state.volumes().values()) {
                List<GenerationIds> ids = configured.metadata().getOrDefault(volume.volume(), List.of());
                boolean isNew = !ids.isEmpty() && ids.stream().allMatch(GenerationIds::justCreated);
                if (volume.disk().state().hasGoodData()) {
                    refusals.add(member.name(), describe(volume) + " is " + volume.disk(), lost, remedy);
                } else if (hasDisk(configured, member, volume) && !isNew) {
                    refusals.add(
                            member.name(),
                            describe(volume) + " is " + volume.disk()
                                    + (ids.isEmpty()
                                            ? ", and its metadata cannot be read"
                                            : ", but its metadata show that it has been synchronised or written to"
                                                    + " before"),
                            lost,
                            remedy);
                }
            }
        }
    }

    // a disk that is detached may have the good data
    private static boolean hasDisk(ConfiguredResource configured, NodeFacts member, DeviceState volume) {
        return !volume.isClient()
                && configured.resource().volumes().stream()
                        .anyMatch(one ->
                                one.number() == volume.volume() && one.disks().containsKey(member.name()));
    }

    private void checkAllAsked(ClusterFacts facts) {
        ConfiguredResource configured = DrbdFacts.configured(facts.node(node), resource);
        List<Resource.Host> hosts =
                configured.isConfigured() ? configured.resource().hosts() : List.of();
        for (Resource.Host host : hosts) {
            if (facts.node(host.node()) == null) {
                refusals.add(
                        host.node(),
                        "it belongs to '" + resource + "', but was not looked at",
                        "It could have the good data, which force would overwrite",
                        "Have it in withClusterNodes, and leave nodes out here");
            }
        }
        ResourceState state = DrbdFacts.state(facts.node(node), resource);
        for (ConnectionState peer : state.connections().values()) {
            boolean good = peer.volumes().values().stream()
                    .anyMatch(volume -> volume.peerDisk().state().hasGoodData());
            if (good || peer.isPrimary()) {
                refusals.add(
                        node,
                        "its peer " + peer.peer() + " is " + peer.peerRole() + (good ? " and has good data" : ""),
                        "force would overwrite them",
                        "Promote the node that has the good data, without force");
            }
        }
    }

    private String describe(DeviceState volume) {
        return "volume " + volume.volume() + " of '" + resource + "'";
    }
}
