package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.Event;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.operation.guard.FencingTimes;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FencingRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.PeerLossReport;
import io.jenkins.plugins.drbdocfs2.storage.MountInfo.Mount;
import io.jenkins.plugins.drbdocfs2.storage.StorageProbes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The plan of {@link ClusterTestFencing}. */
final class ClusterTestFencingPlan {
    private static final String MARK = ShellFile.read(ClusterTestFencingPlan.class, "mark-test.sh");
    private static final String CUT = ShellFile.read(ClusterTestFencingPlan.class, "cut-link.sh");
    private static final String FOLLOW = ShellFile.read(ClusterTestFencingPlan.class, "follow-loss.sh");
    private static final String REJOIN = ShellFile.read(ClusterTestFencingPlan.class, "await-rejoin.sh");
    private static final Duration UNTIL_WHOLE = Duration.ofMinutes(20);
    private static final Duration UNTIL_REJOINED = Duration.ofMinutes(6);

    /** Seconds that a slow node may take longer. */
    private static final int SLACK = 6;

    /** Seconds between the end of the cut and o2cb's dead time. */
    private static final int MARGIN = 10;

    private final ClusterTestFencing operation;
    private final ClusterFacts facts;
    private final NodeFacts node;
    private final Refusals refusals = new Refusals();
    private NodeFacts other;
    private PeerLossPolicy policy;
    private List<String> resources = List.of();

    ClusterTestFencingPlan(ClusterTestFencing operation, ClusterFacts facts) {
        this.operation = operation;
        this.facts = facts;
        this.node = facts.node(operation.node());
    }

    Plan make() throws RefusedException {
        findOther();
        facts.all().forEach(this::checkWhole);
        Set<String> tools = node.get(ClusterTestFencing.TOOLS);
        if (!tools.contains("systemd-run") || tools.size() == 1) {
            refusals.add(Refusal.of(FencingRefusal.NO_PACKET_FILTER)
                    .on(node.name())
                    .found(
                            "systemd-run, or nft and iptables, are missing, by which DRBD's packets could be dropped for a short time")
                    .remedy("Install nftables or iptables, or test by hand"));
        }
        refusals.check();
        boolean fences = policy == PeerLossPolicy.FENCE;
        if (fences) {
            checkDevice();
        }
        int seconds = seconds(fences);
        refusals.check();
        Plan.Builder plan = new Plan.Builder().notIdempotent();
        plan.note("onPeerLoss is '" + policy.word() + "': "
                + (fences
                        ? other.name() + " fences " + node.name()
                                + ", which loses what it has not yet written to its disks"
                        : "both nodes suspend their I/O for up to " + seconds + " s, and then go on"));
        if (fences) {
            plan.stage(
                    "tell the fence-peer handlers which node fences",
                    List.of(mark(other, seconds, 0), mark(node, seconds, seconds)));
        }
        return plan.stage(
                        "cut DRBD's connections of " + node.name() + " for " + seconds + " s",
                        List.of(cut(seconds), follow(seconds, fences)))
                .stage("wait until " + node.name() + " is as before", List.of(rejoin(fences)))
                .build();
    }

    /** Finds the node that loses its peer, and the resources that it shares with it. */
    private void findOther() {
        for (PeerLossPolicy wanted : List.of(PeerLossPolicy.FENCE, PeerLossPolicy.FREEZE)) {
            for (NodeFacts each : facts.all()) {
                List<String> shared = DrbdFacts.running(node).keySet().stream()
                        .filter(name -> isShared(name, each, wanted))
                        .toList();
                if (!shared.isEmpty() && other == null) {
                    other = each;
                    policy = wanted;
                    resources = shared;
                }
            }
        }
        if (other == null) {
            refusals.add(Refusal.of(FencingRefusal.NOTHING_TO_TEST)
                    .on(node.name())
                    .found("no other node is Primary of a resource of two nodes with " + node.name()
                            + " and onPeerLoss 'fence' or 'freeze'")
                    .remedy("Promote the other node (drbdPromote), or set onPeerLoss (drbdCreateResource)"));
        }
    }

    private boolean isShared(String resource, NodeFacts each, PeerLossPolicy wanted) {
        return each != node
                && DrbdFacts.isPrimary(each, resource)
                && DrbdFacts.configured(each, resource).isConfigured()
                && hosts(each, resource).size() == 2
                && hosts(each, resource).stream().anyMatch(host -> host.node().equals(node.name()))
                && PeerLossReport.policy(each, resource) == wanted;
    }

    private static List<Resource.Host> hosts(NodeFacts each, String resource) {
        return DrbdFacts.configured(each, resource).resource().hosts();
    }

