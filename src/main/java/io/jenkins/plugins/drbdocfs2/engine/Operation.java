package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a step brings about: it asks, decides, and leaves the doing to the {@link Engine}. It holds parameters only, and
 * all its methods but the constructor are pure: what they give depends on the facts handed in alone.
 */
public interface Operation extends Serializable {
    /** The name of the step: that of the operation's class, which begins with a small letter here. */
    default String step() {
        String name = getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** What the step is about, for its result and the log: parameter names with their values, none secret. */
    default Map<String, Object> subject() {
        return Map.of();
    }

    /**
     * Checks the parameters against what the tools allow and against the nodes there are.
     *
     * @param nodes the nodes of the cluster that this operation works on
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if a parameter cannot be used
     */
    void check(List<Node> nodes);

    /**
     * What to ask a node next. Called with no facts first, then again with what is known until it is empty.
     *
     * @param node the node to ask
     * @param nodes all nodes that this operation works on
     * @param known what all nodes said so far
     */
    ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known);

    /**
     * Decides what is missing.
     *
     * @throws RefusedException if data would be lost, or it cannot be done
     */
    Plan plan(ClusterFacts facts) throws StepFailure;

    /**
     * What the result says. Called once the nodes have been looked at, and again once the step was carried out: not in a dry
     * run nor of a refusal.
     */
    Report report(Findings found);

    /** What the reader of the log should know of what came out; called where there were changes. */
    default List<String> notes(ClusterFacts after) {
        return List.of();
    }

    /**
     * Looks at what the changes brought about; called where there were any.
     *
     * @throws StepFailure if it is not what was to be
     */
    default void confirm(ClusterFacts after) throws StepFailure {}

    /**
     * The facts as they would be after the plan, for later steps of a dry run.
     *
     * @param facts what a node says to any set of probes, also of another operation
     * @param nodes the nodes that this operation worked on
     * @param seen what these said to this operation, which its plan was made of
     */
    default NodeFacts simulate(NodeFacts facts, List<Node> nodes, ClusterFacts seen) {
        return facts;
    }

    /** What the step needs of its nodes; that all answer unless overridden. */
    default NodeRequirement nodeRequirement() {
        return NodeRequirement.ALL;
    }

    /** Texts that must not be shown: what the parameters hold of secrets. */
    default Set<String> secrets() {
        return Set.of();
    }
}
