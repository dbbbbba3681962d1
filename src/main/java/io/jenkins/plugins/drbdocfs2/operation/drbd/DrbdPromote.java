package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds.Relation;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.operation.drbd.create.ResourceSpec;
import io.jenkins.plugins.drbdocfs2.operation.guard.BackingDevices;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.guard.SharedFilesystemCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.Fencing;
import io.jenkins.plugins.drbdocfs2.operation.view.GenerationComparison;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * drbdPromote: promotes a node to Primary.
 *
 * @param resource the resource
 * @param node the node's name
 * @param force whether to start the initial synchronisation from this node; allowed only while no node has good data
 * @param overwrite the content of the other nodes' disks that may be lost, in the words of the refusal
 */
public record DrbdPromote(String resource, String node, boolean force, Overwrite overwrite)
        implements ResourceOperation {
    private static final Set<Relation> OLDER = EnumSet.of(Relation.NEW, Relation.BEHIND, Relation.FAR_BEHIND);

    /** Promotes a node without overwriting anything. */
    public DrbdPromote(String resource, String node, boolean force) {
        this(resource, node, force, Overwrite.NOTHING);
    }

    @Override
    public Map<String, Object> subject() {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("resource", resource);
        subject.put("node", node);
        return subject;
    }

    @Override
    public void check(List<Node> nodes) {
        ResourceOperation.super.check(nodes);
        ParameterRules.node("node", node, nodes);
    }

    private String path() {
        return ResourceSpec.path(resource);
    }

    @Override
    public ProbeSet besides(Node of) {
        return ProbeSet.of(SystemProbes.file(path()));
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        return known.isEmpty()
                ? ResourceOperation.super.probes(of, nodes, known)
                : force
                        ? BackingDevices.probesOfEmpty(of.name(), known, resource)
                                .and(shared(of, known).probes())
                        : shared(of, known);
    }

    private ProbeSet shared(Node of, ClusterFacts known) {
        return of.name().equals(node) ? ProbeSet.of() : SharedFilesystemCheck.probes(known.node(of.name()), resource);
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL_RUNNING;
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        DrbdFacts.checkKnown(facts, resource, refusals);
        refusals.check();
        NodeFacts candidate = facts.node(node);
        ResourceState state = DrbdFacts.state(candidate, resource);
        DrbdFacts.checkUp(candidate, resource, refusals);
        refusals.check();
        if (state.isPrimary()) {
            return Plan.nothing();
        }
        checkOtherPrimaries(facts, refusals);
        DrbdFacts.checkQuorum(node, state, refusals);
        boolean forced = force && !isReady(state);
        if (forced) {
            new InitialSyncCheck(resource, node, refusals).check(facts);
            checkDisks(facts, refusals);
        } else {
            checkGoodData(state, refusals);
            checkNewestData(facts, refusals);
        }
        refusals.check();
        List<String> words = new ArrayList<>(List.of("drbdadm", "primary"));
        if (forced) {
            words.add("--force");
        }
        words.add(resource);
        Plan.Builder plan = new Plan.Builder()
                .stage(
                        forced ? "start the initial synchronisation from " + node : "make " + node + " Primary",
                        List.of(
                                forced
                                        ? Command.of(node, words)
                                                .guard(BackingDevices.ofEmpty(candidate, resource)
                                                        .guard())
                                        : Command.of(node, words)));
        warnings(facts, state).forEach(plan::note);
        return plan.build();
    }

    private List<String> warnings(ClusterFacts facts, ResourceState state) {
        NodeFacts candidate = facts.node(node);
        boolean second = state.connections().values().stream().anyMatch(peer -> peer.isPrimary());
        List<String> warnings = new ArrayList<>();
        if (second) {
            boolean accepted =
                    Fencing.isAccepted(candidate.get(SystemProbes.file(path())).text());
            warnings.addAll(Fencing.warnings(
                    resource, DrbdFacts.configured(candidate, resource).options(), accepted));
        }
        boolean hasQuorum = state.withoutQuorum().isEmpty()
                && DrbdFacts.configured(candidate, resource)
                        .options()
                        .value("quorum")
                        .filter(value -> !value.equals("off"))
                        .isPresent();
        for (ConnectionStatus peer : state.connections().values()) {
            if (!hasQuorum
                    && !peer.isConnected()
                    && facts.all().size() <= state.connections().size()) {
                warnings.add(Plan.WARNING + "the peer of " + node + " is not connected (" + peer.connection()
                        + ") and is not a node of this step: if it is up and Primary, the data of '" + resource + "' "
                        + "split now");
            }
        }
        return warnings;
    }

    private void checkOtherPrimaries(ClusterFacts facts, Refusals refusals) {
        ResourceState own = DrbdFacts.state(facts.node(node), resource);
        boolean told = false;
        for (NodeFacts other : facts.all()) {
            ResourceState state = DrbdFacts.state(other, resource);
            if (!other.name().equals(node) && state != null && state.isPrimary()) {
                told = true;
                checkSecond(facts, other.name(), state, refusals);
                SharedFilesystemCheck.checkSecond(node, other, resource, refusals);
            }
        }
        boolean seen = own.connections().values().stream().anyMatch(peer -> peer.isPrimary());
        if (seen && !told) {
            checkSecond(facts, "its peer", own, refusals);
        }
    }

    /** @param state the resource on the Primary or, if that is not a node of the step, on this node */
    private void checkSecond(ClusterFacts facts, String other, ResourceState state, Refusals refusals) {
        ConfiguredResource configured = DrbdFacts.configured(facts.node(node), resource);
        ResourceState own = DrbdFacts.state(facts.node(node), resource);
        if (!configured.isConfigured() || !configured.resource().dualPrimary()) {
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
        } else if (!state.isConnected()) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_CONNECTED)
                    .on(node)
                    .found(other + " is Primary and its connection is " + DrbdFacts.connections(state))
                    .wouldLose("With both Primary and not connected, both are written to and the data split")
                    .remedy("Restore the connection first; drbdStatus shows it"));
        } else if (!own.isUpToDateEverywhere() || !state.isUpToDateEverywhere()) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_UP_TO_DATE)
                    .on(node)
                    .found("'" + resource + "' is not UpToDate " + (own.isUpToDate() ? "on all nodes" : "there yet")
                            + ", and " + other + " is Primary")
                    .wouldLose(
                            "A failure before the end of the synchronisation would leave a Primary without good data")
                    .remedy("Run drbdWaitSync first"));
        }
    }

    private static boolean isReady(ResourceState state) {
        return state.isUpToDateWhereItHasDisks()
                && state.volumes().keySet().stream().allMatch(state::hasGoodData);
    }

    // New metadata mean that DRBD has no good data there, but the disk may hold older content.
    private void checkDisks(ClusterFacts facts, Refusals refusals) {
        for (NodeFacts member : facts.all()) {
            BackingDevices disks = BackingDevices.ofEmpty(member, resource);
            disks.checkUnused("force would overwrite it below who uses it, or replicate what they write", refusals);
            if (!member.name().equals(node)) {
                disks.checkContent(overwrite, "force would overwrite it with the data of " + node, refusals);
            }
        }
    }

    private void checkGoodData(ResourceState state, Refusals refusals) {
        for (DeviceState volume : state.volumes().values()) {
            boolean reachable = volume.disk().is(DiskState.UP_TO_DATE)
                    || state.connections().values().stream()
                            .anyMatch(peer -> peer.isConnected()
                                    && peer.volumes().containsKey(volume.volume())
                                    && peer.volumes()
                                            .get(volume.volume())
                                            .peerDisk()
                                            .is(DiskState.UP_TO_DATE));
            if (!reachable) {
                boolean fresh = volume.disk().is(DiskState.INCONSISTENT);
                refusals.add(Refusal.of(DrbdRefusal.NO_GOOD_DATA)
                        .on(node)
                        .found(describe(volume) + " is " + volume.disk() + " and no connected peer is UpToDate")
                        .allowedBy(fresh ? "force: true" : null)
                        .remedy(
                                fresh
                                        ? "Before the initial synchronisation, name the node whose data are to be "
                                                + "kept and set"
                                                + " force: true; otherwise connect the node that has the good data"
                                        : "Connect the node that has the newest data first"));
            }
        }
    }

    // DRBD itself promotes a node that is UpToDate in its own eyes: of what a peer wrote after the connection was lost
    // it
    // knows nothing.
    private void checkNewestData(ClusterFacts facts, Refusals refusals) {
        NodeFacts candidate = facts.node(node);
        ConfiguredResource configured = DrbdFacts.configured(candidate, resource);
        ResourceState state = DrbdFacts.state(candidate, resource);
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
                                + "again), or promote "
                                + other.name()));
            }
        }
    }

    private String describe(DeviceState volume) {
        return "volume " + volume.volume() + " of '" + resource + "'";
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        ResourceState state = DrbdFacts.state(after.node(node), resource);
        if (state == null || !state.isPrimary()) {
            throw new StepFailure("on " + node + ", '" + resource + "' is "
                    + (state == null ? "down" : state.role()) + " after drbdadm primary, not Primary. Did somebody else"
                    + " demote it? See `dmesg` there.");
        }
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        boolean here = facts.name().equals(node);
        NodeFacts simulated = facts.change(DrbdProbes.STATE, state -> SimulatedDrbd.promoted(state, resource, here));
        return here ? SimulatedDrbd.readable(simulated, resource) : simulated;
    }
}
