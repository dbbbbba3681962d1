package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A resource that is down, or missing.
 *
 * @param resource the resource
 */
record ResourceUpRule(String resource) implements HealthRule {
    @Override
    public List<Problem> problems(ClusterFacts facts) {
        List<Problem> problems = new ArrayList<>();
        List<NodeFacts> lacking = DrbdFacts.lacking(facts, resource);
        boolean known = false;
        for (NodeFacts node : facts.all()) {
            ResourceState state = DrbdFacts.state(node, resource);
            known |= state != null || !isSurelyMissing(node);
            if (lacking.contains(node) && isSurelyMissing(node)) {
                problems.add(
                        down(node, "'" + resource + "' is missing, although other nodes name this node in its file"));
            } else if (state == null && DrbdFacts.configured(node, resource).isConfigured() && isStateKnown(node)) {
                problems.add(down(node, "'" + resource + "' is configured, but down"));
            } else if (state != null) {
                Set<Integer> missing = DrbdFacts.configured(node, resource).volumes().stream()
                        .map(Resource.Volume::number)
                        .filter(number -> !state.volumes().containsKey(number))
                        .collect(Collectors.toSet());
                missing.forEach(number -> problems.add(
                        down(node, "volume " + number + " of '" + resource + "' is configured, but down")));
            }
        }
        if (!known && !facts.isEmpty() && facts.missing().isEmpty()) {
            problems.add(Problem.of(
                            ProblemKind.DOWN,
                            null,
                            "there is no resource '" + resource + "' on " + String.join(", ", facts.names()))
                    .of(resource));
        }
        return problems;
    }

    private static boolean isStateKnown(NodeFacts node) {
        return node.get(DrbdProbes.STATE).isPresent();
    }

    private boolean isSurelyMissing(NodeFacts node) {
        return isStateKnown(node)
                && DrbdFacts.configured(node, resource).isKnown()
                && !DrbdFacts.configured(node, resource).isConfigured();
    }

    private Problem down(NodeFacts node, String finding) {
        return Problem.of(ProblemKind.DOWN, node.name(), finding).of(resource);
    }
}
