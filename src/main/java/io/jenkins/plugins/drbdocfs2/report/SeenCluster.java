package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.Amounts;
import io.jenkins.plugins.drbdocfs2.result.ClippedText;
import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A cluster as the steps of a build have reported it. One without a name is known by its nodes. */
public final class SeenCluster {
    /**
     * A problem that a step found.
     *
     * @param severity the word of its severity
     * @param id its ID
     * @param node the name of the node, or an empty text
     * @param resource the DRBD resource, or an empty text
     * @param finding the beginning of the finding
     */
    public record Problem(String severity, String id, String node, String resource, String finding) {
        private static final int LINE = 300;

        private static Problem of(Map<String, Object> problem) {
            return new Problem(
                    word(problem, "severity"),
                    word(problem, "id"),
                    word(problem, "node"),
                    word(problem, "resource"),
                    word(problem, "finding"));
        }

        private static String word(Map<String, Object> problem, String key) {
            return ClippedText.line(LenientJson.text(problem.get(key)), LINE);
        }
    }

    private static final int MAX_NAMES = 4;
    private static final String EVERYTHING = "clusterHealth";
    private static final String DRBD = "drbd.";
    private static final String LOST = "node.not-";

    private final String name;
    private final Set<String> nodes = new TreeSet<>();
    private final Topology topology;
    private final List<StepHead> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> examiners = new TreeSet<>();

    /** @param name the name of the configured cluster, or an empty text */
    SeenCluster(String name) {
        this(name, new Topology());
    }

    private SeenCluster(String name, Topology topology) {
        this.name = name;
        this.topology = topology;
    }

    /** A copy to continue from. */
    SeenCluster copy() {
        SeenCluster copy = new SeenCluster(name, topology.copy());
        copy.nodes.addAll(nodes);
        copy.steps.addAll(steps);
        copy.problems.addAll(problems);
        copy.examiners.addAll(examiners);
        return copy;
    }

    /** Whether a step worked on this cluster: on the one with this name, or without a name on one of its nodes. */
    boolean isOf(ReportStep step) {
        return isSame(step.head().cluster(), step.nodes().keySet());
    }

    /** Whether another build has seen the same cluster. */
    public boolean isSame(SeenCluster other) {
        return isSame(other.name, other.nodes);
    }

    private boolean isSame(String otherName, Set<String> otherNodes) {
        return name.equals(otherName)
                && (!name.isEmpty()
                        || nodes.isEmpty()
                        || otherNodes.isEmpty()
                        || !Collections.disjoint(nodes, otherNodes));
    }

    /** Takes the next step. */
    void add(ReportStep step) {
        nodes.addAll(step.nodes().keySet());
        steps.add(step.head());
        Set<String> back = nodes.stream().filter(topology::isUnreachable).collect(Collectors.toSet());
        topology.add(step);
        back.removeIf(topology::isUnreachable);
        problems.removeIf(known -> known.id().startsWith(LOST) && back.contains(known.node()));
        if (step.result().containsKey("problems")) {
            List<Problem> found = step.problems().stream().map(Problem::of).toList();
            problems.removeIf(known -> found.contains(known) || examinesAgain(step, known));
            problems.addAll(found);
            examiners.add(step.head().name());
        }
    }

    private static boolean examinesAgain(ReportStep step, Problem known) {
        if (!known.id().startsWith(DRBD)) {
            return step.head().name().equals(EVERYTHING);
        }
        String subject = (LenientJson.text(step.result().get("resource")) + " "
                        + LenientJson.text(step.result().get("resources")))
                .strip();
        return subject.isEmpty() || List.of(subject.split("[\\s,]+")).contains(known.resource());
    }

    /** Takes all of another one, which a later step has shown to be the same. */
    void absorb(SeenCluster other) {
        nodes.addAll(other.nodes);
        steps.addAll(other.steps);
        topology.absorb(other.topology);
        problems.addAll(other.problems);
        examiners.addAll(other.examiners);
    }

    /** The name of the configured cluster, or the names of its nodes; empty if neither is known. */
    public String heading() {
        if (!name.isEmpty()) {
            return name;
        }
        String first = nodes.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        int more = nodes.size() - MAX_NAMES;
        return more > 0 ? first + " and " + Amounts.count(more, "more node") : first;
    }

    /** Whether it has a name. */
    public boolean isNamed() {
        return !name.isEmpty();
    }

    /** The names of its nodes, sorted. */
    public Set<String> nodes() {
        return Collections.unmodifiableSet(nodes);
    }

    /** The nodes, resources and mounts. */
    public Topology topology() {
        return topology;
    }

    /** The steps that worked on it. */
    public List<StepHead> steps() {
        return Collections.unmodifiableList(steps);
    }

    /** Whether a step looked for problems, and not only at facts. */
    public boolean isExamined() {
        return !examiners.isEmpty();
    }

    /** Whether the steps with this name look for problems, so that they have judged the facts that they report. */
    public boolean isJudgedBy(String step) {
        return examiners.contains(step);
    }

    /** The problems that were found last: a later look at the same replaces an earlier one. */
    public List<Problem> problems() {
        return Collections.unmodifiableList(problems);
    }
}
