package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterCheck;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterDiagnosis;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterDiagnosis.Finding;
import io.jenkins.plugins.drbdocfs2.operation.node.ClusterDiagnosis.Level;
import io.jenkins.plugins.drbdocfs2.operation.refusal.CheckRefusal;
import io.jenkins.plugins.drbdocfs2.operation.refusal.PackageRefusal;
import java.util.List;
import java.util.Map;

/**
 * What clusterCheck finds: networks, addresses, modules and clocks.
 *
 * @param check the check whose probes were run
 */
record PrerequisitesRule(ClusterCheck check) implements HealthRule {
    private static final Map<Object, ProblemKind> KINDS = Map.of(
            CheckRefusal.PEER_UNREACHABLE, ProblemKind.PEER_UNREACHABLE,
            CheckRefusal.BAD_ADDRESS, ProblemKind.BAD_ADDRESS,
            CheckRefusal.CLOCK_DIFFERS, ProblemKind.CLOCK,
            PackageRefusal.NO_MODULE, ProblemKind.NO_MODULE);

    @Override
    public List<Problem> problems(ClusterFacts facts) {
        return new ClusterDiagnosis(check, facts)
                .all().stream()
                        .filter(PrerequisitesRule::isProblem)
                        .map(PrerequisitesRule::problem)
                        .toList();
    }

    private static boolean isProblem(Finding finding) {
        return finding.level() == Level.FAULT || finding.kind() == CheckRefusal.CLOCK_DIFFERS;
    }

    private static Problem problem(Finding finding) {
        ProblemKind kind = finding.level() == Level.NOTE ? ProblemKind.UNREADABLE : KINDS.get(finding.kind());
        Problem problem = Problem.of(kind, finding.node(), finding.text());
        return finding.remedy() == null ? problem : problem.remedy(finding.remedy());
    }
}
