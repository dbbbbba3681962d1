package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.manager.ResourceManagers;
import io.jenkins.plugins.drbdocfs2.drbd.status.ConnectionStatus;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.NodeRequirement;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.operation.guard.ChangesResources;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.operation.guard.ToleratesSuspendedIo;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FencingRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * clusterConfirmNodeDown: a person says that a node is off. The other nodes resume the I/O that waits for it, and promote and
 * mount what was not since their boot.
 *
 * @param node the node that is off
 */
public record ClusterConfirmNodeDown(String node) implements Operation, ChangesResources, ToleratesSuspendedIo {
    private static final String ANSWERS = ShellFile.read(ClusterConfirmNodeDown.class, "answers.sh");
    private static final String CONFIRM = ShellFile.read(ClusterConfirmNodeDown.class, "confirm-node-down.sh");
    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    @Override
    public Map<String, Object> subject() {
        return Map.of("node", String.valueOf(node));
    }

    @Override
    public void check(List<Node> nodes) {
        ParameterRules.node("node", node, nodes);
    }

    @Override
    public NodeRequirement nodeRequirement() {
        return NodeRequirement.ANY;
    }

    @Override
    public ProbeSet probes(Node of, List<Node> nodes, ClusterFacts known) {
        if (of.name().equals(node)) {
            return ProbeSet.of();
        }
        if (known.isEmpty()) {
            return ProbeSet.of(DrbdProbes.VERSION, DrbdProbes.STATE, ResourceManagers.PROBE, answers(nodes));
        }
        NodeFacts facts = known.node(of.name());
        return ProbeSet.of(states(facts).stream()
                .map(state -> DrbdProbes.listed(state.name()))
                .filter(probe -> !facts.has(probe))
                .toList());
    }

    /**
     * How the node answers another one.
     *
     * @param address the address
     * @param how empty if it does not
     */
    private record Answer(String address, String how) {}

    /** Probes how the node answers at its replication address. */
    private Probe<Answer> answers(List<Node> nodes) {
        String address = nodes.stream()
                .filter(each -> each.name().equals(node))
                .map(Node::address)
                .findFirst()
                .orElseThrow();
        return new Probe<>(
                "answers of " + address,
                ShellFile.with(ANSWERS, address),
                reading -> new Answer(address, reading.text().strip().replace("\n", " and ")));
    }

    private static Collection<ResourceState> states(NodeFacts node) {
        return node.has(DrbdProbes.STATE)
                ? node.get(DrbdProbes.STATE).orElse(DrbdState.NONE).resources().values()
                : List.of();
    }

    @Override
    public Set<String> changedResources(NodeFacts other) {
        return states(other).stream()
                .filter(state -> waits(other, state))
                .map(ResourceState::name)
                .collect(Collectors.toSet());
    }

    @Override
    public Plan plan(ClusterFacts facts) throws StepFailure {
        Refusals refusals = new Refusals();
        checkDown(facts, refusals);
        refusals.check();
        List<Change> changes = new ArrayList<>();
        Plan.Builder plan = new Plan.Builder();
        for (NodeFacts other : facts.all()) {
            List<String> suspended = new ArrayList<>();
            List<String> waiting = new ArrayList<>();
            for (ResourceState state : states(other)) {
                if (waits(other, state)) {
                    (state.isPrimary() ? suspended : waiting).add(state.name());
                } else if (state.suspended()) {
                    plan.note(Plan.WARNING + "the I/O of '" + state.name() + "' on " + other.name()
                            + " stays suspended: it" + " does not wait for " + node
                            + " alone. drbdStatus shows what it waits for");
                }
            }
            if (!suspended.isEmpty() || !waiting.isEmpty()) {
                changes.add(confirm(other.name(), suspended, waiting));
            }
        }
        if (changes.isEmpty()) {
            plan.note("nothing waits for " + node);
        }
        return plan.stage("continue without " + node, changes).build();
    }

    private void checkDown(ClusterFacts facts, Refusals refusals) {
        if (!facts.missing().containsKey(node) || facts.answering().contains(node)) {
            refuse(null, "it answers to SSH", refusals);
        }
        for (NodeFacts other : facts.all()) {
            other.all(Answer.class).stream()
                    .filter(answer -> !answer.how().isEmpty())
                    .forEach(answer -> refuse(
                            other.name(), "it answers to " + answer.how() + " at " + answer.address(), refusals));
        }
    }

    private void refuse(String on, String how, Refusals refusals) {
        refusals.add(Refusal.of(FencingRefusal.NODE_ANSWERS)
                .on(on)
                .found(node + " is not off: " + how)
                .wouldLose("Both nodes would write, and the data split")
                .remedy("Switch " + node + " off, then run the step again"));
    }

    // `drbdadm resume-io` resumes whatever the I/O waits for.
    private boolean waits(NodeFacts other, ResourceState state) {
        List<ConnectionStatus> lost = state.connections().values().stream()
                .filter(peer -> !peer.isConnected())
                .toList();
        return (state.suspended() || !state.isPrimary())
                && !lost.isEmpty()
                && lost.stream().allMatch(peer -> DrbdFacts.peerName(other, state.name(), peer)
                        .equals(node))
                && state.withoutQuorum().isEmpty()
                && hasHandler(other, state);
    }

    private static boolean hasHandler(NodeFacts node, ResourceState state) {
        return DrbdFacts.configured(node, state.name())
                .options()
                .fencePeer()
                .filter(PeerLossPolicy::isOwn)
                .isPresent();
    }

    private Command confirm(String on, List<String> suspended, List<String> waiting) {
        String script = ShellFile.with(CONFIRM, node, String.join(" ", suspended), String.join(" ", waiting));
        String shown = suspended.isEmpty()
                ? "promote and mount without " + node
                : "resume the I/O of " + String.join(", ", suspended);
        return Command.shell(on, shown)
                .shown(shown, script)
                .timeout(TIMEOUT)
                .hint("See `dmesg`, `journalctl -t drbd-fence-peer` and `journalctl -t drbd-rejoin` on " + on + ".");
    }

    @Override
    public void confirm(ClusterFacts after) throws StepFailure {
        for (NodeFacts other : after.all()) {
            for (ResourceState state : states(other)) {
                if (state.suspended() && waits(other, state)) {
                    throw new StepFailure("on " + other.name() + ", the I/O of '" + state.name()
                            + "' is still suspended. `dmesg` there shows what it waits for.");
                }
            }
        }
    }

    @Override
    public Map<String, Object> nodeReport(NodeFacts node) {
        Map<String, Object> resources = new LinkedHashMap<>();
        for (ResourceState state : states(node)) {
            Map<String, Object> resource = new LinkedHashMap<>();
            resource.put("role", state.role().word());
            resource.put("suspended", state.suspended());
            resources.put(state.name(), resource);
        }
        return Map.of("resources", resources);
    }
}
