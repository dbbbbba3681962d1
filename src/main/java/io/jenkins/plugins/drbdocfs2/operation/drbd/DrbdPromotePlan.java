package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds.Relation;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDevices;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.SharedFilesystemCheck;
import io.jenkins.plugins.drbdocfs2.operation.guard.TransientState;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.Fencing;
import io.jenkins.plugins.drbdocfs2.operation.view.GenerationComparison;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The plan of {@link DrbdPromote}. */
final class DrbdPromotePlan {
    private static final Set<Relation> OLDER = EnumSet.of(Relation.NEW, Relation.BEHIND, Relation.FAR_BEHIND);

    private static final String WAITS_FOR_ITS_PEER =
            "With fencing, DRBD promotes no node that has lost its peer unless the fence-peer handler says that the peer is"
                    + " off (`journalctl -t drbd-fence-peer`). Connect the peer or, if it is off, run"
                    + " clusterConfirmNodeDown.";

    private final DrbdPromote step;
    private final String resource;
    private final String node;
    private final ClusterFacts facts;
    private final NodeFacts candidate;
    private final ConfiguredResource configured;
    private final ResourceState state;
    private final Refusals refusals = new Refusals();
    private final Plan.Builder plan = new Plan.Builder();

    DrbdPromotePlan(DrbdPromote step, ClusterFacts facts) {
        this.step = step;
        this.resource = step.resource();
        this.node = step.node();
        this.facts = facts;
        this.candidate = facts.node(node);
        this.configured = DrbdFacts.configured(candidate, resource);
        this.state = DrbdFacts.state(candidate, resource);
    }

    Plan make() throws StepFailure {
        ResourceCheck.checkKnown(facts, resource, refusals);
        refusals.check();
        ResourceCheck.checkUp(candidate, resource, refusals);
        refusals.check();
        if (state.isPrimary()) {
            return Plan.nothing();
        }
        checkOtherPrimaries();
        ResourceCheck.checkQuorum(node, state, refusals);
        boolean forced = step.force() && !state.isReady();
        if (forced) {
            new InitialSyncCheck(resource, node, refusals).check(facts);
            checkDisks();
        } else {
            checkGoodData();
            checkNewestData();
        }
        refusals.check();
        if (forced) {
            plan.stage(
                    "start the initial synchronisation from " + node,
                    List.of(Command.of(node, "drbdadm", "primary", "--force", resource)
                            .guard(BackingDevices.ofEmpty(candidate, resource).guard())));
        } else {
            Command promote = TransientState.retried(Command.of(node, "drbdadm", "primary", resource));
            plan.stage(
                    "make " + node + " Primary",
                    List.of(waitsForItsPeer() ? promote.hint(WAITS_FOR_ITS_PEER) : promote));
        }
        warn();
        return plan.build();
    }

    private boolean waitsForItsPeer() {
        return configured.options().isFenced()
                && state.connections().values().stream().anyMatch(peer -> !peer.isConnected());
    }

    private void warn() {
        if (state.hasPrimaryPeer()) {
            boolean accepted = Fencing.isAccepted(
                    candidate.get(SystemProbes.file(step.path())).text());
            Fencing.warnings(resource, configured.options(), accepted).forEach(plan::note);
        }
        boolean hasQuorum =
                state.withoutQuorum().isEmpty() && configured.options().hasQuorum();
        for (ConnectionStatus peer : state.connections().values()) {
            if (!hasQuorum
                    && !waitsForItsPeer()
                    && !peer.isConnected()
                    && facts.all().size() <= state.connections().size()) {
                plan.note(Plan.WARNING + "the peer of " + node + " is not connected (" + peer.connection()
                        + ") and is not a node of this step: if it is up and Primary, the data of '" + resource + "' "
                        + "split now");
            }
        }
    }

    private void checkOtherPrimaries() {
        boolean found = false;
        for (NodeFacts other : facts.all()) {
            if (other != candidate && DrbdFacts.isPrimary(other, resource)) {
                found = true;
                checkSecond(other.name(), DrbdFacts.state(other, resource));
                SharedFilesystemCheck.checkSecond(node, other, resource, refusals);
            }
        }
        if (state.hasPrimaryPeer() && !found) {
            checkSecond("its peer", state);
        }
    }

