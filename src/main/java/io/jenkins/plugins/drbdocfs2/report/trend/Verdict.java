package io.jenkins.plugins.drbdocfs2.report.trend;

import io.jenkins.plugins.drbdocfs2.report.SeenCluster;
import io.jenkins.plugins.drbdocfs2.report.SeenCluster.Problem;
import io.jenkins.plugins.drbdocfs2.report.StateHealth;
import io.jenkins.plugins.drbdocfs2.report.StepHead;
import io.jenkins.plugins.drbdocfs2.report.Topology;
import io.jenkins.plugins.drbdocfs2.report.Topology.Seen;
import io.jenkins.plugins.drbdocfs2.report.TopologyMounts.Mount;
import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import io.jenkins.plugins.drbdocfs2.result.StepState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The health of a cluster as a build has left it, with reasons.
 *
 * <ul>
 *   <li>failed: a problem is critical (so is a node that does not answer, and suspended I/O), or a step failed, and the build
 *       with it
 *   <li>degraded: any other problem, a disk, connection or replication that is not in its normal state, blocks that are out of
 *       sync, a warning that made the build unstable, or a failed step in a build that did not fail
 *   <li>healthy: none of these, and a step has looked
 *   <li>unknown: no step has looked, except as a dry run, which assumes
 * </ul>
 *
 * The problems found by a step count instead of the states that the same step reports. A failed step does not count if it
 * was repeated with success.
 *
 * @param health the health
 * @param reasons the reasons in words, the worst first
 */
public record Verdict(BuildHealth health, List<String> reasons) {
    private static final Set<StepState> FAILURES =
            Set.of(StepState.FAILED, StepState.REFUSED, StepState.ABORTED, StepState.CUT_OFF);
    private static final Set<StepState> WARNED = Set.of(StepState.UNSTABLE, StepState.WOULD_CHANGE);
    private static final String CRITICAL = "critical";
    private static final String SUSPENDED = "I/O suspended";
    private static final String[] STATES = {"disk", "connection", "replication"};

    public Verdict {
        reasons = List.copyOf(reasons);
    }

    /** An unknown health. */
    static Verdict unknown(String why) {
        return new Verdict(BuildHealth.UNKNOWN, List.of(why));
    }

    /**
     * The health of a cluster.
     *
     * @param failed whether the build failed or was aborted, or is still running
     */
    static Verdict of(SeenCluster cluster, boolean failed) {
        return new Judgement(cluster, failed).verdict();
    }

    /** The worst of the clusters of a build. */
    static Verdict of(List<SeenCluster> clusters, boolean failed) {
        BuildHealth health = BuildHealth.UNKNOWN;
        List<String> reasons = new ArrayList<>();
        List<Verdict> all =
                clusters.stream().map(cluster -> of(cluster, failed)).toList();
        for (Verdict verdict : all) {
            health = health.worse(verdict.health);
        }
        for (BuildHealth each : List.of(BuildHealth.FAILED, BuildHealth.DEGRADED, BuildHealth.UNKNOWN)) {
            for (int i = 0; i < all.size(); i++) {
                String of = clusters.size() == 1 ? "" : clusters.get(i).heading() + ": ";
                if (all.get(i).health == each && (each != BuildHealth.UNKNOWN || health == each)) {
                    all.get(i).reasons.forEach(reason -> reasons.add(of + reason));
                }
            }
        }
        return clusters.isEmpty() ? unknown("no step has run") : new Verdict(health, reasons);
    }

    private static final class Judgement {
        private final SeenCluster cluster;
        private final Topology topology;
        private final boolean failed;
        private final List<String> worst = new ArrayList<>();
        private final List<String> bad = new ArrayList<>();

        private Judgement(SeenCluster cluster, boolean failed) {
            this.cluster = cluster;
            this.topology = cluster.topology();
            this.failed = failed;
        }

        private Verdict verdict() {
            cluster.problems().forEach(this::problem);
            topology.nodes().stream()
                    .filter(topology::isUnreachable)
                    .filter(node -> cluster.problems().stream().noneMatch(problem -> isLoss(problem, node)))
                    .forEach(node -> worst.add(node + ": not reachable"));
            topology.resources().forEach(this::states);
            List<StepHead> steps = cluster.steps();
            for (int i = 0; i < steps.size(); i++) {
                step(steps.get(i), steps.subList(i + 1, steps.size()));
            }
            List<String> reasons = Stream.concat(worst.stream(), bad.stream()).toList();
            if (!reasons.isEmpty()) {
                return new Verdict(worst.isEmpty() ? BuildHealth.DEGRADED : BuildHealth.FAILED, reasons);
            }
            return isKnown() ? new Verdict(BuildHealth.HEALTHY, List.of()) : unknown("no step has looked at its state");
        }

