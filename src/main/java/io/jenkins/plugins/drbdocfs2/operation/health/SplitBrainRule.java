package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.SplitBrainReport;
import java.util.List;
import java.util.Map;

/**
 * Nodes whose data have split.
 *
 * @param resource the resource
 */
record SplitBrainRule(String resource) implements HealthRule {
    @Override
    public List<Problem> problems(ClusterFacts facts) {
        Map<String, Object> report = new SplitBrainReport(resource, facts).toMap();
        if (Boolean.TRUE.equals(report.get("splitBrain"))) {
            return List.of(Problem.of(
                            ProblemKind.SPLIT_BRAIN,
                            null,
                            "the data of '" + resource + "' have split between "
                                    + String.join(", and between ", SplitBrainReport.splitBetween(report)) + " ("
                                    + report.get("splitBrainBy") + ")")
                    .of(resource));
        }
        boolean unknown = Boolean.FALSE.equals(report.get("splitBrainKnown"));
        return unknown && facts.missing().isEmpty()
                ? List.of(Problem.of(
                                ProblemKind.UNREADABLE,
                                null,
                                "whether the data of '" + resource + "' have split is not known, by "
                                        + report.get("splitBrainBy"))
                        .of(resource))
                : List.of();
    }
}
