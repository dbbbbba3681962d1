package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds.Relation;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDevices;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.GenerationComparison;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceUse;
import io.jenkins.plugins.drbdocfs2.operation.view.SplitBrainSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks that the nodes of a resource have split and that the victim can discard its writes. It detects a split brain by the
 * generation identifiers of both sides, because DRBD itself reports it only in its kernel log.
 */
final class SplitBrainCheck {
    private final String resource;
    private final ClusterFacts facts;
    private final NodeFacts victim;
    private final List<NodeFacts> members;
    private final Refusals refusals = new Refusals();

    SplitBrainCheck(String resource, NodeFacts victim, ClusterFacts facts) {
        this.resource = resource;
        this.facts = facts;
        this.victim = victim;
        this.members = DrbdFacts.members(facts, resource);
    }

    /** Refuses unless the victim and another node of the resource are known. */
    void checkSides() throws RefusedException {
        if (!members.contains(victim)) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.NO_RESOURCE)
                    .on(victim.name())
                    .found("there is no resource '" + resource + "' there")
                    .remedy("Name a node of the resource as victim"));
        } else if (members.size() < 2) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_ASKED)
                    .found("of the nodes of '" + resource + "' only " + victim.name() + " is among "
                            + String.join(", ", facts.names()))
                    .wouldLose("Both sides have to be compared before one is discarded")
                    .remedy("Name all its nodes in withClusterNodes, and leave out the parameter nodes"));
        }
        refusals.check();
    }

    /**
     * The nodes whose data have split from those of the victim, which takes over theirs.
     *
     * @throws RefusedException if there are none, or resolving the split would lose more than the writes of the victim
     */
    List<NodeFacts> survivors() throws RefusedException {
        Resource configured = DrbdFacts.configured(victim, resource).resource();
        List<NodeFacts> survivors = members.stream()
                .filter(member -> member != victim && GenerationComparison.split(victim, member, configured))
                .toList();
        if (survivors.isEmpty()) {
            refuseNoSplit(configured);
        }
        survivors.forEach(survivor -> checkSurvivor(survivor, configured));
        checkCompanions(survivors, configured);
        checkVictim();
        refusals.check();
        return survivors;
    }

    private void refuseNoSplit(Resource configured) throws RefusedException {
        List<String> findings = new ArrayList<>();
        boolean known = true;
        boolean unrelated = false;
        for (NodeFacts member : members) {
            if (member != victim) {
                Map<Integer, Relation> relations = GenerationComparison.relations(victim, member, configured);
                known &= relations.size()
                        == GenerationComparison.comparable(victim, member, configured)
                                .size();
                unrelated |= relations.containsValue(Relation.UNRELATED);
                relations.forEach((volume, relation) -> findings.add("volume " + volume + " of " + victim.name()
                        + " is " + SplitBrainSide.words(relation, member.name())));
            }
        }
        String sides = members.stream()
                .map(member -> SplitBrainSide.describe(member, resource))
                .collect(Collectors.joining("; "));
        if (!known) {
            refusals.add(Refusal.of(DrbdDiskRefusal.METADATA_UNKNOWN)
                    .found("the metadata of '" + resource
                            + "' cannot be read on both sides, so it is not known whether they have split. " + sides)
                    .wouldLose("The only good data could be discarded")
                    .remedy("See `drbdadm get-gi " + resource + "` and `dmesg` on the nodes"));
        } else if (unrelated) {
            refusals.add(Refusal.of(DrbdRefusal.UNRELATED_DATA)
                    .found("the two sides of '" + resource + "' never had the same data: " + String.join(", ", findings)
                            + ". " + sides)
                    .wouldLose("They have nothing in common, so DRBD never connects them")
                    .remedy("If the data of one node are to go as a whole, remove the resource there "
                            + "(drbdRemoveResource with nodes and wipeMetadata) and create it again"));
        } else {
            refusals.add(Refusal.of(DrbdRefusal.NO_SPLIT_BRAIN)
                    .found("there is no split brain, the nodes are only disconnected: " + String.join(", ", findings)
                            + ". " + sides)
                    .wouldLose("The writes of the victim would be discarded needlessly")
                    .remedy("Connect them again with drbdCreateResource; the newer data win"));
        }
        refusals.check();
    }

    // With three nodes a side may have two: discarding the writes of only one of them does not help.
    private void checkCompanions(List<NodeFacts> survivors, Resource configured) {
        for (NodeFacts companion : members) {
            boolean ofTheVictim = companion != victim && !survivors.contains(companion);
            for (NodeFacts survivor : ofTheVictim ? survivors : List.<NodeFacts>of()) {
                if (GenerationComparison.split(companion, survivor, configured)) {
                    refusals.add(Refusal.of(DrbdRefusal.ON_VICTIMS_SIDE)
                            .on(companion.name())
                            .found("it is on the side of " + victim.name() + " and has split from " + survivor.name()
                                    + " too")
                            .wouldLose("If " + victim.name() + " alone discarded its writes, " + companion.name()
                                    + " would stay split")
                            .remedy("Name " + survivor.name() + " as victim. To keep the data of " + survivor.name()
                                    + ", remove the resource on the other nodes (drbdRemoveResource with nodes and"
                                    + " wipeMetadata) and create it again there"));
                }
            }
        }
    }

    private void checkSurvivor(NodeFacts survivor, Resource configured) {
        for (NodeFacts other : members) {
            boolean later = members.indexOf(other) > members.indexOf(survivor);
            if (other != victim && later && GenerationComparison.split(survivor, other, configured)) {
                refusals.add(Refusal.of(DrbdRefusal.SPLIT_BRAIN)
                        .found(survivor.name() + " and " + other.name() + " have split from each other too")
                        .remedy("Resolve these first, with nodes: '" + survivor.name() + " " + other.name() + "'"));
            }
        }
        ResourceState state = DrbdFacts.state(survivor, resource);
        if (state != null) {
            for (DeviceState volume : state.volumes().values()) {
                if (!volume.disk().state().hasGoodData()) {
                    refusals.add(Refusal.of(DrbdRefusal.NOT_UP_TO_DATE)
                            .on(survivor.name())
                            .found("volume " + volume.volume() + " of '" + resource + "' is " + volume.disk()
                                    + " there, so its data are not complete")
                            .wouldLose("The victim's data could be the only good ones")
                            .remedy("Name " + survivor.name() + " as victim, or repair its disk first"));
                }
            }
        }
    }

    private void checkVictim() {
        ResourceUse use = ResourceUse.of(victim, resource);
        if (!use.isFree()) {
            refusals.add(Refusal.of(DrbdRefusal.IN_USE)
                    .on(victim.name())
                    .found("'" + resource + "' is in use on the victim: it is " + use.words())
                    .wouldLose("The data would change while in use")
                    .remedy(use.remedy()));
        }
        BackingDevices.of(victim, resource).checkUnused("The data would change while the disk is in use", refusals);
    }
}