        private void problem(Problem problem) {
            String of = problem.node().isEmpty() ? problem.resource() : problem.node();
            String text = problem.id() + ": " + (of.isEmpty() ? "" : of + ": ") + problem.finding();
            (CRITICAL.equals(problem.severity()) ? worst : bad).add(text);
        }

        private static boolean isLoss(Problem problem, String node) {
            return problem.node().equals(node) && CRITICAL.equals(problem.severity());
        }

        private void states(String resource) {
            Map<String, List<String>> nodesByState = new LinkedHashMap<>();
            long kib = 0;
            for (String node : topology.nodes()) {
                Seen seen = topology.seen(resource, node);
                if (isSeen(seen) && !cluster.isJudgedBy(seen.step().name())) {
                    states(seen).forEach(state -> nodesByState
                            .computeIfAbsent(state, none -> new ArrayList<>())
                            .add(node));
                    Long behind = LenientJson.number(seen.facts().get("outOfSyncKib"));
                    kib = Math.max(kib, behind == null ? 0 : behind);
                }
            }
            nodesByState.forEach((state, nodes) -> (state.equals(SUSPENDED) ? worst : bad)
                    .add(resource + ": " + state + " on " + String.join(", ", nodes)));
            if (kib > 0) {
                bad.add(resource + ": " + Amounts.bytes(kib * 1024.0) + " out of sync");
            }
        }

        private static List<String> states(Seen seen) {
            if (seen.isDown()) {
                return seen.isGone() ? List.of() : List.of("down");
            }
            List<String> states = new ArrayList<>();
            if (LenientJson.isTrue(seen.facts().get("suspended"))) {
                states.add(SUSPENDED);
            }
            for (String key : STATES) {
                StateHealth health = StateHealth.of(seen.word(key));
                boolean intended = key.equals("disk") && isClient(seen);
                if (!intended && (health == StateHealth.BAD || health == StateHealth.BUSY)) {
                    states.add(seen.word(key));
                }
            }
            return states;
        }

        /** Whether the node has no disk by its configuration. */
        private static boolean isClient(Seen seen) {
            return LenientJson.list(seen.facts().get("volumes")).stream()
                    .anyMatch(
                            volume -> LenientJson.isTrue(LenientJson.map(volume).get("client")));
        }

        private void step(StepHead step, List<StepHead> later) {
            if (later.stream().anyMatch(again -> isDone(again, step.name()))) {
                return;
            }
            boolean judged =
                    cluster.isJudgedBy(step.name()) && !cluster.problems().isEmpty();
            if (FAILURES.contains(step.state()) && !(judged && step.state() == StepState.FAILED)) {
                String error = step.error().startsWith(step.name())
                        ? step.error()
                        : step.name() + " " + step.state().word()
                                + (step.error().isEmpty() ? "" : ": " + step.error());
                (failed ? worst : bad).add(error);
            } else if (WARNED.contains(step.state()) && !step.warning().isEmpty() && !judged) {
                bad.add(step.name() + ": " + step.warning());
            }
        }

        /** Whether a step with this name has reached its goal. */
        private static boolean isDone(StepHead step, String name) {
            boolean done = step.state() == StepState.CHANGED || step.state() == StepState.UNCHANGED;
            return done && step.name().equals(name);
        }

        private boolean isKnown() {
            return cluster.isExamined()
                    || topology.nodes().stream()
                            .anyMatch(node -> isSeen(topology.cluster(node)) || isMounted(node) || isUp(node));
        }

        private boolean isMounted(String node) {
            return topology.mounts(node).stream().map(Mount::step).anyMatch(step -> !step.dryRun());
        }

        private boolean isUp(String node) {
            return topology.resources().stream()
                    .map(resource -> topology.seen(resource, node))
                    .anyMatch(seen -> isSeen(seen) && seen.word("role") != null);
        }

        private static boolean isSeen(Seen seen) {
            return seen != null && !seen.step().dryRun();
        }
    }
}
