package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FencingRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The plan of {@link ClusterFenceNode}. */
final class ClusterFenceNodePlan {
    private static final String SWITCH = AgentShell.read("fence-node.sh");
    private static final String MARK = "Written by clusterFenceNode with action: 'off'; action: 'on' removes it.\n";
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
        if (done || action.equals("status")) {
            plan.note(node + " is " + now.power());
        }
        if (action.equals("status")) {
            others.stream().filter(this::keepsOff).forEach(other -> plan.note(keepsOff(other, now)));
            return plan.build();
        }
        List<PutFile> marks = others.stream()
                .filter(other -> keepsOff(other) != action.equals("off"))
                .map(other -> mark(other, action.equals("off")))
                .toList();
        List<PutFile> undo = marks.stream()
                .map(mark -> new PutFile(mark.node(), mark.path(), mark.after(), mark.before(), mark.mode()))
                .toList();
        plan.stage(
                "tell the fence-peer handlers " + (action.equals("off") ? "to keep " : "no longer to keep ") + node
                        + " off",
                marks);
        if (!done) {
            plan.stage("switch " + node, List.of(change(runner)), undo);
        }
        return action.equals("reboot") ? plan.notIdempotent().build() : plan.build();
    }

    private Command change(NodeFacts runner) {
        String shown = "fence " + node + ": " + operation.action();
        return Command.shell(runner.name(), shown)
                .shown(shown, script(FencingDevices.PATH, node, operation.action()))
                .timeout(TIMEOUT)
                .hint("It is unknown whether " + node
                        + " is off: look at it, or run clusterFenceNode with action: 'status'.");
    }

    private boolean keepsOff(NodeFacts other) {
        return other.get(operation.keepOff()).exists();
    }

    private String keepsOff(NodeFacts other, DeviceAnswer now) {
        return other.name() + " leaves " + node + " off after fencing"
                + (now.isOn() ? ", although " + node + " is on: clusterFenceNode with action: 'on' ends that" : "");
    }

    private PutFile mark(NodeFacts other, boolean off) {
        FileFact file = other.get(operation.keepOff());
        return new PutFile(other.name(), operation.keepOffPath(), file.textOrNull(), off ? MARK : null, "0644");
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