    /** Everything must be well before the test: all resources of a node connected and UpToDate. */
    private void checkWhole(NodeFacts each) {
        if (each.get(DrbdProbes.STATE).isEmpty()) {
            notWhole(each, "the state of DRBD cannot be read" + each.diagnostics(DrbdProbes.STATE));
        }
        for (ResourceState state : DrbdFacts.running(each).values()) {
            if (!state.isConnected() || !state.isUpToDateWhereItHasDisks() || state.suspended()) {
                notWhole(
                        each,
                        "'" + state.name() + "' is " + DrbdFacts.connections(state)
                                + (state.isUpToDateWhereItHasDisks() ? "" : ", not UpToDate")
                                + (state.suspended() ? ", its I/O is suspended" : ""));
            }
        }
        if (each != node && each.get(operation.asFence().keepOff()).exists()) {
            notWhole(each, "it leaves " + node.name() + " off after fencing (clusterFenceNode with action: 'off')");
        }
    }

    private void notWhole(NodeFacts each, String found) {
        refusals.add(Refusal.of(FencingRefusal.NOT_WHOLE)
                .on(each.name())
                .found(found)
                .wouldLose("The test could stop the cluster, or lose the only good data")
                .remedy("Bring the cluster in order first; drbdStatus shows it"));
    }

    private void checkDevice() {
        DeviceAnswer now = other.get(DeviceAnswer.powerOf(node.name()));
        if (!now.isOn()) {
            refusals.add(Refusal.of(FencingRefusal.DEVICE_FAILS)
                    .on(other.name())
                    .found("the fencing device of " + node.name()
                            + (now.isOff() ? " says that it is off" : ": " + now.failure()))
                    .wouldLose("The test would end with a reset of both nodes")
                    .remedy("Correct the device (clusterConfigureFencing)"));
        }
    }

    /** How long the cut lasts: until both nodes have noticed it and, with a device, one has fenced the other. */
    private int seconds(boolean fences) {
        FencingTimes times = FencingTimes.of(facts);
        int limit = other.get(FencingDevices.PROBE).limitSeconds();
        int seconds = 2 * times.loss() + (fences ? 2 * (limit == 0 ? FencingTimes.LONGEST : limit) : 0) + SLACK;
        if (times.online() && seconds > times.dead() - MARGIN) {
            refusals.add(Refusal.of(FencingRefusal.TIMEOUTS)
                    .found("the test needs a cut of " + seconds + " s, and o2cb resets a node after " + times.dead()
                            + " s")
                    .wouldLose("Both nodes would be reset")
                    .remedy("Set heartbeatThreshold to " + ((seconds + MARGIN) / 2 + 2)
                            + " or more (ocfs2ConfigureCluster), or shorten ping-int (options of drbdCreateResource)"));
        }
        return seconds;
    }

    private static Command mark(NodeFacts on, int seconds, int wait) {
        String shown = "the fence-peer handler waits " + wait + " s for the next " + seconds + " s";
        return Command.shell(on.name(), shown)
                .shown(shown, ShellFile.with(MARK, String.valueOf(seconds), String.valueOf(wait)));
    }

    private Command cut(int seconds) {
        String ports = resources.stream()
                .flatMap(resource -> hosts(other, resource).stream())
                .map(host -> String.valueOf(host.port()))
                .distinct()
                .collect(Collectors.joining(","));
        String shown = "drop the packets of the TCP ports " + ports + " for " + seconds + " s";
        return Command.shell(node.name(), shown)
                .shown(shown, ShellFile.with(CUT, ports, String.valueOf(seconds)))
                .hint("The rules are removed however their service ends, `systemctl status drbd-ocfs2-steps-test`.");
    }

    private Await follow(int seconds, boolean fences) {
        List<String> words = new ArrayList<>(List.of(String.valueOf(seconds)));
        words.addAll(resources);
        return new Await(
                other.name(),
                new Event(node.name() + " to be lost and to return", node.name() + " has returned"),
                ShellFile.with(FOLLOW, words.toArray(String[]::new)),
                progress -> new LossTimes(node.name(), other.name(), fences, progress),
                UNTIL_WHOLE,
                "See `journalctl -t drbd-fence-peer -t drbd-rejoin` on both nodes.");
    }

    private Command rejoin(boolean fences) {
        String roles = DrbdFacts.running(node).values().stream()
                .map(state -> state.name() + "=" + state.role().word())
                .collect(Collectors.joining("\n"));
        Set<String> devices = DrbdFacts.running(node).values().stream()
                .flatMap(state -> state.volumes().values().stream())
                .map(DeviceState::minor)
                .map(minor -> "147:" + minor)
                .collect(Collectors.toSet());
        String mounts = node.get(StorageProbes.MOUNTS).mounts().stream()
                .filter(mount -> devices.contains(mount.device()))
                .map(Mount::mountPoint)
                .collect(Collectors.joining("\n"));
        String shown = "wait for the roles and mounts to be as before";
        return Command.shell(node.name(), shown)
                .shown(
                        shown,
                        ShellFile.with(
                                REJOIN, node.get(ClusterTestFencing.BOOT_ID), fences ? "no" : "yes", roles, mounts))
                .timeout(UNTIL_REJOINED)
                .hint("drbd-rejoin mounts what fstab names: `journalctl -t drbd-rejoin` on " + node.name() + ".");
    }
}
