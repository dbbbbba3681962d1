package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The logic of a step: it names the probes and makes the plan; the {@link Engine} executes it. It holds only parameters, and
 * all its methods except the constructor are pure functions of their arguments.
 */
public interface Operation extends Serializable {
    /** The name of the step: that of the class, starting with a lower-case letter. */
    default String step() {
        String name = getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** The subject of the step, for its result and the log: parameter names and values, without secrets. */
    default Map<String, Object> subject() {
        return Map.of();
    }

    /**
     * Checks the parameters against the rules of the tools and against the nodes.
     *
     * @param nodes the nodes of this operation
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if a parameter is not valid
     */
    void check(List<Node> nodes);

    /**
     * The next probes for a node. Called first without facts, then again with the known facts until it returns none.
     *
     * @param node the node to probe
     * @param nodes all nodes of this operation
     * @param known the facts of all nodes so far
     */
    ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known);

    /**
     * Makes the plan.
     *
     * @throws RefusedException if data would be lost, or the operation is not possible
     */
    Plan plan(ClusterFacts facts) throws StepFailure;

    /**
     * The values of the result. Called after the facts were collected, and again after the execution, but not in a dry run
     * or after a refusal.
     */
    default Report report(Findings found) {
        return Report.ofNodes(found.facts(), this::nodeReport);
    }

    /** The values of a node in the result, in order, unless {@link #report} is overridden. */
    default Map<String, Object> nodeReport(NodeFacts facts) {
        return Map.of();
    }

    /**
     * The probes for a node after the changes: all whose answers the changes may alter and which {@link #report}, {@link #notes}
     * or {@link #confirm} read. The other facts remain those from before. Empty if all probes are to be asked again.
     */
    default Optional<ProbeSet> probesAfter(Node node, List<Node> nodes) {
        return Optional.empty();
    }

    /** Notes about the outcome; called if there were changes. */
    default List<String> notes(ClusterFacts after) {
        return List.of();
    }

    /**
     * Checks the effect of the changes; called if there were any.
     *
     * @throws StepFailure if the changes did not have the expected effect
     */
    default void confirm(ClusterFacts after) throws StepFailure {}

    /**
     * The facts as they would be after the plan, for later steps of a dry run.
     *
     * @param facts the facts of a node, also for probes of another operation
     * @param nodes the nodes of this operation
     * @param seen their facts on which the plan was based
     */
    default NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        return facts;
    }

    /** How many nodes must be usable; all of them unless overridden. */
    default NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL;
    }

    /** The secrets in the parameters, which must not be shown. */
    default Set<String> secrets() {
        return Set.of();
    }

    /**
     * An operation that may find nothing to do by what the step right before saw: see {@link
     * io.jenkins.plugins.drbdocfs2.facts.KeptFacts}. Not one that reports a state or proves something, and none on whose
     * findings a person relies.
     */
    interface TakesEarlierAnswers {}
}
