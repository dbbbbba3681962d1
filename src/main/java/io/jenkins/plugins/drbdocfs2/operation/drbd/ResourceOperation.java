package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.engine.Findings;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.engine.Report;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.List;
import java.util.Map;

/** The common part of operations on an existing DRBD resource: default probes, checks and report. */
interface ResourceOperation extends Operation {
    /** The resource's name. */
    String resource();

    @Override
    default Map<String, Object> subject() {
        return Map.of("resource", String.valueOf(resource()));
    }

    @Override
    default void check(List<Node> nodes) {
        DrbdRules.resourceName("resource", resource());
    }

    /** Probes in addition to the configuration and state of the resource. */
    default ProbeSet besides(Node node) {
        return ProbeSet.of();
    }

    @Override
    default ProbeSet probes(Node node, List<Node> nodes, ClusterFacts known) {
        return known.isEmpty() ? DrbdFacts.probes(resource()).and(besides(node).probes()) : ProbeSet.of();
    }

    @Override
    default Report report(Findings found) {
        return Report.ofNodes(found.facts(), node -> DrbdFacts.report(node, resource()));
    }
}
