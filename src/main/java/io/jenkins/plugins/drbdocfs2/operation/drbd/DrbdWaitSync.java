package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DiskState;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Event;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.PolledWatch;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.SyncWatch;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.GenerationComparison;
import io.jenkins.plugins.drbdocfs2.operation.view.SimulatedDrbd;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * drbdWaitSync: waits until all volumes are UpToDate on all nodes.
 *
 * @param resource the resource
 * @param stallSeconds the seconds without progress after which the step fails
 */
public record DrbdWaitSync(String resource, int stallSeconds) implements ResourceOperation {
    /** The default time without progress. */
    public static final int DEFAULT_STALL_SECONDS = 300;

    private static final int SHORTEST_STALL_SECONDS = 5;
    private static final int MAX_STALL_SECONDS = 86_400;
    private static final Duration LIMIT = Duration.ofDays(30);

    @Override
    public void check(List<Node> nodes) {
        ResourceOperation.super.check(nodes);
        Check.range("stallSeconds", stallSeconds, SHORTEST_STALL_SECONDS, MAX_STALL_SECONDS);
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        ResourceCheck.checkKnown(facts, resource, refusals);
        refusals.check();
        checkLacking(facts, refusals);
        List<NodeFacts> members = DrbdFacts.members(facts, resource);
        List<Change> waits = new ArrayList<>();
        Plan.Builder plan = new Plan.Builder();
        boolean anySource = false;
        for (NodeFacts member : members) {
            ResourceState state = DrbdFacts.state(member, resource);
            if (state == null) {
                refusals.add(Refusal.of(DrbdRefusal.NOT_UP)
                        .on(member.name())
                        .found("resource '" + resource + "' is not up, so it will never be synchronised")
                        .remedy("Run drbdCreateResource, which brings it up"));
                continue;
            }
            anySource |= state.mayBeUpToDate();
            if (!state.isUpToDateEverywhere()) {
                checkCanSync(member.name(), state, refusals);
                noteDelays(member, state, plan);
                waits.add(await(member));
            }
        }
        if (!refusals.any() && !waits.isEmpty()) {
            checkSplit(members, refusals);
        }
        if (!anySource && !refusals.any()) {
            refusals.add(Refusal.of(DrbdRefusal.NO_GOOD_DATA)
                    .found("no node has UpToDate data of '" + resource + "', so there is nothing to synchronise from")
                    .remedy("Name the node whose data are to be kept: drbdPromote with force: true"));
        }
        refusals.check();
        return plan.stage("wait until '" + resource + "' is UpToDate everywhere", waits)
                .build();
    }

    private void checkLacking(ClusterFacts facts, Refusals refusals) {
        for (NodeFacts node : DrbdFacts.lacking(facts, resource)) {
            String named = DrbdFacts.members(facts, resource).stream()
                    .map(NodeFacts::name)
                    .collect(Collectors.joining(" and "));
            refusals.add(Refusal.of(DrbdConfigurationRefusal.NO_RESOURCE)
                    .on(node.name())
                    .found("the node has no resource '" + resource + "', which the files of " + named
                            + " have it for, so it will never be synchronised")
                    .remedy("Run drbdCreateResource, which writes its file there and brings it up"));
        }
    }

    // After a split brain, nodes that do not reach each other yet go StandAlone when they do, unless DRBD resolves it
    // itself
    private void checkSplit(List<NodeFacts> members, Refusals refusals) {
        long primaries = members.stream()
                .filter(member -> DrbdFacts.isPrimary(member, resource))
                .count();
        String policy = "after-sb-" + Math.min(2, primaries) + "pri";
        boolean mended = members.stream()
                .flatMap(member -> DrbdFacts.configured(member, resource).options().values(policy).stream())
                .anyMatch(value -> !value.equals("disconnect"));
        if (mended) {
            return;
        }
        for (String pair : GenerationComparison.splitPairs(
                members, DrbdFacts.configured(members.get(0), resource).resource())) {
            refusals.add(Refusal.of(DrbdRefusal.SPLIT_BRAIN)
                    .found("'" + resource + "' has split: " + pair
                            + " were both written to since they last had the same data, so"
                            + " they will not connect")
                    .remedy("See both sides with drbdStatus, then name the side to discard with "
                            + "drbdResolveSplitBrain"));
        }
    }

    private void noteDelays(NodeFacts member, ResourceState state, Plan.Builder plan) {
        for (ConnectionStatus peer : state.connections().values()) {
            String towards = DrbdFacts.peerName(member, resource, peer);
            if (!peer.connection().is(ConnectionState.CONNECTED)) {
                plan.note(member.name() + ": '" + resource + "' is not connected to " + towards + " ("
                        + peer.connection() + "); without a connection this step gives up after " + stallSeconds
                        + " s");
            }
            for (PeerDeviceState volume : peer.volumes().values()) {
                if (volume.replication().state().isPaused()) {
                    plan.note(member.name() + ": the synchronisation of volume " + volume.volume() + " of '" + resource
                            + "' with " + towards + " is paused (" + volume.replication()
                            + "); without progress this step gives up after "
                            + stallSeconds + " s");
                }
            }
        }
    }

    private void checkCanSync(String node, ResourceState state, Refusals refusals) {
        for (DeviceState volume : state.volumes().values()) {
            boolean lost = volume.disk().is(DiskState.DISKLESS) && !volume.isClient();
            if (lost || volume.disk().is(DiskState.FAILED)) {
                refusals.add(Refusal.of(DrbdDiskRefusal.DISK_FAILED)
                        .on(node)
                        .found("volume " + volume.volume() + " of '" + resource + "' is " + volume.disk())
                        .remedy("See `dmesg` there for the disk's fault; drbdCreateResource attaches the disk again"));
            }
        }
        for (ConnectionStatus peer : state.connections().values()) {
            if (peer.isStandAlone()) {
                refusals.add(Refusal.of(DrbdRefusal.STAND_ALONE)
                        .on(node)
                        .found("the connection of '" + resource
                                + "' is StandAlone: it was taken down, or a split brain was found")
                        .remedy("drbdStatus shows which; after a split brain use drbdResolveSplitBrain, else "
                                + "drbdCreateResource"
                                + " connects again"));
            }
        }
    }

    // The first command prints events; the second prints every two seconds what no event reports: the remaining amount.
    Await await(NodeFacts member) {
        String node = member.name();
        String events = "drbdsetup events2 --statistics " + resource;
        String numbers = "drbdsetup events2 --now --statistics " + resource + " | sed -u 's/^/now /'";
        return PolledWatch.of(
                member,
                DrbdFacts.configured(member, resource).resource(),
                new Await(
                        node,
                        Event.of("'" + resource + "'", "UpToDate everywhere"),
                        events + " & e=$!; while sleep 2 && kill -0 $e; do " + numbers + "; done & wait $e",
                        progress -> new SyncWatch(
                                resource,
                                node,
                                DrbdFacts.volumes(member, resource),
                                Duration.ofSeconds(stallSeconds),
                                System::nanoTime,
                                progress),
                        LIMIT,
                        null));
    }

    @Override
    public NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        return facts.change(DrbdProbes.STATE, state -> SimulatedDrbd.inStep(state, resource));
    }
}
