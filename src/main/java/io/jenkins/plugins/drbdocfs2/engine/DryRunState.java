package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * The state that the dry runs of a block would have reached, so that later dry runs see the nodes in this state.
 * Thread-safe.
 */
public final class DryRunState {
    private final List<UnaryOperator<NodeFacts>> changes = new CopyOnWriteArrayList<>();

    /**
     * Assumes from now on that the operation was executed on these nodes.
     *
     * @param seen the facts that its plan was based on
     */
    public void add(Operation operation, List<Node> nodes, ClusterFacts seen) {
        List<String> names = nodes.stream().map(Node::name).toList();
        changes.add(facts -> names.contains(facts.name()) ? operation.simulate(facts, nodes, seen) : facts);
    }

    /** The facts as they would be. */
    public NodeFacts apply(NodeFacts facts) {
        NodeFacts simulated = facts;
        for (UnaryOperator<NodeFacts> change : changes) {
            simulated = change.apply(simulated);
        }
        return simulated;
    }
}
