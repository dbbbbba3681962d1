package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.KeptFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeIdentity;
import io.jenkins.plugins.drbdocfs2.facts.ProbeOutcome;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException.Kind;
import io.jenkins.plugins.drbdocfs2.result.Looks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Collects the facts of the nodes for an operation: runs probes until there are no more. A node that is unreachable, has
 * another name, or does not run scripts as root is a failure or is skipped, depending on the requirement of the operation.
 */
final class FactCollector {
    private static final int MAX_ROUNDS = 10;
    /** Failures of a node that is down, which only waiting for the node resolves. */
    private static final Set<Kind> DEAD = Set.of(Kind.UNREACHABLE, Kind.LOST, Kind.TIMEOUT);

    private final Cluster cluster;
    private final Operation operation;
    private final List<Node> nodes;
    private final boolean dryRun;
    private final KeptFacts.Look look;
    private final Looks costs;
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final Set<String> answering = new LinkedHashSet<>();
    private final Refusals identityRefusals = new Refusals();

    /**
     * @param dryRun whether to apply the assumptions of earlier dry runs
     * @param look has the answers that need no probes
     * @param costs counts what the probes cost
     */
    FactCollector(
            Cluster cluster, Operation operation, List<Node> nodes, boolean dryRun, KeptFacts.Look look, Looks costs) {
        this.cluster = cluster;
        this.operation = operation;
        this.nodes = nodes;
        this.dryRun = dryRun;
        this.look = look;
        this.costs = costs;
    }

    /**
     * The facts of the nodes.
     *
     * @throws StepFailure if a required node is unreachable or the wrong one
     */
    ObservedFacts collect() throws StepFailure, RemoteException, InterruptedException {
        return collect((node, known) -> operation.probes(node, nodes, known));
    }

    /**
     * The facts of the nodes after changes.
     *
     * @param before the facts on which the changes were based
     * @throws StepFailure likewise
     */
    ObservedFacts collectAfter(ClusterFacts before) throws StepFailure, RemoteException, InterruptedException {
        if (nodes.stream().anyMatch(node -> operation.probesAfter(node, nodes).isEmpty())) {
            return collect();
        }
        ClusterFacts after = collect((node, known) ->
                        known.isEmpty() ? operation.probesAfter(node, nodes).orElseThrow() : ProbeSet.of())
                .facts();
        ClusterFacts all = before.and(after).without(after.missing(), after.answering());
        return new ObservedFacts(all, all);
    }

    /** Names the next probes for a node. */
    @FunctionalInterface
    private interface Probing {
        ProbeSet next(Node node, ClusterFacts known);
    }

    private ObservedFacts collect(Probing probing) throws StepFailure, RemoteException, InterruptedException {
        ClusterFacts known = new ClusterFacts(List.of());
        ClusterFacts seen = known;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Map<String, ProbeSet> probeSets = probeSets(probing, known, round == 0);
            if (probeSets.isEmpty()) {
                return new ObservedFacts(known, seen);
            }
            Map<String, NodeFacts> answers = probe(probeSets);
            if (round == 0 && operation.nodeRequirement() != NodeRequirement.NONE) {
                checkIdentity(answers);
            }
            checkMissing();
            seen = seen.and(new ClusterFacts(answers.values())).without(missing, answering);
            known = known.and(new ClusterFacts(answers.values().stream()
                            .map(facts -> dryRun ? cluster.dryRunState().apply(facts) : facts)
                            .toList()))
                    .without(missing, answering);
        }
        throw new IllegalStateException(operation.step() + " never runs out of probes");
    }

    private Map<String, ProbeSet> probeSets(Probing probing, ClusterFacts known, boolean first) {
        Map<String, ProbeSet> probeSets = new LinkedHashMap<>();
        for (Node node : nodes) {
            if (missing.containsKey(node.name())) {
                continue;
            }
            ProbeSet probes = probing.next(node, known);
            ProbeSet whole = first ? first(probes) : probes;
            if (!whole.isEmpty()) {
                probeSets.put(node.name(), whole);
            }
        }
        return probeSets;
    }

    private ProbeSet first(ProbeSet probes) {
        return operation.nodeRequirement() == NodeRequirement.NONE
                ? ProbeSet.of(NodeIdentity.PROBE).and(probes.probes())
                : probes.asRoot();
    }

    private Map<String, NodeFacts> probe(Map<String, ProbeSet> probeSets)
            throws StepFailure, RemoteException, InterruptedException {
        Map<String, RemoteException> failures = new ConcurrentHashMap<>();
        Map<String, NodeFacts> answers = new LinkedHashMap<>(cluster.onEach(probeSets.keySet(), remote -> {
            try {
                return look.ask(probeSets.get(remote.node().name()), remote, probes -> {
                    NodeFacts answer = probes.run(remote);
                    costs.add(answer.name(), answer.get(ProbeOutcome.PROBE).processes());
                    return answer;
                });
            } catch (RemoteException e) {
                return failed(remote, e, failures);
            }
        }));
        if (operation.nodeRequirement().isAll() && !failures.isEmpty()) {
            throw unreached(probeSets.keySet(), failures);
        } else if (operation.nodeRequirement().reportsMissing()) {
            nodes.stream()
                    .map(Node::name)
                    .filter(failures::containsKey)
                    .forEach(name -> missing.put(name, failures.get(name).getMessage()));
            failures.forEach((name, failure) -> {
                if (!DEAD.contains(failure.kind())) {
                    answering.add(name);
                }
            });
            answers.keySet().removeAll(missing.keySet());
        }
        return answers;
    }

    private static NodeFacts failed(Remote remote, RemoteException e, Map<String, RemoteException> failures) {
        failures.put(remote.node().name(), e);
        return ProbeOutcome.failed(remote.node(), e.getMessage());
    }

    /** All failures in one exception, with a remedy if there is one. */
    private StepFailure unreached(Set<String> names, Map<String, RemoteException> failures) {
        List<String> failed = names.stream().filter(failures::containsKey).toList();
        List<String> others =
                names.stream().filter(name -> !failures.containsKey(name)).toList();
        String reasons =
                failed.stream().map(name -> failures.get(name).getMessage()).collect(Collectors.joining("\n"));
        boolean dead = failures.values().stream().allMatch(failure -> DEAD.contains(failure.kind()));
        String remedy = others.isEmpty() || !dead
                ? ""
                : operation.nodeRequirement().remedy(String.join(" and ", failed), String.join(" ", others));
        StepFailure all = new StepFailure(reasons + remedy, failures.get(failed.get(0)));
        failed.stream().skip(1).forEach(name -> all.addSuppressed(failures.get(name)));
        return all;
    }

    private void checkIdentity(Map<String, NodeFacts> answers) throws RefusedException {
        for (NodeFacts node : List.copyOf(answers.values())) {
            Optional<Refusal> refusal = IdentityCheck.faults(node).stream().findFirst();
            refusal.ifPresent(identityRefusals::add);
            if (refusal.isPresent() && operation.nodeRequirement().reportsMissing()) {
                missing.put(node.name(), refusal.get().text());
                answering.add(node.name());
                answers.remove(node.name());
            }
        }
        if (operation.nodeRequirement().isAll()) {
            identityRefusals.check();
        }
    }

    private void checkMissing() throws StepFailure {
        if (missing.size() < nodes.size() || operation.nodeRequirement() == NodeRequirement.ANY_OR_NONE) {
            return;
        }
        if (identityRefusals.all().size() == missing.size()) {
            identityRefusals.check();
        }
        throw new StepFailure(String.join("\n", new ArrayList<>(missing.values())));
    }
}
