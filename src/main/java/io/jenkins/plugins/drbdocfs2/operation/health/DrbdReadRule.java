package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * State and configuration of DRBD that cannot be read.
 *
 * @param resources the resources to look at
 */
record DrbdReadRule(Set<String> resources) implements HealthRule {
    @Override
    public List<Problem> problems(ClusterFacts facts) {
        List<Problem> problems = new ArrayList<>();
        for (NodeFacts node : facts.all()) {
            Refusals unread = new Refusals();
            if (node.get(DrbdProbes.VERSION).isPresent()) {
                ResourceCheck.checkState(node, unread);
            }
            DrbdDevices devices = node.has(DrbdDevices.PROBE) ? node.get(DrbdDevices.PROBE) : DrbdDevices.NONE;
            if (devices.known()) {
                resources.forEach(resource -> ResourceCheck.checkConfiguration(node, resource, unread));
            } else {
                problems.add(Problem.of(
                                ProblemKind.UNREADABLE,
                                node.name(),
                                "which resources are configured is not known: `drbdadm dump` fails: " + devices.error())
                        .remedy(ResourceCheck.remedy(devices.error())));
            }
            unread.all().forEach(refusal -> problems.add(Problem.of(ProblemKind.UNREADABLE, refusal)));
        }
        return problems;
    }
}
