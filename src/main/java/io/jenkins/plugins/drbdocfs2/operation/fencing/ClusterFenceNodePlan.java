package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FencingRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The plan of {@link ClusterFenceNode}. */
final class ClusterFenceNodePlan {
    private static final String SWITCH = ShellFile.read(ClusterFenceNodePlan.class, "fence-node.sh");
    private static final String KEEP_OFF = ShellFile.read(ClusterFenceNodePlan.class, "keep-off.sh");
    private static final int SECONDS_OF_A_CALL = 60;
    private static final Duration TIMEOUT = Duration.ofSeconds(5L * SECONDS_OF_A_CALL);

    private final ClusterFenceNode operation;
    private final String node;
    private final ClusterFacts facts;
    private final List<NodeFacts> others;

    ClusterFenceNodePlan(ClusterFenceNode operation, ClusterFacts facts) {
        this.operation = operation;
        this.node = operation.node();
        this.facts = facts;
        this.others =
                facts.all().stream().filter(other -> !other.name().equals(node)).toList();
    }

    Plan make() throws RefusedException {
        Refusals refusals = new Refusals();
        Optional<NodeFacts> runner = operation.runner(facts);
        if (others.isEmpty()) {
            refusals.add(Refusal.of(FencingRefusal.NO_OTHER_NODE)
                    .found("no node but " + node + " answers, and a node does not switch itself")
                    .remedy("Bring another node back first"));
        } else if (runner.isEmpty()) {
            refusals.add(Refusal.of(FencingRefusal.NO_DEVICE)
                    .found("no other node that answers has a fencing device for " + node + " in " + FencingDevices.PATH)
                    .remedy("Run clusterConfigureFencing while all nodes answer"));
        } else if (operation.switchesOff() && !operation.lastData()) {
            checkData(refusals);
        }
        refusals.check();
        return plan(runner.orElseThrow());
    }

    private Plan plan(NodeFacts runner) throws RefusedException {
        DeviceAnswer now = runner.get(DeviceAnswer.powerOf(node));
        if (!now.isOn() && !now.isOff()) {
            Refusals refusals = new Refusals();
            refusals.add(Refusal.of(FencingRefusal.DEVICE_FAILS)
                    .on(runner.name())
                    .found("the fencing device of " + node + ": " + now.failure())
                    .wouldLose("It would be unknown whether " + node + " is off")
                    .remedy("Make the device reachable from " + runner.name()
                            + ", or switch the node by hand and run clusterConfirmNodeDown"));
            refusals.check();
        }
        Plan.Builder plan = new Plan.Builder();
        String action = operation.action();
        boolean done = action.equals("on") && now.isOn() || action.equals("off") && now.isOff();
        if (action.equals("status") || done) {
            plan.note(node + " is " + now.power());
            return plan.build();
        }
        List<Change> marks = new ArrayList<>();
        for (NodeFacts other : others) {
            String shown = (action.equals("off") ? "keep " : "no longer keep ") + node + " off after fencing";
            marks.add(Command.shell(other.name(), shown).shown(shown, ShellFile.with(KEEP_OFF, node, action)));
        }
        String shown = "fence " + node + ": " + action;
        Command command = Command.shell(runner.name(), shown)
                .shown(shown, script(FencingDevices.PATH, node, action))
                .timeout(TIMEOUT)
                .hint("It is unknown whether " + node
                        + " is off: look at it, or run clusterFenceNode with action: 'status'.");
        plan.stage("tell the fence-peer handlers", marks).stage("switch " + node, List.of(command));
        return action.equals("reboot") ? plan.notIdempotent().build() : plan.build();
    }

    /** The script that switches a node. */
    static String script(String path, String node, String action) {
        return ShellFile.with(SWITCH, path, node, String.valueOf(SECONDS_OF_A_CALL), action);
    }

    /** Refuses if the others lack good data that the node has, or may have. */
    private void checkData(Refusals refusals) {
        NodeFacts target = facts.node(node);
        for (NodeFacts each : facts.all()) {
            if (each.get(DrbdProbes.STATE).isEmpty()) {
                refuse(
                        "the state of DRBD on " + each.name() + " cannot be read" + each.diagnostics(DrbdProbes.STATE),
                        refusals);
            }
        }
        for (String resource : resources(target)) {
            ResourceState there = target == null ? null : DrbdFacts.state(target, resource);
            // A Secondary that lost a peer which is not reachable cannot know whether the peer has newer data
            boolean othersHaveIt = others.stream()
                    .map(other -> DrbdFacts.state(other, resource))
                    .anyMatch(state -> state != null
                            && state.isUpToDateWhereItHasDisks()
                            && !state.isClient()
                            && (there != null || state.isPrimary() || state.isConnected()));
            boolean hasNone = there != null && !there.isPrimary() && !there.isUpToDate();
            if (!othersHaveIt && !hasNone) {
                refuse(
                        "no other node that answers has UpToDate data of '" + resource + "'"
                                + (there == null ? ", and what " + node + " has is not known" : ""),
                        refusals);
            } else if (there != null && isOnlyPrimaryAndAlone(there)) {
                refuse(
                        node + " is the only Primary of '" + resource + "', and not connected ("
                                + DrbdFacts.connections(there) + ")",
                        refusals);
            }
        }
    }

    private boolean isOnlyPrimaryAndAlone(ResourceState there) {
        boolean anotherPrimary = others.stream().anyMatch(other -> DrbdFacts.isPrimary(other, there.name()));
        return there.isPrimary() && !there.isConnected() && !anotherPrimary;
    }

    /** The resources that the node has or, as far as the others know, may have. */
    private Set<String> resources(NodeFacts target) {
        Set<String> names = new TreeSet<>();
        if (target != null) {
            names.addAll(DrbdFacts.running(target).keySet());
        }
        for (NodeFacts other : others) {
            DrbdFacts.running(other).values().stream()
                    .filter(state -> state.connections().values().stream()
                            .anyMatch(peer -> DrbdFacts.peerName(other, state.name(), peer)
                                    .equals(node)))
                    .forEach(state -> names.add(state.name()));
        }
        return names;
    }

    private void refuse(String found, Refusals refusals) {
        refusals.add(Refusal.of(FencingRefusal.LAST_GOOD_DATA)
                .on(node)
                .found(found)
                .wouldLose("The last writes would be missing until " + node
                        + " is back, or for ever if they are not on its" + " disks yet")
                .allowedBy("lastData: true")
                .remedy("Connect and synchronise first, or set lastData: true"));
    }
}
