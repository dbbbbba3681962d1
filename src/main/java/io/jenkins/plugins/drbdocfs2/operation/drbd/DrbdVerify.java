package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.RunningOptions;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.PeerDeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ReplicationState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.Event;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.PolledWatch;
import io.jenkins.plugins.drbdocfs2.operation.drbd.sync.VerifyWatch;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdDiskRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.OutOfSyncPair;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * drbdVerify: compares the data of all nodes block by block while they are in use. It changes no data; differing blocks are
 * marked as out of sync and reported.
 *
 * @param resource the resource
 */
public record DrbdVerify(String resource) implements ResourceOperation {
    private static final Duration STALL = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofDays(30);

    @Override
    public ProbeSet besides(Node node) {
        return ProbeSet.of(RunningOptions.probe(resource));
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        ResourceCheck.checkKnown(facts, resource, refusals);
        refusals.check();
        List<NodeFacts> members = DrbdFacts.members(facts, resource);
        for (NodeFacts member : members) {
            check(member, refusals);
        }
        if (!refusals.any() && withDisks(members).isEmpty()) {
            refusals.add(Refusal.of(DrbdDiskRefusal.NO_DISK)
                    .found("no node of '" + resource + "' in this step has a disk, so none can compare its data")
                    .remedy("Add a node with a disk to withClusterNodes"));
        }
        refusals.check();
        NodeFacts verifying = verifier(members);
        Plan.Builder plan = new Plan.Builder().changesNodes(false);
        NodeFacts by = verifying != null ? verifying : chosen(members);
        if (verifying == null) {
            plan.stage("compare the data", List.of(Command.of(by.name(), "drbdadm", "verify", resource)));
        } else {
            plan.note("a verify begun on " + by.name() + " runs already; this step waits for its end");
        }
        return plan.stage("wait until all is compared", List.of(await(by))).build();
    }

