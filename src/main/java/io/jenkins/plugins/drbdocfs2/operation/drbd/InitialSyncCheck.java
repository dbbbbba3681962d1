package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.List;

/**
 * Checks that the initial synchronisation can start from a node, which declares its data good and those of all others bad.
 */
final class InitialSyncCheck {
    private final String resource;
    private final String node;
    private final Refusals refusals;

    InitialSyncCheck(String resource, String node, Refusals refusals) {
        this.resource = resource;
        this.node = node;
        this.refusals = refusals;
    }

    /** Refuses if any node may have good data, or this one has no disk. */
    void check(ClusterFacts facts) {
        checkHasDisks(DrbdFacts.state(facts.node(node), resource));
        checkNoGoodData(facts);
    }

    private void checkHasDisks(ResourceState state) {
        for (DeviceState volume : state.volumes().values()) {
            if (volume.disk().is(DiskState.DISKLESS)) {
                refusals.add(Refusal.of(DrbdDiskRefusal.NO_DISK)
                        .on(node)
                        .found(describe(volume) + " has no disk there")
                        .remedy("Start the initial synchronisation from a node that has one: drbdPromote with force: "
                                + "true for that node"));
            }
        }
    }

    // Only metadata that were never used prove that there is nothing to lose.
    private void checkNoGoodData(ClusterFacts facts) {
        checkAllProbed(facts);
        for (NodeFacts member : facts.all()) {
            ConfiguredResource configured = DrbdFacts.configured(member, resource);
            ResourceState state = DrbdFacts.state(member, resource);
            if (!configured.isConfigured()) {
                continue;
            }
            String lost = "force would declare the data on " + node + " good and overwrite those on all other nodes";
            if (state == null) {
                refusals.add(Refusal.of(DrbdRefusal.NOT_UP)
                        .on(member.name())
                        .found("'" + resource + "' is not up there, so what its disk holds is not known")
                        .wouldLose(lost)
                        .remedy("Bring it up with drbdCreateResource"));
                continue;
            }
            for (DeviceState volume : state.volumes().values()) {
                List<GenerationIds> ids = configured.metadata().getOrDefault(volume.volume(), List.of());
                boolean isNew = !ids.isEmpty() && ids.stream().allMatch(GenerationIds::justCreated);
                boolean good = volume.disk().state().hasGoodData();
                if (good || hasDisk(configured, member, volume) && !isNew) {
                    String why = ids.isEmpty()
                            ? ", and its metadata cannot be read"
                            : ", but its metadata show that it has been synchronised or written to before";
                    refusals.add(Refusal.of(DrbdRefusal.GOOD_DATA)
                            .on(member.name())
                            .found(describe(volume) + " is " + volume.disk() + (good ? "" : why))
                            .wouldLose(lost)
                            .remedy("Promote the node that has the good data, without force; after a split brain use"
                                    + " drbdResolveSplitBrain"));
                }
            }
        }
    }

    // A detached disk may have good data.
    private static boolean hasDisk(ConfiguredResource configured, NodeFacts member, DeviceState volume) {
        return !volume.isClient()
                && configured.volumes().stream()
                        .anyMatch(one ->
                                one.number() == volume.volume() && one.disks().containsKey(member.name()));
    }

    private void checkAllProbed(ClusterFacts facts) {
        for (Resource.Host host :
                DrbdFacts.configured(facts.node(node), resource).hosts()) {
            if (facts.node(host.node()) == null) {
                refusals.add(Refusal.of(DrbdRefusal.NOT_ASKED)
                        .on(host.node())
                        .found("it belongs to '" + resource + "', but is not a node of this step")
                        .wouldLose("It could have good data, which force would overwrite")
                        .remedy("Add it to withClusterNodes, and omit nodes in this step"));
            }
        }
        ResourceState state = DrbdFacts.state(facts.node(node), resource);
        for (ConnectionStatus peer : state.connections().values()) {
            boolean good = peer.volumes().values().stream()
                    .anyMatch(volume -> volume.peerDisk().state().hasGoodData());
            if (good || peer.isPrimary()) {
                refusals.add(Refusal.of(DrbdRefusal.GOOD_DATA)
                        .on(node)
                        .found("its peer " + peer.peer() + " is " + peer.peerRole()
                                + (good ? " and has good data" : ""))
                        .wouldLose("force would overwrite them")
                        .remedy("Promote the node that has the good data, without force"));
            }
        }
    }

    private String describe(DeviceState volume) {
        return "volume " + volume.volume() + " of '" + resource + "'";
    }
}
