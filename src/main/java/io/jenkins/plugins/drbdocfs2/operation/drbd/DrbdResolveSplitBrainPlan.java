package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds.Relation;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.ConnectionWatch;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.PolledWatch;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDevices;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.GenerationComparison;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceUse;
import io.jenkins.plugins.drbdocfs2.operation.view.SplitBrainSide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The plan of {@link DrbdResolveSplitBrain}. It detects a split brain by the generation identifiers of both sides, because
 * DRBD itself reports it only in its kernel log.
 */
final class DrbdResolveSplitBrainPlan {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);

    private final String resource;
    private final ClusterFacts facts;
    private final NodeFacts victim;
    private final List<NodeFacts> members;
    private final Refusals refusals = new Refusals();
    private Resource configured;

    DrbdResolveSplitBrainPlan(String resource, String victim, ClusterFacts facts) {
        this.resource = resource;
        this.facts = facts;
        this.victim = facts.node(victim);
        this.members = DrbdFacts.members(facts, resource);
    }

    Plan make() throws StepFailure {
        DrbdFacts.checkKnown(facts, resource, refusals);
        refusals.check();
        checkSides();
        configured = DrbdFacts.configured(victim, resource).resource();
        if (members.stream().allMatch(this::isConnected)) {
            return connected();
        }
        List<NodeFacts> survivors = members.stream()
                .filter(member -> member != victim && GenerationComparison.split(victim, member, configured))
                .toList();
        if (survivors.isEmpty()) {
            refuseNoSplit();
        }
        survivors.forEach(this::checkSurvivor);
        checkCompanions(survivors);
        checkVictim();
        refusals.check();
        return resolve(survivors);
    }

    private void checkSides() throws RefusedException {
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

    private boolean isConnected(NodeFacts node) {
        ResourceState state = DrbdFacts.state(node, resource);
        return state != null && state.isConnected();
    }

    private Plan connected() {
        boolean inStep = members.stream()
                .allMatch(member -> DrbdFacts.state(member, resource).isUpToDateEverywhere());
        boolean syncing = members.stream()
                .flatMap(member -> DrbdFacts.state(member, resource).connections().values().stream())
                .flatMap(peer -> peer.volumes().values().stream())
                .anyMatch(volume -> volume.replication().state().isResync());
        Plan.Builder plan = new Plan.Builder();
        plan.note("there is no split brain: '" + resource + "' is connected"
                + (inStep ? " and UpToDate on all nodes" : syncing ? " and being synchronised" : ""));
        return syncing ? plan.stage("wait for the synchronisation", waitSync()).build() : plan.build();
    }

    private void refuseNoSplit() throws RefusedException {
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
                            + "' cannot be read on both sides, so it is not known whether they" + " have split. "
                            + sides)
                    .wouldLose("The only good data could be discarded")
                    .remedy("See `drbdadm get-gi " + resource + "` and `dmesg` on the nodes"));
        } else if (unrelated) {
            refusals.add(Refusal.of(DrbdRefusal.UNRELATED_DATA)
                    .found("the two sides of '" + resource + "' never had the same data: " + String.join(", ", findings)
                            + ". " + sides)
                    .wouldLose("They have nothing in common, so DRBD never connects them")
                    .remedy("If the data of one node are to go as a whole, remove the resource there "
                            + "(drbdRemoveResource with"
                            + " nodes and wipeMetadata) and create it again"));
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
    private void checkCompanions(List<NodeFacts> survivors) {
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

    private void checkSurvivor(NodeFacts survivor) {
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
                                    + " there, so there is nothing whole to take over")
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
                    .wouldLose("The data would change below what uses them")
                    .remedy(use.remedy()));
        }
        BackingDevices.of(victim, resource).checkUnused("The data would change below who uses the disk", refusals);
    }

    private Plan resolve(List<NodeFacts> survivors) {
        boolean down = DrbdFacts.state(victim, resource) == null;
        Plan.Builder plan = new Plan.Builder();
        members.forEach(member -> plan.note(SplitBrainSide.describe(member, resource)));
        plan.note(victim.name() + " discards its writes since the split"
                + SplitBrainSide.lost(DrbdFacts.state(victim, resource)) + " and takes over the data of "
                + survivors.stream().map(NodeFacts::name).collect(Collectors.joining(", ")));
        ResourceState state = DrbdFacts.state(victim, resource);
        if (configured.dualPrimary() && state != null && state.isPrimary()) {
            plan.note(victim.name() + " is Secondary afterwards: promote it again with drbdPromote");
        }
        if (down) {
            plan.stage(
                    "keep the others from connecting to the victim too early",
                    survivors.stream()
                            .filter(survivor -> DrbdFacts.state(survivor, resource) != null)
                            .map(survivor -> disconnect(survivor, victim))
                            .toList());
        }
        plan.stage("have " + victim.name() + " discard its writes", victimChanges(survivors, down));
        List<Change> connects = new ArrayList<>();
        for (NodeFacts survivor : survivors) {
            connects.add(
                    DrbdFacts.state(survivor, resource) == null
                            ? Command.of(survivor.name(), "drbdadm", "up", resource)
                            : Command.of(survivor.name(), "drbdadm", "connect", towards(survivor, victim))
                                    .guard(ifStandAlone(survivor, victim, "=")));
        }
        return plan.stage("connect", connects)
                .stage("wait for the connection", waitConnected())
                .stage("wait until " + victim.name() + " has taken over the data", waitSync())
                .build();
    }

    private List<Change> victimChanges(List<NodeFacts> survivors, boolean down) {
        List<Change> changes = new ArrayList<>();
        if (down) {
            changes.add(Command.of(victim.name(), "drbdadm", "up", resource));
        }
        for (NodeFacts survivor : survivors) {
            if (down || !isStandAlone(victim)) {
                changes.add(disconnect(victim, survivor));
            }
        }
        if (!down && DrbdFacts.state(victim, resource).isPrimary()) {
            changes.add(DrbdDemote.demote(
                    victim.name(), resource, "No data have been discarded yet. End what uses the device there first."));
        }
        for (NodeFacts survivor : survivors) {
            changes.add(Command.of(victim.name(), "drbdadm", "connect", "--discard-my-data", towards(victim, survivor))
                    .guard(BackingDevices.of(victim, resource).guard())
                    .hint("`dmesg` there shows the reason. Run the step again when the cause is fixed."));
        }
        return changes;
    }

    private boolean isStandAlone(NodeFacts node) {
        return DrbdFacts.state(node, resource).connections().values().stream().allMatch(ConnectionStatus::isStandAlone);
    }

    // Since the look DRBD may have found the split brain itself and gone StandAlone, which it does not take a second
    // time.
    private Command disconnect(NodeFacts node, NodeFacts from) {
        return Command.of(node.name(), "drbdadm", "disconnect", towards(node, from))
                .guard(ifStandAlone(node, from, "!="));
    }

    private String ifStandAlone(NodeFacts node, NodeFacts peer, String comparison) {
        // DRBD 8.4 prints a line for each volume, all with the state of the same connection
        return "[ \"$(drbdadm cstate " + towards(node, peer) + " | sort -u)\" " + comparison
                + " StandAlone ] || exit 0\n";
    }

    /** The resource, or with DRBD 9 its connection to one peer. */
    private String towards(NodeFacts node, NodeFacts peer) {
        return DrbdFacts.is9(node) ? resource + ":" + peer.name() : resource;
    }

    private List<Change> waitConnected() {
        return members.stream()
                .<Change>map(member -> PolledWatch.of(
                        member,
                        DrbdFacts.configured(member, resource).resource(),
                        new Await(
                                member.name(),
                                "'" + resource + "' connected",
                                "drbdsetup events2 " + resource,
                                progress -> new ConnectionWatch(
                                        resource, member.name(), DrbdFacts.volumes(member, resource)),
                                CONNECT_TIMEOUT,
                                victim.name() + " was told to discard its writes, but can the nodes reach each other? "
                                        + "See the network and firewalls, then run the step again.")))
                .toList();
    }

    private List<Change> waitSync() {
        DrbdWaitSync wait = new DrbdWaitSync(resource, DrbdWaitSync.DEFAULT_STALL_SECONDS);
        return members.stream().<Change>map(member -> wait.await(member)).toList();
    }
}