    private void check(NodeFacts node, Refusals refusals) {
        ResourceState state = DrbdFacts.state(node, resource);
        ResourceCheck.checkUp(node, resource, refusals);
        if (state == null) {
            return;
        }
        if (!state.isConnected()) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_CONNECTED)
                    .on(node.name())
                    .found("'" + resource + "' is not connected: " + DrbdFacts.connections(state))
                    .remedy("Only connected nodes can be compared; drbdStatus shows what is wrong, drbdCreateResource "
                            + "connects"
                            + " again"));
            return;
        }
        for (ConnectionStatus peer : state.connections().values()) {
            for (PeerDeviceState volume : peer.volumes().values()) {
                boolean fine = volume.replication().is(ReplicationState.ESTABLISHED)
                        || volume.replication().state().isVerify();
                if (!fine) {
                    refusals.add(Refusal.of(DrbdRefusal.SYNCHRONISING)
                            .on(node.name())
                            .found("volume " + volume.volume() + " of '" + resource + "' is in a synchronisation ("
                                    + volume.replication() + ")")
                            .remedy("Wait for its end with drbdWaitSync first"));
                }
            }
        }
        if (!state.isUpToDateWhereItHasDisks()) {
            refusals.add(Refusal.of(DrbdRefusal.NOT_UP_TO_DATE)
                    .on(node.name())
                    .found("'" + resource + "' is not UpToDate there")
                    .remedy("Only complete data can be compared; see drbdStatus, then run drbdWaitSync"));
        }
        if (node.get(RunningOptions.probe(resource)).verifyAlgorithm().isEmpty()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.NO_VERIFY_ALG)
                    .on(node.name())
                    .found("the running '" + resource + "' has no verify-alg, so DRBD cannot compare")
                    .remedy("Add `net { verify-alg sha1; }` to the options of drbdCreateResource and run that step; "
                            + "it can be"
                            + " done while the resource is in use"));
        }
    }

    private NodeFacts verifier(List<NodeFacts> members) {
        return members.stream()
                .filter(node -> DrbdFacts.state(node, resource).peerDevices().stream()
                        .anyMatch(volume -> volume.replication().is(ReplicationState.VERIFY_S)))
                .findFirst()
                .orElse(null);
    }

    private List<NodeFacts> withDisks(List<NodeFacts> members) {
        return members.stream()
                .filter(node -> !DrbdFacts.state(node, resource).isClient())
                .toList();
    }

    private NodeFacts chosen(List<NodeFacts> members) {
        return withDisks(members).stream()
                .filter(node -> DrbdFacts.isPrimary(node, resource))
                .findFirst()
                .orElse(withDisks(members).get(0));
    }

    // DRBD 9 reports the progress in events; 8.4 only in /proc/drbd.
    private Await await(NodeFacts by) {
        String node = by.name();
        String now = "drbdsetup events2 --now --statistics " + resource + " | sed 's/^/now /'";
        String proc = "grep -E '^ *[0-9]+: cs:|verified:' /proc/drbd | sed 's/^/proc /'";
        return PolledWatch.of(
                by,
                DrbdFacts.configured(by, resource).resource(),
                new Await(
                        node,
                        Event.of("'" + resource + "'", "compared on all nodes"),
                        "drbdsetup events2 --statistics " + resource + " & e=$!; while sleep 2 && kill -0 $e; do "
                                + proc + "; " + now + "; done & wait $e",
                        progress -> new VerifyWatch(
                                resource, node, DrbdFacts.volumes(by, resource), STALL, System::nanoTime, progress),
                        LIMIT,
                        null));
    }

    @Override
    public Report report(Findings found) {
        return found.isOutcome()
                ? Report.ofNodes(found.facts(), this::compared).and(comparison(found.before(), found.facts()))
                : Report.ofNodes(found.facts(), node -> ResourceReport.of(node, resource));
    }

    private Map<String, Object> compared(NodeFacts node) {
        Map<String, Object> report = ResourceReport.of(node, resource);
        ResourceState state = DrbdFacts.state(node, resource);
        if (state != null) {
            report.put(
                    "outOfSyncKibByVolume",
                    OutOfSyncPair.byVolume(List.copyOf(state.connections().values())));
        }
        return report;
    }

    /** The result of this verify; empty if none was run. */
    private Map<String, Object> comparison(ClusterFacts before, ClusterFacts after) {
        List<NodeFacts> members = DrbdFacts.members(before, resource);
        NodeFacts verifying = verifier(members);
        String by = (verifying == null ? chosen(members) : verifying).name();
        List<OutOfSyncPair> pairs = OutOfSyncPair.all(after, resource).stream()
                .filter(pair -> pair.nodes().contains(by))
                .toList();
        Map<String, Object> report = new LinkedHashMap<>();
        OutOfSyncPair.most(pairs).ifPresent(kib -> report.put("outOfSyncKib", kib));
        report.put("pairs", pairs.stream().map(OutOfSyncPair::report).toList());
        return report;
    }

    @Override
    public List<String> notes(ClusterFacts after) {
        List<OutOfSyncPair> pairs = OutOfSyncPair.all(after, resource);
        List<OutOfSyncPair> differing = pairs.stream()
                .filter(pair -> pair.kib() != null && pair.kib() > 0)
                .toList();
        String unknown = pairs.stream()
                .filter(pair -> pair.kib() == null)
                .map(OutOfSyncPair::words)
                .collect(Collectors.joining(", "));
        List<String> notes = new ArrayList<>();
        if (!unknown.isEmpty()) {
            notes.add("DRBD does not report how much of '" + resource + "' differs between " + unknown
                    + "; see `dmesg` there");
        }
        if (!differing.isEmpty()) {
            String amounts = differing.stream()
                    .map(pair -> pair.kib() + " KiB of '" + resource + "' differ between " + pair.words())
                    .collect(Collectors.joining(", "));
            notes.add("OUT OF SYNC: " + amounts
                    + ". Nothing was repaired; DRBD only marked these blocks (`dmesg` lists them). See first whose data"
                    + " are right, and why they differ: a faulty disk, writes past DRBD, or buffers changed in flight"
                    + " (swap). " + remedy(differing, after));
        }
        return notes;
    }

    private String remedy(List<OutOfSyncPair> differing, ClusterFacts after) {
        List<NodeFacts> primaries = after.all().stream()
                .filter(node -> DrbdFacts.isPrimary(node, resource))
                .toList();
        return switch (primaries.size()) {
            case 0 -> "Then make the node with the right data Primary (drbdPromote; between two Secondaries"
                    + " nothing is copied) and " + reconnect(differing, null, after)
                    + " on it: the other takes over the marked blocks.";
            case 1 -> "Then, if those of " + primaries.get(0).name() + ", which is Primary, are right, "
                    + reconnect(differing, primaries.get(0).name(), after) + " on "
                    + primaries.get(0).name() + ": the other takes over the marked blocks.";
            default -> "Then unmount and demote the node whose data are wrong (clusterUnmount, drbdDemote) and "
                    + reconnect(differing, null, after)
                    + " on the other. Never disconnect while both are Primary: the data would split.";
        };
    }

    /** The commands to copy the marked blocks from a node, or with null from one that the reader chooses. */
    private String reconnect(List<OutOfSyncPair> differing, String from, ClusterFacts after) {
        boolean nine = after.all().stream().anyMatch(DrbdFacts::is9);
        return "run "
                + differing.stream()
                        .map(pair -> from == null || !pair.nodes().contains(from) ? "PEER" : pair.other(from))
                        .distinct()
                        .map(peer -> nine ? resource + ":" + peer : resource)
                        .distinct()
                        .map(connection ->
                                "`drbdadm disconnect " + connection + " && drbdadm connect " + connection + "`")
                        .collect(Collectors.joining(" and "));
    }
}
