package io.jenkins.plugins.drbdocfs2.operation.drbd;

import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdRules;
import io.jenkins.plugins.drbdocfs2.engine.Operation;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ProbeSet;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import io.jenkins.plugins.drbdocfs2.operation.view.ResourceReport;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What operations on an existing DRBD resource have in common: probes, checks and report. */
interface ResourceOperation extends Operation {
    /** The resource's name. */
    String resource();

    @Override
    default Map<String, Object> subject() {
        return Map.of("resource", String.valueOf(resource()));
    }

    /** The subject of a step with one more parameter. */
    default Map<String, Object> subject(String parameter, String value) {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("resource", resource());
        subject.put(parameter, value);
        return subject;
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
    default Map<String, Object> nodeReport(NodeFacts facts) {
        return ResourceReport.of(facts, resource());
    }
}
