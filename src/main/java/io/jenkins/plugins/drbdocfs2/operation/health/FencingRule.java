package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.drbd.LastFencing;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdStatusProbes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The fencing of a resource: whether there is any, and whether it would work.
 *
 * @param resource the resource
 */
record FencingRule(String resource) implements HealthRule {
    private static final String FAILED = "failed";

    @Override
    public List<Problem> problems(ClusterFacts facts) {
        List<Problem> problems = new ArrayList<>();
        List<NodeFacts> members = DrbdFacts.members(facts, resource);
        members.stream()
                .filter(member -> isUnfenced(DrbdFacts.configured(member, resource)))
                .findFirst()
                .ifPresent(member -> problems.add(Problem.of(
                                ProblemKind.NOT_FENCED,
                                null,
                                "'" + resource + "' allows two Primaries, and has neither fencing nor quorum")
                        .of(resource)));
        for (NodeFacts member : members) {
            handler(member, problems);
            if (member.has(LastFencing.PROBE)) {
                member.get(LastFencing.PROBE)
                        .filter(last -> last.resource().equals(resource)
                                && last.outcome().equals(FAILED))
                        .ifPresent(last -> problems.add(Problem.of(
                                        ProblemKind.FENCING_FAILED,
                                        member.name(),
                                        "the fencing of " + last.peer() + " for '" + resource + "' failed at "
                                                + last.time() + ": " + last.text())
                                .of(resource)));
            }
        }
        return problems;
    }

    private static boolean isUnfenced(ConfiguredResource configured) {
        EffectiveOptions options = configured.options();
        return configured.dualPrimary()
                && PeerLossPolicy.of(options, false) == PeerLossPolicy.CONTINUE
                && !options.hasQuorum();
    }

    private void handler(NodeFacts node, List<Problem> problems) {
        ConfiguredResource configured = DrbdFacts.configured(node, resource);
        if (configured.options().fencePeer().filter(PeerLossPolicy::isOwn).isEmpty()) {
            return;
        }
        if (node.has(DrbdStatusProbes.HANDLER)
                && node.get(DrbdStatusProbes.HANDLER).isEmpty()) {
            problems.add(Problem.of(
                            ProblemKind.NO_HANDLER,
                            node.name(),
                            "'" + resource + "' has the handler " + PeerLossPolicy.HANDLER
                                    + ", which is not there or cannot be executed")
                    .of(resource));
        }
        Set<String> devices =
                node.has(FencingDevices.PROBE) ? node.get(FencingDevices.PROBE).nodes() : Set.of();
        if (!devices.isEmpty()) {
            configured.hosts().stream()
                    .map(Resource.Host::node)
                    .filter(host -> !host.equals(node.name()) && !devices.contains(host))
                    .forEach(host -> problems.add(Problem.of(
                                    ProblemKind.NO_DEVICE,
                                    node.name(),
                                    FencingDevices.PATH + " has no device for " + host + ", a node of '" + resource
                                            + "'")
                            .of(resource)));
        }
    }
}
