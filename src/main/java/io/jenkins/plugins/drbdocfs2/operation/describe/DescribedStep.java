package io.jenkins.plugins.drbdocfs2.operation.describe;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A step with its operation, which tells what it would do.
 *
 * @param call the call in the Jenkinsfile
 * @param operation the operation with these parameters
 * @param nodes the names of the nodes on which it runs
 * @param remarks remarks besides those of the operation
 */
record DescribedStep(StepCall call, Operation operation, List<String> nodes, List<Remark> remarks) {
    DescribedStep {
        nodes = List.copyOf(nodes);
        remarks = List.copyOf(remarks);
    }

    /** A step on nodes, without remarks. */
    static DescribedStep of(StepCall call, Operation operation, List<String> nodes, ClusterFacts facts) {
        return new DescribedStep(call.on(nodes, facts.all().size()), operation, nodes, List.of());
    }

    /** The same with a remark about the step. */
    DescribedStep remark(String node, String text) {
        List<Remark> more = new ArrayList<>(remarks);
        more.add(new Remark(node, call.step(), text));
        return new DescribedStep(call, operation, nodes, more);
    }

    /** The facts of its nodes. */
    ClusterFacts chosen(ClusterFacts facts) {
        return new ClusterFacts(
                facts.all().stream().filter(node -> nodes.contains(node.name())).toList());
    }

    private static List<Node> nodesOf(ClusterFacts facts) {
        return facts.all().stream().map(NodeFacts::node).toList();
    }

    /** Whether the parameters are valid. */
    boolean isValid(ClusterFacts facts) {
        try {
            operation.check(nodesOf(chosen(facts)));
            return true;
        } catch (InvalidParameterException e) {
            return false;
        }
    }

    /** The next probes of a node for the verdict. */
    ProbeSet probes(NodeFacts node, ClusterFacts facts) {
        if (!nodes.contains(node.name()) || !isValid(facts)) {
            return ProbeSet.of();
        }
        ClusterFacts known = chosen(facts);
        ProbeSet first = first(node, known);
        boolean all = known.all().stream().allMatch(other -> first(other, known).isEmpty());
        return all ? operation.probes(node.node(), nodesOf(known), known).missingIn(node) : first;
    }

    private ProbeSet first(NodeFacts node, ClusterFacts known) {
        return operation
                .probes(node.node(), nodesOf(known), new ClusterFacts(List.of()))
                .missingIn(node);
    }

    /** What it would do. */
    Verdict verdict(ClusterFacts facts) {
        return Verdict.of(call.step(), operation, chosen(facts));
    }
}
