package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.Event;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.ConnectionWatch;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.PolledWatch;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDevices;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.TransientState;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.SplitBrainSide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The plan of {@link DrbdResolveSplitBrain}. */
final class DrbdResolveSplitBrainPlan {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);

    private final String resource;
    private final ClusterFacts facts;
    private final NodeFacts victim;
    private final List<NodeFacts> members;

    DrbdResolveSplitBrainPlan(String resource, String victim, ClusterFacts facts) {
        this.resource = resource;
        this.facts = facts;
        this.victim = facts.node(victim);
        this.members = DrbdFacts.members(facts, resource);
    }

    Plan make() throws StepFailure {
        Refusals refusals = new Refusals();
        ResourceCheck.checkKnown(facts, resource, refusals);
        refusals.check();
        SplitBrainCheck check = new SplitBrainCheck(resource, victim, facts);
        check.checkSides();
        return members.stream().allMatch(this::isConnected) ? connected() : resolve(check.survivors());
    }

    private boolean isConnected(NodeFacts node) {
        ResourceState state = DrbdFacts.state(node, resource);
        return state != null && state.isConnected();
    }

    private Plan connected() {
        boolean inStep = members.stream()
                .allMatch(member -> DrbdFacts.state(member, resource).isUpToDateEverywhere());
        boolean syncing = members.stream()
                .flatMap(member -> DrbdFacts.state(member, resource).peerDevices().stream())
                .anyMatch(volume -> volume.replication().state().isResync());
        Plan.Builder plan = new Plan.Builder();
        plan.note("there is no split brain: '" + resource + "' is connected"
                + (inStep ? " and UpToDate on all nodes" : syncing ? " and being synchronised" : ""));
        return syncing ? plan.stage("wait for the synchronisation", waitSync()).build() : plan.build();
    }

    private Plan resolve(List<NodeFacts> survivors) {
        boolean down = DrbdFacts.state(victim, resource) == null;
        Plan.Builder plan = new Plan.Builder();
        members.forEach(member -> plan.note(SplitBrainSide.describe(member, resource)));
        plan.note(victim.name() + " discards its writes since the split"
                + SplitBrainSide.lost(DrbdFacts.state(victim, resource)) + " and takes over the data of "
                + survivors.stream().map(NodeFacts::name).collect(Collectors.joining(", ")));
        if (DrbdFacts.configured(victim, resource).dualPrimary() && DrbdFacts.isPrimary(victim, resource)) {
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
        if (DrbdFacts.isPrimary(victim, resource)) {
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

    // DRBD may have found the split brain itself after the check and gone StandAlone; then it refuses to disconnect.
    private Command disconnect(NodeFacts node, NodeFacts from) {
        return TransientState.retried(Command.of(node.name(), "drbdadm", "disconnect", towards(node, from))
                .guard(ifStandAlone(node, from, "!=")));
    }

    private String ifStandAlone(NodeFacts node, NodeFacts peer, String comparison) {
        // DRBD 8.4 prints a line for each volume, all with the state of the same connection.
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
                                Event.of("'" + resource + "'", "connected"),
                                "drbdsetup events2 " + resource,
                                progress -> new ConnectionWatch(
                                        resource, member.name(), DrbdFacts.volumes(member, resource)),
                                CONNECT_TIMEOUT,
                                victim.name()
                                        + " discards its writes when it connects. Can the nodes reach each other? "
                                        + "See the network and firewalls, then run the step again.")))
                .toList();
    }

    private List<Change> waitSync() {
        DrbdWaitSync wait = new DrbdWaitSync(resource, DrbdWaitSync.DEFAULT_STALL_SECONDS);
        return members.stream().<Change>map(member -> wait.await(member)).toList();
    }
}