    /** @param seen the resource on the Primary or, if that is not a node of the step, on this node */
    private void checkSecond(String other, ResourceState seen) {
        if (!configured.dualPrimary()) {
            refusals.add(Refusal.of(DrbdRefusal.PEER_PRIMARY)
                    .on(node)
                    .found(other + " is Primary, and "
                            + (configured.isConfigured()
                                    ? "'" + resource + "' does not allow two Primaries"
                                    : "whether '" + resource + "' allows two Primaries is not known, as its"
                                            + " configuration there is not understood"))
                    .wouldLose("Two Primaries without a cluster filesystem destroy the data on it")
                    .remedy("Demote " + other + " first (drbdDemote, drbdSwitchover), or create the resource with"
                            + " dualPrimary: true for OCFS2"));
        } else if (!seen.isConnected()) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_CONNECTED)
                    .on(node)
                    .found(other + " is Primary and its connection is " + DrbdFacts.connections(seen))
                    .wouldLose("With both Primary and not connected, both are written to and the data split")
                    .remedy("Restore the connection first; drbdStatus shows it"));
        } else if (!state.isUpToDateEverywhere() || !seen.isUpToDateEverywhere()) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_UP_TO_DATE)
                    .on(node)
                    .found("'" + resource + "' is not UpToDate " + (state.isUpToDate() ? "on all nodes" : "there yet")
                            + ", and " + other + " is Primary")
                    .wouldLose(
                            "A failure before the end of the synchronisation would leave a Primary without good data")
                    .remedy("Run drbdWaitSync first"));
        }
    }

    // New metadata mean that DRBD has no good data there, but the disk may hold older content.
    private void checkDisks() {
        for (NodeFacts member : facts.all()) {
            BackingDevices disks = BackingDevices.ofEmpty(member, resource);
            disks.checkUnused("force would overwrite it while in use, or replicate the writes of its users", refusals);
            if (member != candidate) {
                disks.checkContent(step.overwrite(), "force would overwrite it with the data of " + node, refusals);
            }
        }
    }

    private void checkGoodData() {
        for (DeviceState volume : state.volumes().values()) {
            if (!state.hasGoodData(volume.volume())) {
                boolean fresh = volume.disk().is(DiskState.INCONSISTENT);
                refusals.add(Refusal.of(DrbdRefusal.NO_GOOD_DATA)
                        .on(node)
                        .found("volume " + volume.volume() + " of '" + resource + "' is " + volume.disk()
                                + " and no connected peer is UpToDate")
                        .allowedBy(fresh ? "force: true" : null)
                        .remedy(
                                fresh
                                        ? "Before the initial synchronisation, name the node whose data are to be "
                                                + "kept and set force: true; otherwise connect the node that has the "
                                                + "good data"
                                        : "Connect the node that has the newest data first"));
            }
        }
    }

    // DRBD itself promotes a node whose disks are UpToDate: it does not know what a disconnected peer wrote.
    private void checkNewestData() {
        if (!configured.isConfigured() || state.isConnected()) {
            return;
        }
        for (NodeFacts other : facts.all()) {
            ConnectionStatus peer = state.connections().get(other.name());
            if (other == candidate || peer != null && peer.isConnected()) {
                continue;
            }
            Map<Integer, Relation> relations = GenerationComparison.relations(candidate, other, configured.resource());
            if (relations.containsValue(Relation.SPLIT_BRAIN)) {
                refusals.add(Refusal.of(DrbdRefusal.SPLIT_BRAIN)
                        .on(node)
                        .found("its data of '" + resource + "' have split from those of " + other.name())
                        .wouldLose("The longer both sides are written to, the more is lost when they are reconnected")
                        .remedy("First choose whose changes to discard with drbdResolveSplitBrain"));
            } else if (relations.values().stream().anyMatch(OLDER::contains)) {
                refusals.add(Refusal.of(DrbdRefusal.OLDER_DATA)
                        .on(node)
                        .found("its data of '" + resource + "' are older than those of " + other.name()
                                + ", and it is not connected")
                        .wouldLose("What was written on " + other.name()
                                + " would be split off, and lost when they connect again")
                        .remedy("Restore the connection first (drbdStatus shows it, drbdCreateResource connects "
                                + "again), or promote " + other.name()));
            }
        }
    }
}
