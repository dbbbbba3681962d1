package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import java.util.List;

/** Nodes that do not answer, or cannot be used. */
final class MissingNodesRule implements HealthRule {
    @Override
    public List<Problem> problems(ClusterFacts facts) {
        return facts.missing().entrySet().stream()
                .map(node -> Problem.of(
                        facts.answering().contains(node.getKey()) ? ProblemKind.UNUSABLE : ProblemKind.UNREACHABLE,
                        node.getKey(),
                        node.getValue()))
                .toList();
    }
}
