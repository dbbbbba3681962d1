package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.drbd.status.DeviceState;
import io.jenkins.plugins.drbdocfs2.drbd.status.ResourceState;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.guard.SuspendedIoCheck;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * Suspended I/O, and lost quorum.
 *
 * @param resource the resource
 */
record SuspendedRule(String resource) implements HealthRule {
    @Override
    public List<Problem> problems(ClusterFacts facts) {
        List<Problem> problems = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            ResourceState state = DrbdFacts.state(node, resource);
            if (state == null) {
                continue;
            }
            List<DeviceState> without = state.withoutQuorum();
            if (!without.isEmpty()) {
                Problem problem = Problem.of(
                        ProblemKind.NO_QUORUM,
                        node.name(),
                        "'" + resource + "' has no quorum: " + DrbdFacts.connections(state)
                                + (state.suspended() ? "; its I/O is suspended" : ""));
                problems.add(
                        (state.suspended() ? problem.remedy(SuspendedIoCheck.remedy(state)) : problem).of(resource));
            } else if (state.suspended()) {
                problems.add(Problem.of(
                                ProblemKind.SUSPENDED,
                                node.name(),
                                "I/O of '" + resource + "' is suspended, so all reads and writes there hang: "
                                        + DrbdFacts.connections(state))
                        .remedy(SuspendedIoCheck.remedy(state))
                        .of(resource));
            }
        }
        return problems;
    }
}
